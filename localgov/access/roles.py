"""The table of roles: code, Thai name, who may hold it, where, and which permissions it carries (DESIGN §4, People)."""

from dataclasses import dataclass
from enum import StrEnum

from localgov.access.permissions import Permission as P


class Seat(StrEnum):
    """The kind of organisation at which a role may be held."""

    DEPARTMENT = "DEPARTMENT"
    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    UNIT = "UNIT"


SEAT_NAMES: dict[Seat, str] = {
    Seat.DEPARTMENT: "กรม (สถ.)",
    Seat.PROVINCE: "สำนักงานจังหวัด (สถจ.)",
    Seat.DISTRICT: "สำนักงานอำเภอ (สถอ.)",
    Seat.UNIT: "อปท.",
}


class RoleCode(StrEnum):
    """The code stored with a role assignment; fixed for ever."""

    UNIT_ADMINISTRATOR = "UNIT_ADMINISTRATOR"
    RECORDER = "RECORDER"
    VERIFIER = "VERIFIER"
    EXECUTIVE = "EXECUTIVE"
    DISTRICT_OFFICER = "DISTRICT_OFFICER"
    PROVINCE_OFFICER = "PROVINCE_OFFICER"
    PROVINCE_CERTIFIER = "PROVINCE_CERTIFIER"
    DEPARTMENT_OFFICER = "DEPARTMENT_OFFICER"
    FORM_OWNER = "FORM_OWNER"
    OPERATOR = "OPERATOR"
    AUDITOR = "AUDITOR"


@dataclass(frozen=True)
class Role:
    """One role.

    `given_by` is the permission that another person needs, at the seat's organisation, to give this role.
    `by_section`: the right may be limited to some sheets (domains). `held_as_position`: from–to with an order number.
    """

    code: RoleCode
    name: str
    holder: str
    seat: Seat
    permissions: frozenset[P]
    given_by: P
    by_section: bool = False
    held_as_position: bool = False


_SELF = frozenset({P.HOME_VIEW, P.ACCOUNT_SELF, P.DOWNLOAD_VIEW})
_UNIT_READ = _SELF | {
    P.REGISTER_VIEW,
    P.FORM_VIEW,
    P.ROUND_VIEW,
    P.FILING_VIEW,
    P.DIRECTORY_VIEW,
    P.PUBLISH_VIEW,
    P.SCORE_VIEW,
    P.MONITOR_VIEW,
    P.NOTICE_VIEW,
}
_OFFICE_READ = _UNIT_READ | {P.LETTER_VIEW}

