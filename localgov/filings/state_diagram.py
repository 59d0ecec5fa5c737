"""The workflow of a sheet as the text of docs/states.md: a diagram, and who does what under which conditions."""

from localgov.access.roles import ROLES
from localgov.filings.policies import LAST_STATUS
from localgov.filings.states import DESKS, STEPS, Action, Status, Step
from localgov.rounds.models import Profile

_PREFACE = (
    "แฟ้มนี้สร้างด้วย `manage.py write_state_diagram` จาก `localgov/filings/states.py` อย่าแก้ด้วยมือ",
    "แต่ละด้านของแต่ละหน่วยงานเดินตามตารางนี้ ทุกขั้นถูกบันทึกไว้และลบไม่ได้",
)
_SEPARATION = "ไม่ใช่ผู้บันทึก"
_SEPARATION_CERTIFIER = "ไม่ใช่ผู้บันทึกและไม่ใช่ผู้ตรวจสอบ"


def markdown() -> str:
    """The committed page."""
    return "\n".join([*_head(), *_diagram(), *_statuses(), *_steps(), *_profiles()]) + "\n"


def _head() -> list[str]:
    return ["# สถานะของข้อมูลหนึ่งด้าน", "", *_PREFACE, ""]


def _diagram() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{status.label}" as {status.value}' for status in Status]
    lines.append(f"    [*] --> {Status.RECORDING.value}: ตอบข้อแรก")
    lines += [f"    {step.source.value} --> {step.target.value}: {step.action.label}" for step in STEPS]
    return [*lines, "```", ""]


def _statuses() -> list[str]:
    lines = ["## สถานะ", "", "| สถานะ | รหัส | อยู่ที่โต๊ะของ | แก้คำตอบได้ |", "|---|---|---|---|"]
    lines += [
        f"| {status.label} | {status.value} | {DESKS[status].label} | {'ได้' if status == Status.RECORDING else ''} |"
        for status in Status
    ]
    return [*lines, ""]


def _steps() -> list[str]:
    lines = ["## ขั้นตอน", "", "| จาก | ทำอะไร | เป็น | ใครทำได้ | เงื่อนไข |", "|---|---|---|---|---|"]
    lines += [
        f"| {step.source.label} | {step.action.label} | {step.target.label} | {_holders(step)} | {_conditions(step)} |"
        for step in STEPS
    ]
    return [*lines, ""]


def _profiles() -> list[str]:
    lines = ["## รอบแต่ละแบบเดินถึงสถานะใด", "", "| แบบของรอบ | ถึงสถานะ |", "|---|---|"]
    return [*lines, *(f"| {profile.label} | {LAST_STATUS[profile].label} |" for profile in Profile)]


def _holders(step: Step) -> str:
    return " หรือ ".join(role.name for role in ROLES.values() if step.permission in role.permissions)


def _conditions(step: Step) -> str:
    separation = {
        Action.VERIFY: _SEPARATION,
        Action.CERTIFY_LAO: _SEPARATION_CERTIFIER,
        Action.CERTIFY_PROVINCE: _SEPARATION_CERTIFIER,
    }
    conditions = (
        (step.needs_clean_checks, "ตอบครบและไม่มีข้อที่ต้องแก้"),
        (step.action in separation, separation.get(step.action, "")),
        (step.action == Action.CERTIFY_LAO, "ทุกด้านตรวจสอบหรือรับรองแล้ว"),
        (step.action == Action.TAKE_BACK_PROVINCE, "ภายใน 7 วัน"),
        (step.needs_note, "ต้องมีเหตุผล"),
        (step.needs_order, "ต้องมีเลขที่คำสั่ง"),
        (step.voids_sign_offs, "ผลการตรวจสอบเดิมสิ้นผล"),
        (step.opens_revision, "เปิดฉบับแก้ไขเป็นสำเนา"),
    )
    return " · ".join(words for holds, words in conditions if holds)
