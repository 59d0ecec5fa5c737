"""What a person may do to a sheet now. Each returns a Decision: the page shows its reason, the service requires it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.duty import JoinedParts, Parts
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES
from localgov.filings.models import Sheet
from localgov.filings.states import Action, Status, Step
from localgov.lib.thai_calendar import bangkok_date, format_date_short, last_day_before
from localgov.rounds.models import Profile, RosterEntry, Round

#: How long a province may take back its own certification (DESIGN §4, States).
PROVINCE_TAKE_BACK = timedelta(days=7)

#: Where each profile cuts the state table.
LAST_STATUS: dict[Profile, Status] = {
    Profile.RECORD: Status.SUBMITTED,
    Profile.UNIT: Status.CERTIFIED_LAO,
    Profile.PROVINCE: Status.CERTIFIED_PROVINCE,
}
#: What is said to who may not join two parts.
_APART: dict[Parts, str] = {
    Parts.RECORD_VERIFY: "ท่านเป็นผู้บันทึกข้อมูลด้านนี้ ผู้ตรวจสอบและผู้รับรองต้องเป็นคนละคนกับผู้บันทึก",
    Parts.RECORD_CERTIFY: "ท่านเป็นผู้บันทึกข้อมูลด้านนี้ ผู้ตรวจสอบและผู้รับรองต้องเป็นคนละคนกับผู้บันทึก",
    Parts.VERIFY_CERTIFY: "ท่านเป็นผู้ตรวจสอบข้อมูลด้านนี้ ผู้รับรองต้องเป็นคนละคนกับผู้ตรวจสอบ",
}
_ORDER = (Status.RECORDING, Status.SUBMITTED, Status.VERIFIED, Status.CERTIFIED_LAO, Status.CERTIFIED_PROVINCE)


def records_sheet(actor: Actor, *, entry: RosterEntry, section: str) -> Decision:
    """Whether the actor is a recorder of this sheet, whatever its state."""
    if not actor.can(Permission.FILING_RECORD, at=entry.path, section=section):
        return Decision("ท่านไม่มีสิทธิบันทึกข้อมูลด้านนี้ของหน่วยงานนี้ หากควรมีสิทธิ โปรดแจ้งผู้ดูแลระบบ INFO ของหน่วยงาน")
    return ALLOW


def can_record(
    actor: Actor, *, entry: RosterEntry, round: Round, section: str, sheet: Sheet | None, at: datetime
) -> Decision:
    """Whether the actor may write answers of this sheet at this moment (rights, state, dates, standing of the unit)."""
    right = records_sheet(actor, entry=entry, section=section)
    if not right.allowed:
        return right
    if entry.excused_from is not None and entry.excused_from <= bangkok_date(at):
        return Decision(f"หน่วยงานนี้พ้นจากการบันทึกข้อมูลปีนี้แล้ว ({entry.excused_reason})")
    if sheet is not None and sheet.status != Status.RECORDING:
        return Decision(f"แก้ไขไม่ได้ในสถานะ “{sheet.get_status_display()}” หากต้องแก้ ให้ดึงกลับหรือขอให้ส่งกลับก่อน")
    return _open_for_writing(entry, section, at=at, untouched=sheet is None or sheet.first_answer_at is None)


def _open_for_writing(entry: RosterEntry, section: str, *, at: datetime, untouched: bool) -> Decision:
    """The unit's own dates, extensions included; after them a re-opening alone. Asks the database only after them."""
    if at >= entry.last_edit_at and entry.reopened_until(section=section, at=at) is None:
        return Decision(f"พ้นกำหนดแก้ไขข้อมูลแล้ว (ถึง {_last_day(entry.last_edit_at)}) โปรดติดต่อ สถจ. เพื่อเสนอกรมให้เปิดให้แก้ไข")
    if untouched and at >= entry.last_new_at and entry.reopened_until(section=section, at=at) is None:
        return Decision(
            f"พ้นกำหนดเริ่มบันทึกข้อมูลแล้ว (ถึง {_last_day(entry.last_new_at)}) โปรดติดต่อ สถจ. เพื่อขอขยายเวลาหรือเสนอกรมให้เปิดให้แก้ไข"
        )
    return ALLOW


def _last_day(moment: datetime) -> str:
    return format_date_short(last_day_before(moment))