_TABLE = (
    Role(
        RoleCode.UNIT_ADMINISTRATOR,
        "ผู้ดูแลระบบ INFO ของ อปท.",
        "บัญชีที่ส่งมอบให้ อปท. สร้างบัญชีบุคคลและกำหนดสิทธิ ไม่บันทึกและไม่รับรองข้อมูล",
        Seat.UNIT,
        _UNIT_READ | {P.DIRECTORY_RECORD, P.PEOPLE_VIEW, P.PEOPLE_MANAGE, P.AUDIT_VIEW},
        P.ACCOUNTS_ISSUE,
    ),
    Role(
        RoleCode.RECORDER,
        "ผู้บันทึก",
        "เจ้าหน้าที่ของ อปท. ที่บันทึกข้อมูลด้านที่ได้รับมอบหมาย",
        Seat.UNIT,
        _UNIT_READ | {P.FILING_RECORD, P.FILING_COMMENT, P.DIRECTORY_RECORD, P.PUBLISH_RECORD, P.PROBLEM_ANSWER},
        P.PEOPLE_MANAGE,
        by_section=True,
    ),
    Role(
        RoleCode.VERIFIER,
        "ผู้ตรวจสอบ",
        "เจ้าหน้าที่ของ อปท. ที่ตรวจสอบข้อมูลด้านที่ได้รับมอบหมาย และไม่ใช่ผู้บันทึกข้อมูลนั้น",
        Seat.UNIT,
        _UNIT_READ | {P.FILING_VERIFY, P.FILING_COMMENT},
        P.PEOPLE_MANAGE,
        by_section=True,
    ),
    Role(
        RoleCode.EXECUTIVE,
        "ผู้บริหาร อปท.",
        "ผู้ดำรงตำแหน่งนายก หรือผู้ปฏิบัติหน้าที่แทน ซึ่งจังหวัดแต่งตั้งเข้าระบบตามคำสั่ง ตั้งแต่วันที่ถึงวันที่",
        Seat.UNIT,
        _UNIT_READ | {P.CERTIFY_UNIT, P.FILING_COMMENT, P.PEOPLE_VIEW, P.AUDIT_VIEW},
        P.SEAT_UNIT_EXECUTIVE,
        held_as_position=True,
    ),
    Role(
        RoleCode.DISTRICT_OFFICER,
        "เจ้าหน้าที่ สถอ.",
        "เจ้าหน้าที่สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ ติดตามและให้ความเห็น ไม่ลงนามรับรอง",
        Seat.DISTRICT,
        _OFFICE_READ | {P.FILING_COMMENT, P.NOTICE_PUBLISH} | {P.LETTER_WRITE},
        P.SEAT_OFFICER,
    ),
    Role(
        RoleCode.PROVINCE_OFFICER,
        "เจ้าหน้าที่ สถจ.",
        "เจ้าหน้าที่สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ติดตาม ตรวจ และแต่งตั้งผู้บริหาร อปท. เข้าระบบ",
        Seat.PROVINCE,
        _OFFICE_READ
        | {P.FILING_COMMENT, P.PEOPLE_VIEW, P.SEAT_UNIT_EXECUTIVE, P.ACCOUNTS_ISSUE, P.ROUND_EXTEND, P.AUDIT_VIEW}
        | {P.NOTICE_PUBLISH, P.PUBLISH_CHECK, P.PROBLEM_ANSWER, P.OFFICE_RECORD}
        | {P.LETTER_WRITE, P.MAIL_VIEW},
        P.SEAT_OFFICER,
    ),
    Role(
        RoleCode.PROVINCE_CERTIFIER,
        "ผู้รับรองระดับจังหวัด",
        "ท้องถิ่นจังหวัดหรือผู้ปฏิบัติหน้าที่แทน ซึ่งกรมแต่งตั้งเข้าระบบตามคำสั่ง ตั้งแต่วันที่ถึงวันที่",
        Seat.PROVINCE,
        _OFFICE_READ | {P.CERTIFY_PROVINCE, P.FILING_COMMENT, P.PEOPLE_VIEW, P.AUDIT_VIEW},
        P.SEAT_OFFICER,
        held_as_position=True,
    ),
    Role(
        RoleCode.DEPARTMENT_OFFICER,
        "เจ้าหน้าที่กรม (สถ.)",
        "เจ้าหน้าที่ส่วนกลาง เปิดปีงบประมาณ กำหนดวันครบกำหนด ออกบัญชี และติดตามทั้งประเทศ",
        Seat.DEPARTMENT,
        _OFFICE_READ
        | {P.ROUND_OPEN, P.ROUND_EXTEND, P.ACCOUNTS_ISSUE, P.PEOPLE_VIEW, P.SEAT_OFFICER}
        | {P.SEAT_UNIT_EXECUTIVE, P.CERTIFICATE_REVOKE, P.AUDIT_VIEW, P.NOTE_FORM, P.NOTE_HOME, P.NOTICE_PUBLISH}
        | {P.DOWNLOAD_KEEP}
        | {P.LETTER_WRITE, P.MAIL_VIEW, P.MAIL_MANAGE},
        P.SEAT_OFFICER,
    ),
    Role(
        RoleCode.FORM_OWNER,
        "เจ้าของแบบข้อมูล",
        "สำนัก/กองของกรมที่กำหนดแบบข้อมูลและเผยแพร่แบบ",
        Seat.DEPARTMENT,
        _OFFICE_READ | {P.FORM_PUBLISH, P.NOTE_FORM},
        P.SEAT_OFFICER,
    ),
    Role(
        RoleCode.OPERATOR,
        "ผู้ปฏิบัติการระบบ",
        "ผู้ดูแลเครื่องและฐานข้อมูลของกรม นำเข้าทะเบียน อปท. และดูแลบัญชีเจ้าหน้าที่กรม",
        Seat.DEPARTMENT,
        _SELF
        | {P.REGISTER_VIEW, P.REGISTER_MANAGE, P.PEOPLE_VIEW, P.SEAT_OFFICER, P.ACCOUNTS_ISSUE, P.AUDIT_VIEW}
        | {P.MAIL_VIEW, P.MAIL_MANAGE},
        P.SEAT_OFFICER,
    ),
    Role(
        RoleCode.AUDITOR,
        "ผู้ตรวจประเมิน",
        "ผู้ตรวจสอบภายใน/ผู้ตรวจประเมิน อ่านได้ทั้งหมด แก้ไขไม่ได้",
        Seat.DEPARTMENT,
        _OFFICE_READ | {P.PEOPLE_VIEW, P.AUDIT_VIEW, P.MAIL_VIEW},
        P.SEAT_OFFICER,
    ),
)

ROLES: dict[RoleCode, Role] = {role.code: role for role in _TABLE}

#: The role that the handed-down account of an office or unit holds (MISSION R2.2); the Department has no such account.
HANDED_DOWN_ROLES: dict[Seat, RoleCode] = {
    Seat.PROVINCE: RoleCode.PROVINCE_OFFICER,
    Seat.DISTRICT: RoleCode.DISTRICT_OFFICER,
    Seat.UNIT: RoleCode.UNIT_ADMINISTRATOR,
}

#: The roles whose rights are given sheet by sheet: recorder and verifier.
ROLES_BY_SECTION: tuple[RoleCode, ...] = tuple(role.code for role in _TABLE if role.by_section)
