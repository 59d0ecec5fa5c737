"""How each state of a sheet, or of a circular, looks: a word and an icon first, a colour second (DESIGN §6)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StateLook:
    """Word, icon and tone of one state; `tone` is the `data-tone` of `.state` in assets/src/pieces.css."""

    code: str
    label: str
    icon: str
    tone: str


_LOOKS = (
    StateLook("NOT_STARTED", "ยังไม่เริ่ม", "circle", "idle"),
    StateLook("RECORDING", "กำลังบันทึก", "pencil-line", "working"),
    StateLook("SUBMITTED", "ส่งตรวจแล้ว", "send", "waiting"),
    StateLook("VERIFIED", "ตรวจสอบแล้ว", "check", "checked"),
    StateLook("CERTIFIED_LAO", "อปท. รับรองแล้ว", "badge-check", "certified"),
    StateLook("CERTIFIED_PROVINCE", "จังหวัดรับรองแล้ว", "shield-check", "final"),
    StateLook("RETURNED", "ส่งกลับ", "undo-2", "returned"),
    StateLook("WAITING", "ยังไม่ตรวจสอบ", "clock", "waiting"),
    StateLook("CHECKED", "ตรวจสอบแล้ว", "circle-check", "certified"),
    StateLook("NOT_APPLICABLE", "ไม่เกี่ยวข้อง", "minus", "outside"),
    StateLook("CLOSED", "ปิด (มีฉบับแก้ไข)", "history", "idle"),
    StateLook("DRAFT", "ร่าง", "pencil", "working"),
    StateLook("PUBLISHED", "เผยแพร่แล้ว", "send", "certified"),
    StateLook("REPLACED", "มีฉบับแก้ไขแทนแล้ว", "history", "idle"),
    StateLook("WITHDRAWN", "ยกเลิกแล้ว", "ban", "returned"),
    StateLook("UNOPENED", "ยังไม่เปิดอ่าน", "circle", "waiting"),
    StateLook("OPENED", "เปิดอ่านแล้ว", "circle-dashed", "working"),
    StateLook("ACKNOWLEDGED", "รับทราบแล้ว", "circle-check", "certified"),
)

STATE_LOOKS: dict[str, StateLook] = {look.code: look for look in _LOOKS}


def state_look(code: str) -> StateLook:
    """The look of a state. Raises `KeyError` for a code that the table does not hold."""
    return STATE_LOOKS[str(code)]