def within_profile(round: Round, step: Step) -> bool:
    """Whether the round's profile reaches as far as this step."""
    last = _ORDER.index(LAST_STATUS[Profile(round.profile)])
    reached = (status for status in (step.source, step.target) if status in _ORDER)
    return all(_ORDER.index(status) <= last for status in reached)


def can_take(actor: Actor, *, entry: RosterEntry, round: Round, sheet: Sheet, step: Step, at: datetime) -> Decision:
    """Whether the actor may take a step of the table on this sheet: right, state, separation of duty, dates."""
    if not actor.can(step.permission, at=entry.path, section=sheet.section):
        return Decision(f"การ “{step.action.label}” เป็นหน้าที่ของ{_holders(step.permission)}")
    if sheet.status != step.source or not within_profile(round, step):
        return Decision(f"ทำรายการ “{step.action.label}” ไม่ได้ในสถานะ “{sheet.get_status_display()}”")
    if not sheet.is_newest:
        return Decision("ฉบับนี้มีฉบับแก้ไขใหม่กว่าแล้ว โปรดดำเนินการที่ฉบับล่าสุด")
    duty = separation_of_duty(actor, path=entry.path, sheets=[sheet], action=step.action)
    if not duty.allowed:
        return duty
    return _in_time(entry=entry, sheet=sheet, step=step, at=at)


def separation_of_duty(actor: Actor, *, path: str, sheets: Iterable[Sheet], action: Action) -> Decision:
    """Verifier ∉ recorders; certifier ∉ recorders ∪ {verifier}; an exception joins two parts, never three (DESIGN §4, States).

    `path`: of the unit. The province's signature knows no exception.
    """
    for sheet in sheets:
        needed = parts_joined(actor, sheet=sheet, action=action)
        if len(needed) > 1:
            return Decision("ท่านทั้งบันทึกและตรวจสอบข้อมูลด้านนี้แล้ว จึงรับรองไม่ได้ แม้มีข้อยกเว้น: คนเดียวทำครบทั้งสามหน้าที่ไม่ได้")
        if needed and resting_on(actor, path=path, sheet=sheet, action=action) is None:
            return Decision(_APART[needed[0]])
    return ALLOW


def parts_joined(actor: Actor, *, sheet: Sheet, action: Action) -> tuple[Parts, ...]:
    """The pairs of parts that the actor would join on a sheet by an act; empty = separate hands."""
    if action not in (Action.VERIFY, Action.CERTIFY_LAO, Action.CERTIFY_PROVINCE):
        return ()
    joined = []
    if actor.user_id in sheet.recorder_ids:
        joined.append(Parts.RECORD_VERIFY if action == Action.VERIFY else Parts.RECORD_CERTIFY)
    if action != Action.VERIFY and actor.user_id == sheet.verifier_id:
        joined.append(Parts.VERIFY_CERTIFY)
    return tuple(joined)


def resting_on(actor: Actor, *, path: str, sheet: Sheet, action: Action) -> JoinedParts | None:
    """The exception on which an act of the actor rests: whoever writes a step of a sheet writes a `StepException` with it."""
    needed = parts_joined(actor, sheet=sheet, action=action)
    held = actor.joined_at(path) if len(needed) == 1 and action != Action.CERTIFY_PROVINCE else None
    return held if held is not None and held.parts is needed[0] else None


def _in_time(*, entry: RosterEntry, sheet: Sheet, step: Step, at: datetime) -> Decision:
    """After the last day of editing nothing is submitted or opened for writing; verifying and certifying go on."""
    if step.action == Action.TAKE_BACK_PROVINCE and at >= sheet.status_since + PROVINCE_TAKE_BACK:
        return Decision("พ้น 7 วันนับแต่วันที่จังหวัดรับรองแล้ว หากข้อมูลต้องแก้ไข ให้สั่งแก้ไขแทน")
    writes = step.action == Action.SUBMIT or step.target == Status.RECORDING or step.opens_revision
    if writes and step.action != Action.REVOKE:
        return _open_for_writing(entry, sheet.section, at=at, untouched=False)
    return ALLOW


def _holders(permission: Permission) -> str:
    names = [role.name for role in ROLES.values() if permission in role.permissions]
    return " หรือ ".join(names)
