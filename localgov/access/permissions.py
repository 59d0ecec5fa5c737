"""Every permission of the product, one row each (`room:verb`)."""

from enum import StrEnum


class Permission(StrEnum):
    """A right that a role carries; the database never stores these, only role codes."""

    HOME_VIEW = "home:view"
    ACCOUNT_SELF = "account:self"
    REGISTER_VIEW = "register:view"
    REGISTER_MANAGE = "register:manage"
    ACCOUNTS_ISSUE = "accounts:issue"
    PEOPLE_VIEW = "people:view"
    PEOPLE_MANAGE = "people:manage"
    SEAT_UNIT_EXECUTIVE = "people:seat-unit-executive"
    SEAT_OFFICER = "people:seat-officer"
    FORM_VIEW = "form:view"
    FORM_PUBLISH = "form:publish"
    NOTE_FORM = "note:form"
    NOTE_HOME = "note:home"
    ROUND_VIEW = "round:view"
    ROUND_OPEN = "round:open"
    ROUND_EXTEND = "round:extend"
    FILING_VIEW = "filing:view"
    FILING_RECORD = "filing:record"
    FILING_VERIFY = "filing:verify"
    FILING_COMMENT = "filing:comment"
    CERTIFY_UNIT = "certify:unit"
    CERTIFY_PROVINCE = "certify:province"
    CERTIFICATE_REVOKE = "certify:revoke"
    DIRECTORY_VIEW = "directory:view"
    DIRECTORY_RECORD = "directory:record"
    OFFICE_RECORD = "directory:office"
    PUBLISH_VIEW = "publish:view"
    PUBLISH_RECORD = "publish:record"
    PUBLISH_CHECK = "publish:check"
    SCORE_VIEW = "score:view"
    MONITOR_VIEW = "monitor:view"
    NOTICE_VIEW = "notice:view"
    NOTICE_PUBLISH = "notice:publish"
    DOWNLOAD_VIEW = "download:view"
    DOWNLOAD_KEEP = "download:keep"
    LETTER_VIEW = "letter:view"
    LETTER_WRITE = "letter:write"
    MAIL_VIEW = "mail:view"
    MAIL_MANAGE = "mail:manage"
    AUDIT_VIEW = "audit:view"
    PROBLEM_ANSWER = "problem:answer"


#: What each right lets a person do, in the words of the role matrix.
PERMISSION_NAMES: dict[Permission, str] = {
    Permission.HOME_VIEW: "เปิดหน้าแรกของตน",
    Permission.ACCOUNT_SELF: "เปลี่ยนรหัสผ่านของตน",
    Permission.REGISTER_VIEW: "ดูทะเบียน อปท.",
    Permission.REGISTER_MANAGE: "นำเข้าและปรับทะเบียน อปท.",
    Permission.ACCOUNTS_ISSUE: "ออกบัญชีให้หน่วยงานในสังกัด",
    Permission.PEOPLE_VIEW: "ดูผู้ใช้และสิทธิ",
    Permission.PEOPLE_MANAGE: "สร้างบัญชีบุคคล และกำหนดสิทธิบันทึก/ตรวจสอบ",
    Permission.SEAT_UNIT_EXECUTIVE: "แต่งตั้งผู้บริหาร อปท. เข้าระบบ",
    Permission.SEAT_OFFICER: "แต่งตั้งเจ้าหน้าที่กรม สถจ. และ สถอ. เข้าระบบ",
    Permission.FORM_VIEW: "ดูแบบข้อมูล",
    Permission.FORM_PUBLISH: "เผยแพร่แบบข้อมูล",
    Permission.NOTE_FORM: "เขียนหมายเหตุของแบบข้อมูล",
    Permission.NOTE_HOME: "เขียนหมายเหตุของหน้าแรกและโทรศัพท์สอบถามของกรม",
    Permission.ROUND_VIEW: "ดูรอบการบันทึก",
    Permission.ROUND_OPEN: "เปิดรอบการบันทึก กำหนดวันครบกำหนด เปิดให้แก้ไขหลังพ้นกำหนด",
    Permission.ROUND_EXTEND: "ขยายเวลาของ อปท. ในความดูแล",
    Permission.FILING_VIEW: "ดูข้อมูลที่บันทึก",
    Permission.FILING_RECORD: "บันทึกข้อมูล และส่งให้ผู้ตรวจสอบ",
    Permission.FILING_VERIFY: "ตรวจสอบข้อมูล",
    Permission.FILING_COMMENT: "ให้ความเห็น",
    Permission.CERTIFY_UNIT: "รับรองข้อมูลระดับ อปท.",
    Permission.CERTIFY_PROVINCE: "รับรองข้อมูลระดับจังหวัด",
    Permission.CERTIFICATE_REVOKE: "เพิกถอนการรับรอง",
    Permission.DIRECTORY_VIEW: "ดูเว็บไซต์และผู้ดูแลระบบ INFO ของ อปท.",
    Permission.DIRECTORY_RECORD: "บันทึกเว็บไซต์ อปท. และผู้ดูแลระบบ INFO",
    Permission.OFFICE_RECORD: "บันทึกเว็บไซต์ สถจ. ของตน",
    Permission.PUBLISH_VIEW: "ดูข่าว สินค้า และสถานที่ของ อปท. ที่ยังไม่เผยแพร่",
    Permission.PUBLISH_RECORD: "บันทึกข่าว สินค้า และสถานที่",
    Permission.PUBLISH_CHECK: "ตรวจสอบข่าว สินค้า และสถานที่ก่อนเผยแพร่",
    Permission.SCORE_VIEW: "ดูคะแนน LPA ตัวชี้วัดที่ 7",
    Permission.MONITOR_VIEW: "ติดตามสถานะการบันทึก",
    Permission.NOTICE_VIEW: "อ่านหนังสือแจ้งเวียน และรับทราบแทนหน่วยงานของตน",
    Permission.NOTICE_PUBLISH: "เผยแพร่หนังสือแจ้งเวียนถึงหน่วยงานในสังกัด",
    Permission.DOWNLOAD_VIEW: "เปิด Download และคู่มือของหน่วยงานตน",
    Permission.DOWNLOAD_KEEP: "เพิ่มและเปลี่ยนเอกสารใน Download",
    Permission.LETTER_VIEW: "ดูหนังสือติดตามของสำนักงาน",
    Permission.LETTER_WRITE: "ทำหนังสือติดตามในนามสำนักงาน",
    Permission.MAIL_VIEW: "ดูอีเมลที่ระบบส่งถึงหน่วยงานในสังกัด",
    Permission.MAIL_MANAGE: "สั่งส่งอีเมลที่ไม่สำเร็จใหม่",
    Permission.AUDIT_VIEW: "ดูบันทึกการกระทำ",
    Permission.PROBLEM_ANSWER: "ดูและตอบเรื่องที่ประชาชนแจ้งปัญหา",
}
