"""The sentences that certifiers sign under, by version; a version's text never changes once used."""

from dataclasses import dataclass

from localgov.certification.models import Level


@dataclass(frozen=True)
class Declaration:
    """One declaration text. `version` is stored with every certificate signed under it."""

    version: str
    text: str


CURRENT: dict[Level, Declaration] = {
    Level.UNIT: Declaration(
        "UNIT-2569.1",
        "ข้าพเจ้าขอรับรองว่าข้อมูลขององค์กรปกครองส่วนท้องถิ่นตามรายการข้างต้น ได้บันทึกและตรวจสอบครบถ้วน ถูกต้อง "
        "และเป็นปัจจุบันตามหลักฐานของหน่วยงาน ณ วันที่รับรอง",
    ),
    Level.PROVINCE: Declaration(
        "PROVINCE-2569.1",
        "ข้าพเจ้าขอรับรองว่าสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดได้ตรวจสอบข้อมูลขององค์กรปกครองส่วนท้องถิ่น"
        "ตามรายการข้างต้นแล้ว เห็นว่าครบถ้วน ถูกต้อง และเป็นปัจจุบัน ณ วันที่รับรอง",
    ),
}
