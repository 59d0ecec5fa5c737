"""Who may open a round and change its roster, and what a round must be."""

from datetime import date, datetime, timedelta

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import fiscal_year_bounds, format_date_short, last_day_before
from localgov.rounds.models import RosterEntry, Round

#: An extension can't be taken back, so a year typed wrongly must not pass.
LONGEST_EXTENSION = timedelta(days=731)
LONGEST_REOPENING = timedelta(days=366)


def can_open(actor: Actor) -> Decision:
    """Officers of the Department."""
    if actor.scopes(Permission.ROUND_OPEN):
        return ALLOW
    return Decision("การเปิดรอบบันทึกข้อมูลและปรับบัญชีรายชื่อเป็นหน้าที่ของเจ้าหน้าที่กรม")


def year_fits(form_version: FormVersion, fiscal_year: int) -> Decision:
    """A version is asked only in the years it was written for."""
    if form_version.fiscal_year_from <= fiscal_year <= form_version.fiscal_year_to:
        return ALLOW
    return Decision(
        f"แบบรุ่น {form_version.version} ใช้กับปีงบประมาณ {form_version.fiscal_year_from}–{form_version.fiscal_year_to} "
        f"ไม่ครอบคลุมปี {fiscal_year} โปรดเลือกแบบรุ่นอื่น หรือเผยแพร่รุ่นที่ครอบคลุมปีนี้ก่อน"
    )


def dates_fit(*, fiscal_year: int, due_at: datetime, last_new_at: datetime, last_edit_at: datetime) -> Decision:
    """Due ≤ last new filing ≤ last edit, and none before the fiscal year has begun."""
    due, last_new, last_edit = (last_day_before(moment) for moment in (due_at, last_new_at, last_edit_at))
    if last_new_at < due_at:
        return Decision(
            f"วันสุดท้ายที่เริ่มบันทึกได้ ({format_date_short(last_new)}) ต้องไม่ก่อนวันครบกำหนด ({format_date_short(due)})"
        )
    if last_edit_at < last_new_at:
        return Decision(
            f"วันสุดท้ายที่แก้ไขได้ ({format_date_short(last_edit)}) ต้องไม่ก่อนวันสุดท้ายที่เริ่มบันทึกได้ ({format_date_short(last_new)})"
        )
    first_day, _ = fiscal_year_bounds(fiscal_year)
    if due < first_day:
        return Decision(
            f"วันครบกำหนด ({format_date_short(due)}) ต้องไม่ก่อนวันเริ่มปีงบประมาณ ({format_date_short(first_day)}): ตรวจปี พ.ศ."
        )
    return ALLOW


def can_extend(actor: Actor, *, path: str) -> Decision:
    """The Department everywhere, a province for what it supervises. `path`: of the area or unit."""
    if actor.can(Permission.ROUND_EXTEND, at=path):
        return ALLOW
    return Decision("การขยายเวลาเป็นหน้าที่ของเจ้าหน้าที่กรม หรือเจ้าหน้าที่ สถจ. สำหรับ อปท. ในจังหวัดของตน")


def dates_extend(
    actor: Actor, opened: Round, *, path: str, due_at: datetime, last_new_at: datetime, last_edit_at: datetime
) -> Decision:
    """No date before the announced one, none years away, and the last day of editing is the Department's alone to move."""
    dates = (
        ("วันครบกำหนด", opened.due_at, due_at),
        ("วันสุดท้ายที่เริ่มบันทึกได้", opened.last_new_at, last_new_at),
        ("วันสุดท้ายที่แก้ไขได้", opened.last_edit_at, last_edit_at),
    )
    for name, before, after in dates:
        if after < before:
            return Decision(
                f"{name}เลื่อนเข้ามาไม่ได้: ประกาศไว้ถึง {format_date_short(last_day_before(before))} "
                f"แต่ขอเป็น {format_date_short(last_day_before(after))}"
            )
        if after > before + LONGEST_EXTENSION:
            return Decision(
                f"{name} ({format_date_short(last_day_before(after))}) ห่างจากที่ประกาศไว้เกิน 2 ปี "
                "ขยายแล้วเลื่อนกลับไม่ได้: ตรวจปี พ.ศ."
            )
    if last_edit_at > opened.last_edit_at and not actor.can(Permission.ROUND_OPEN, at=path):
        return Decision(
            f"สถจ. ขยายได้ไม่เกินวันสุดท้ายที่แก้ไขได้ที่กรมประกาศ ({format_date_short(last_day_before(opened.last_edit_at))}) "
            "หากต้องการนานกว่านั้น โปรดเสนอกรม"
        )
    if all(before == after for _, before, after in dates):
        return Decision("ทุกวันเหมือนเดิม โปรดเลื่อนอย่างน้อยหนึ่งวัน")
    return ALLOW


def can_reopen(actor: Actor) -> Decision:
    """The Department alone."""
    if actor.scopes(Permission.ROUND_OPEN):
        return ALLOW
    return Decision("การเปิดให้แก้ไขหลังพ้นกำหนดเป็นหน้าที่ของเจ้าหน้าที่กรม")


def reopening_fits(*, from_at: datetime, until_at: datetime, at: datetime) -> Decision:
    """From now or later, till a day after it, not for more than a year."""
    last = format_date_short(last_day_before(until_at))
    if from_at < at:
        return Decision("วันที่เริ่มเปิดต้องไม่ก่อนวันนี้: สิ่งที่ผ่านไปแล้วเปิดย้อนหลังไม่ได้")
    if until_at <= from_at:
        return Decision(f"วันสุดท้ายที่เปิดให้แก้ไข ({last}) ต้องไม่ก่อนวันที่เริ่มเปิด ({format_date_short(from_at)})")
    if until_at > from_at + LONGEST_REOPENING:
        return Decision(f"เปิดให้แก้ไขได้ครั้งละไม่เกิน 1 ปี แต่ขอถึง {last}: ตรวจปี พ.ศ.")
    return ALLOW


def can_excuse(actor: Actor, entry: RosterEntry) -> Decision:
    """The Department, once for each unit."""
    if entry.excused_from is not None:
        return Decision(f"{entry.full_name} พ้นหน้าที่ของรอบนี้แล้วตั้งแต่ {format_date_short(entry.excused_from)}")
    return can_open(actor)


def excuse_fits(opened: Round, excused_from: date) -> Decision:
    """A day on which there was still something to do in the round (it may lie before the round's year)."""
    last_day = last_day_before(opened.last_edit_at)
    if excused_from <= last_day:
        return ALLOW
    return Decision(
        f"วันที่พ้นหน้าที่ ({format_date_short(excused_from)}) ต้องไม่หลังวันสุดท้ายที่แก้ไขได้ของรอบ ({format_date_short(last_day)}): ตรวจปี พ.ศ."
    )


def can_follow_register(actor: Actor) -> Decision:
    """Whoever changes the register, and whoever opens rounds."""
    if actor.scopes(Permission.REGISTER_MANAGE) or actor.scopes(Permission.ROUND_OPEN):
        return ALLOW
    return Decision("การปรับบัญชีรายชื่อตามทะเบียนเป็นหน้าที่ของผู้ดูแลทะเบียน อปท.")
