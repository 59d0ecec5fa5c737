"""What the types of acts are called on the pages of the record. Pure data."""

ACT_NAMES: dict[str, str] = {
    "account.signed_in": "เข้าสู่ระบบ",
    "account.password_chosen": "ตั้งรหัสผ่าน",
    "account.code_used": "เข้าด้วยรหัสใช้ครั้งเดียว",
    "account.code_given": "ออกรหัสใช้ครั้งเดียว",
    "account.created": "สร้างบัญชี",
    "account.renamed": "แก้ชื่อบัญชี",
    "account.opened": "เปิดใช้บัญชี",
    "account.closed": "ปิดใช้บัญชี",
    "account.issued": "ออกบัญชีให้หน่วยงาน",
    "account.reissued": "ออกรหัสให้หน่วยงานใหม่",
    "account.operator_made": "สร้างบัญชีผู้ปฏิบัติการ",
    "account.demo_made": "สร้างบัญชีสาธิต",
    "right.set": "กำหนดสิทธิบันทึก/ตรวจสอบ",
    "position.seated": "แต่งตั้งให้ดำรงตำแหน่ง",
    "position.ended": "สิ้นสุดวาระ",
    "exception.grant": "ให้ข้อยกเว้นคนเดียวทำสองหน้าที่",
    "exception.end": "สิ้นสุดข้อยกเว้น",
    "certificate.sign": "ลงนามรับรอง",
    "certificate.end": "การรับรองสิ้นผล",
    "website.record": "บันทึกเว็บไซต์ อปท.",
    "website.confirm": "ยืนยันเว็บไซต์ อปท. ของปีก่อน",
    "administrator.record": "บันทึกผู้ดูแลระบบ INFO",
    "administrator.confirm": "ยืนยันผู้ดูแลระบบ INFO ของปีก่อน",
    "form.publish": "เผยแพร่แบบข้อมูล",
    "form.draft": "ส่งร่างแบบข้อมูล",
    "form.draft_discard": "ทิ้งร่างแบบข้อมูล",
    "download.add": "เพิ่มเอกสารดาวน์โหลด",
    "download.replace": "ใส่ฉบับใหม่ของเอกสารดาวน์โหลด",
    "download.change": "แก้ชื่อเอกสารดาวน์โหลด",
    "download.withdraw": "นำเอกสารดาวน์โหลดออก",
    "download.restore": "นำเอกสารดาวน์โหลดกลับ",
    "note.write": "เขียนหมายเหตุ",
    "mail.retry": "สั่งส่งอีเมลใหม่",
    "reminder.plan": "กำหนดวันแจ้งเตือน",
    "reminder.send": "ส่งการแจ้งเตือนทางอีเมล",
    "account.mailed": "ส่งบัญชีให้จังหวัดทางอีเมล",
    "office.address": "กำหนดอีเมลทางการของ สถจ.",
    "register.import": "นำเข้าทะเบียน อปท.",
    "register.demo": "สร้างทะเบียนสาธิต",
    "round.open": "เปิดรอบการบันทึก",
    "round.extend": "ขยายเวลา",
    "round.reopen": "เปิดให้บันทึกใหม่",
    "round.reopening_end": "ปิดการเปิดให้บันทึกใหม่",
    "circular.publish": "เผยแพร่หนังสือแจ้งเวียน",
    "circular.withdraw": "ยกเลิกหนังสือแจ้งเวียน",
    "circular.acknowledge": "รับทราบหนังสือแจ้งเวียน",
    "letter.make": "ทำหนังสือติดตาม",
    "letter.template": "เก็บแบบข้อความหนังสือ",
    "letterhead.save": "ตั้งหัวหนังสือของสำนักงาน",
    "roster.add": "เพิ่ม อปท. ในรอบ",
    "roster.excuse": "ให้ อปท. พ้นหน้าที่ในรอบ",
    "roster.follow_paths": "ปรับสังกัดตามทะเบียน",
}

#: What the watched tables are called.
TABLE_NAMES: dict[str, str] = {
    "accounts_user": "บัญชีผู้ใช้",
    "accounts_roleassignment": "บทบาทและตำแหน่ง",
    "accounts_dutyexception": "ข้อยกเว้นคนเดียวทำสองหน้าที่",
    "accounts_onetimecode": "รหัสใช้ครั้งเดียว",
    "organisations_organisation": "หน่วยงาน",
    "organisations_organisationversion": "ข้อมูลหน่วยงานตามช่วงเวลา",
    "organisations_registerimport": "การนำเข้าทะเบียน",
    "organisations_succession": "การรวม อปท.",
    "forms_formversion": "แบบข้อมูลที่เผยแพร่",
    "forms_formdraft": "ร่างแบบข้อมูล",
    "forms_questioncode": "รหัสข้อคำถาม",
    "notices_reminderplan": "วันแจ้งเตือนของรอบ",
    "notices_officeaddress": "อีเมลทางการของ สถจ.",
    "rounds_round": "รอบการบันทึก",
    "rounds_rosterentry": "บัญชี อปท. ของรอบ",
    "rounds_extension": "การขยายเวลา",
    "rounds_reopening": "การเปิดให้บันทึกใหม่",
    "rounds_reopeningend": "การปิดก่อนกำหนด",
    "filings_attachment": "ไฟล์แนบ",
    "notices_circular": "หนังสือแจ้งเวียน",
    "notices_circularfile": "ไฟล์แนบหนังสือแจ้งเวียน",
    "library_downloaditem": "เอกสารดาวน์โหลด",
}


def act_name(code: str) -> str:
    """The Thai name of a type of act; the code itself for one that is not in the table."""
    return ACT_NAMES.get(code, code)


def table_name(code: str) -> str:
    """The Thai name of a watched table; its own for one that is not in the list."""
    return TABLE_NAMES.get(code, code)
