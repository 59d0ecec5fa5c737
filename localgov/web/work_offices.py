"""Work of the offices above in งานของฉัน: what waits for them, who is late, what ends soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.accounts import selectors as accounts
from localgov.accounts.selectors.issuing import organisations_below, without_account
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms.models import FormDraft
from localgov.inspection.models import DailyHead
from localgov.lib.thai_calendar import bangkok_date, days_left, days_left_text, format_date_short, last_day_before
from localgov.monitoring.causes import causes_of
from localgov.monitoring.selectors.duties import ProvinceDuty, provinces_duty
from localgov.organisations import areas
from localgov.rounds.models import Round
from localgov.web.work_item import WorkItem, url_of

#: Extensions that end within so many days are told.
_ENDING = timedelta(days=14)


def office_items(actor: Actor, rounds: list[Round], at: datetime) -> Iterator[WorkItem]:
    """What waits for an office, and what the units under it lack, in the open rounds."""
    for round in rounds:
        yield from _certifier_items(actor, round, at)
        yield from _idle_items(actor, round, at)
    if actor.scopes(P.SEAT_UNIT_EXECUTIVE):
        yield from _seat_items(actor, rounds, at)


def _seat_items(actor: Actor, rounds: list[Round], at: datetime) -> Iterator[WorkItem]:
    """Units where nobody can certify or verify, today or on the next due day."""
    today = bangkok_date(at)
    days = [(today, "วันนี้")]
    if coming := min((one.due_at for one in rounds if one.due_at > at), default=None):
        due = last_day_before(coming)
        days.append((due, f"ณ วันครบกำหนด {format_date_short(due)}"))
    wants = (
        ("seated", "ยังไม่มีผู้บริหารในระบบ", "จะรับรองข้อมูลไม่ได้ แต่งตั้งผู้บริหารหรือผู้ปฏิบัติหน้าที่แทนเข้าระบบตามคำสั่ง"),
        ("verifying", "ยังไม่มีผู้ตรวจสอบ", "จะตรวจสอบข้อมูลไม่ได้ ให้ผู้ดูแลระบบ INFO ของ อปท. กำหนดสิทธิ"),
    )
    counts = accounts.units_without(actor=actor, on=today, days=[day for day, _ in days])
    for lack, title, detail in wants:
        seen = 0
        for day, when in days:
            count = counts[lack, day]
            if count > seen:  # the due day is told only where it is worse than today
                where = f"?{urlencode({lack: 'NO', 'on': format_date_short(day)})}"
                yield WorkItem(
                    3,
                    f"อปท. ที่{title} {count:,} แห่ง ({when})",
                    detail,
                    f"{url_of('accounts:executive-list')}{where}" if url_of("accounts:executive-list") else "",
                    None,
                    "users",
                    count,
                )
            seen = max(seen, count)


def _certifier_items(actor: Actor, round: Round, at: datetime) -> Iterator[WorkItem]:
    scopes = actor.scopes(P.CERTIFY_PROVINCE)
    if not scopes:
        return
    where = Q(pk__in=[])
    for scope in scopes:
        where |= Q(filing__roster_entry__path__startswith=scope)
    found = Sheet.objects.filter(where, filing__round=round, is_newest=True, status=Status.CERTIFIED_LAO).aggregate(
        sheets=Count("pk"), units=Count("filing", distinct=True)
    )
    if found["sheets"]:
        yield WorkItem(
            0,
            f"รอจังหวัดรับรอง {found['units']:,} แห่ง (ปีงบประมาณ {round.fiscal_year_be})",
            f"รวม {found['sheets']:,} ด้านที่ อปท. รับรองแล้ว",
            url_of("certification:province-queue") or url_of("certification:certify-list"),
            round.due_at,
            "shield-check",
            found["units"],
        )


def _idle_items(actor: Actor, round: Round, at: datetime) -> Iterator[WorkItem]:
    """Units that have not begun, whose extension ends, that are late: for those who watch more than one."""
    scopes = [scope for scope in actor.scopes(P.MONITOR_VIEW) if not _is_unit(scope)]
    if not scopes:
        return
    provinces = provinces_duty(round=round, prefixes=scopes, at=at, ending=at + _ENDING)
    found = {name: sum(getattr(one, name) for one in provinces) for name in ("units", "idle", "ending", "ordered")}
    year = round.fiscal_year_be
    by_when = f"ครบกำหนด {format_date_short(last_day_before(round.due_at))} ({days_left_text(round.due_at, at)})"
    board = f"{url_of('monitoring:unit-status')}?fiscal_year={year}"
    if found["idle"]:
        begun = found["units"] - found["idle"]
        yield WorkItem(
            2 if days_left(round.due_at, at) <= 60 else 4,
            f"ยังไม่เริ่มบันทึกปีงบประมาณ {year} จำนวน {found['idle']:,} แห่ง จาก {found['units']:,} แห่ง",
            f"เริ่มแล้ว {begun:,} แห่ง (ร้อยละ {begun * 100 // found['units']}) · {by_when}",
            f"{board}&status=NOT_STARTED",
            round.due_at,
            "clock",
            found["idle"],
        )
    if found["ending"]:
        yield WorkItem(
            2,
            f"การขยายเวลาจะสิ้นสุดภายใน {_ENDING.days} วัน {found['ending']:,} แห่ง (ปีงบประมาณ {year})",
            "ตรวจว่าแห่งเหล่านี้ส่งข้อมูลทันวันที่ขยายให้",
            f"{url_of('rounds:round-detail', pk=round.pk)}?standing=extended",
            icon="calendar",
            count=found["ending"],
        )
    if found["ordered"]:
        yield WorkItem(
            2,
            f"จังหวัดสั่งให้แก้ไขแล้วยังไม่เสร็จ {found['ordered']:,} แห่ง (ปีงบประมาณ {year})",
            "คะแนนตัวชี้วัดที่ 7 ของแห่งเหล่านี้ยังไม่ถือว่าเป็นปัจจุบัน",
            board,
            icon="undo-2",
            count=found["ordered"],
        )
    if round.due_at <= at:
        yield from _late_items(provinces, round, at)


def _late_items(found: list[ProvinceDuty], round: Round, at: datetime) -> Iterator[WorkItem]:
    """Units past their own date that have not done all that the round asks; told only once a round is due."""
    cause = causes_of(round.profile)[-1]
    late, units = sum(one.late for one in found), sum(one.units for one in found)
    if late:
        worst = sorted(found, key=lambda one: -one.late)[:3]
        named = " · ".join(f"{one.name} {one.late:,}" for one in worst) if len(found) > 1 else ""
        yield WorkItem(
            1,
            f"เลยกำหนดแล้ว {cause.label} {late:,} แห่ง จาก {units:,} แห่ง (ปีงบประมาณ {round.fiscal_year_be})",
            f"{'มากที่สุด: ' + named + ' · ' if named else ''}{days_left_text(round.due_at, at)}",
            f"{url_of('monitoring:lagging-list')}?fiscal_year={round.fiscal_year_be}&cause={cause.value}&time_status=LATE",
            round.due_at,
            "triangle-alert",
            late,
        )


# --- the Department's own -------------------------------------------------------------------------------------------------


def department_items(actor: Actor, at: datetime) -> Iterator[WorkItem]:
    """Drafts of forms, accounts not yet handed down, days of the record without a head."""
    if actor.scopes(P.FORM_PUBLISH) and (drafts := FormDraft.objects.count()):
        yield WorkItem(
            2,
            f"ร่างแบบข้อมูล {drafts:,} ฉบับ รอตรวจทานและเผยแพร่",
            "เปิดร่างเพื่อดูสิ่งที่เปลี่ยน แล้วเผยแพร่หรือทิ้งร่าง",
            url_of("forms:form-list"),
            icon="file-clock",
            count=drafts,
        )
    today = bangkok_date(at)
    if actor.scopes(P.ACCOUNTS_ISSUE):
        missing = without_account(organisations_below(actor=actor, on=today)).count()
        if missing:
            yield WorkItem(
                4,
                f"ยังไม่ได้ออกบัญชีผู้ใช้ให้หน่วยงานในสังกัด {missing:,} แห่ง",
                "ออกบัญชีครั้งเดียวได้ทั้งจังหวัด ระบบจัดเป็นไฟล์ให้ส่งมอบ",
                url_of("accounts:issue"),
                icon="user-plus",
                count=missing,
            )
    if "th." in actor.scopes(P.AUDIT_VIEW):
        yield from _head_items(at)


def _head_items(at: datetime) -> Iterator[WorkItem]:
    """The daily head is made each night of the day before; two days without one are told."""
    newest = DailyHead.objects.order_by("-day").values_list("day", flat=True).first()
    today = bangkok_date(at)
    if newest is not None and (today - newest).days <= 2:
        return
    since = f"ล่าสุดคือวันที่ {format_date_short(newest)}" if newest else "ยังไม่เคยจัดทำ"
    yield WorkItem(
        3,
        "ไม่มียอดสรุปประจำวันของบันทึกการใช้งานเกิน 2 วัน",
        f"{since} ให้ผู้ปฏิบัติการระบบตรวจงานประจำคืน (audit_head)",
        url_of("heads:head-list"),
        icon="shield-check",
    )


def place_label(scope: str) -> str:
    """The area that a path stands for, in words."""
    parts = scope.rstrip(".").split(".")
    if len(parts) == 1:
        return "ทั้งประเทศ"
    if len(parts) == 2:
        return f"จังหวัด{areas.province_name(parts[1])}"
    return f"อำเภอ{areas.district_name(parts[2])}" if len(parts[2]) == 4 else ""


def _is_unit(scope: str) -> bool:
    return len(scope.rstrip(".").rpartition(".")[2]) == 7
