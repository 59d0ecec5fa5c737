"""งานของฉัน: what is asked of the actor, by when, most urgent first (one list for every role)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.access.roles import ROLES, ROLES_BY_SECTION
from localgov.accounts import selectors as accounts
from localgov.accounts.selectors.coverage import uncovered_sections
from localgov.certification.selectors import sections_certified_by_both
from localgov.filings.models import Sheet
from localgov.filings.policies import separation_of_duty
from localgov.filings.states import CERTIFIED, Action, Status
from localgov.forms import selectors as forms
from localgov.lib.domains import DOMAINS
from localgov.lib.thai_calendar import bangkok_date, days_left, days_left_text, format_date_short, last_day_before
from localgov.organisations import areas
from localgov.rounds.models import RosterEntry, Round

_TITLES = {domain.code: domain.title for domain in DOMAINS}


@dataclass(frozen=True)
class WorkItem:
    """One thing to do. `rank` 0 is most urgent; `due` breaks ties; `count` is how many of it there are."""

    rank: int
    title: str
    detail: str
    url: str = ""
    due: datetime | None = None
    icon: str = "circle"
    count: int | None = None


def work_items(*, actor: Actor, rounds: list[Round], at: datetime) -> list[WorkItem]:
    """What is asked of an actor in the open rounds; a handful of queries whatever the role."""
    items = [*_unit_items(actor, rounds, at), *_office_items(actor, rounds, at)]
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(items, key=lambda item: (item.rank, item.due or far))


# --- a unit's people ---------------------------------------------------------------------------------------------------


def _unit_items(actor: Actor, rounds: list[Round], at: datetime) -> Iterator[WorkItem]:
    wanted = (P.FILING_RECORD, P.FILING_VERIFY, P.CERTIFY_UNIT, P.PEOPLE_MANAGE)
    scopes = {scope for permission in wanted for scope in actor.scopes(permission)}
    if not scopes:
        return
    entries = RosterEntry.objects.filter(path__in=scopes, round__in=rounds, excused_from__isnull=True)
    by_round = {entry.round_id: entry for entry in entries.select_related("round")}
    sheets: dict[int, dict[str, Sheet]] = {}
    found = Sheet.objects.filter(filing__roster_entry__in=list(by_round.values()), is_newest=True)
    for sheet in found.select_related("filing").defer("answers"):
        sheets.setdefault(sheet.filing.roster_entry_id, {})[sheet.section] = sheet
    for round in rounds:
        entry = by_round.get(round.pk)
        if entry is not None:
            own = sheets.get(entry.pk, {})
            yield from _recorder_items(actor, entry, own, at)
            yield from _verifier_items(actor, entry, own)
            yield from _executive_items(actor, entry, own)
    yield from _administrator_items(actor, at)


def _recorder_items(actor: Actor, entry: RosterEntry, own: dict[str, Sheet], at: datetime) -> Iterator[WorkItem]:
    sections = [
        section
        for section in forms.applicable_sheets(entry.round.form_version_id, entry.unit_type)
        if actor.can(P.FILING_RECORD, at=entry.path, section=section)
    ]
    year, due = entry.round.fiscal_year_be, entry.due_at
    for section in sections:
        sheet = own.get(section)
        if sheet is not None and sheet.status == Status.RECORDING and sheet.returned_note:
            yield WorkItem(
                0,
                f"{_title(section)} ถูกส่งกลับให้แก้ไข (ปี {year})",
                sheet.returned_note,
                sheet_url(entry, section),
                due,
                "undo-2",
            )
    waiting = [section for section in sections if section not in own or own[section].status == Status.RECORDING]
    if waiting:
        begun = sum(1 for section in waiting if section in own)
        yield WorkItem(
            1 if days_left(due, at) <= 30 else 3,
            f"บันทึกข้อมูลปีงบประมาณ {year} ให้ครบ เหลือ {len(waiting)} ด้าน",
            f"กำลังบันทึก {begun} ด้าน ยังไม่เริ่ม {len(waiting) - begun} ด้าน · ครบกำหนด "
            f"{format_date_short(last_day_before(due))} ({days_left_text(due, at)})",
            filing_url(entry),
            due,
            "pencil-line",
            len(waiting),
        )


def _verifier_items(actor: Actor, entry: RosterEntry, own: dict[str, Sheet]) -> Iterator[WorkItem]:
    for section, sheet in own.items():
        if sheet.status != Status.SUBMITTED or not actor.can(P.FILING_VERIFY, at=entry.path, section=section):
            continue
        mine = not separation_of_duty(actor, path=entry.path, sheets=[sheet], action=Action.VERIFY).allowed
        detail = f"ส่งมาตั้งแต่ {format_date_short(sheet.status_since)}"
        yield WorkItem(
            1,
            f"ตรวจสอบ {_title(section)} (ปี {entry.round.fiscal_year_be})",
            f"{detail} · ท่านเป็นผู้บันทึกด้านนี้ ต้องให้ผู้ตรวจสอบคนอื่นตรวจ" if mine else detail,
            sheet_url(entry, section),
            entry.due_at,
            "clipboard-check",
        )


def _executive_items(actor: Actor, entry: RosterEntry, own: dict[str, Sheet]) -> Iterator[WorkItem]:
    if not actor.can(P.CERTIFY_UNIT, at=entry.path):
        return
    sections = forms.applicable_sheets(entry.round.form_version_id, entry.unit_type)
    ready = [section for section in sections if section in own and own[section].status == Status.VERIFIED]
    filing = next(iter(own.values())).filing if own else None
    both = sections_certified_by_both(filing=filing)
    done = [
        section
        for section in sections
        if section not in ready and (section in both or (section in own and own[section].status in CERTIFIED))
    ]
    left = len(sections) - len(ready) - len(done)
    year = entry.round.fiscal_year_be
    if ready and not left:
        yield WorkItem(
            0,
            f"พร้อมรับรองข้อมูลระดับ อปท. ปีงบประมาณ {year}",
            f"ตรวจสอบครบแล้ว รอลงนาม {len(ready)} ด้าน",
            _url("certification:unit-certify", fiscal_year=year, unit_code=entry.code) or filing_url(entry),
            entry.due_at,
            "badge-check",
            len(ready),
        )
    elif left:
        yield WorkItem(
            4,
            f"ปีงบประมาณ {year} ยังรับรองไม่ได้ เหลืออีก {left} ด้าน",
            f"ตรวจสอบแล้ว {len(ready)} ด้าน รับรองแล้ว {len(done)} ด้าน จาก {len(sections)} ด้าน",
            filing_url(entry),
            entry.due_at,
            "clock",
        )


def _administrator_items(actor: Actor, at: datetime) -> Iterator[WorkItem]:
    if not actor.scopes(P.PEOPLE_MANAGE) or actor.organisation_id is None:
        return
    today = bangkok_date(at)
    if not accounts.executives_of(organisation_id=actor.organisation_id, on=today):
        yield WorkItem(
            1, "ยังไม่มีผู้บริหารในระบบ จึงยังรับรองข้อมูลไม่ได้", "แจ้ง สถจ. ให้แต่งตั้งผู้บริหารเข้าระบบตามคำสั่ง", "", None, "triangle-alert"
        )
    for role in ROLES_BY_SECTION:
        name = ROLES[role].name
        sections = uncovered_sections(
            organisation_id=actor.organisation_id, role=role, sections=[domain.code for domain in DOMAINS], on=today
        )
        if sections:
            yield WorkItem(
                2,
                f"ยังไม่มี{name} {len(sections)} ด้าน",
                " · ".join(_title(section) for section in sections) if len(sections) < len(DOMAINS) else "ทุกด้าน",
                _url("accounts:people-list"),
                None,
                "users",
                len(sections),
            )


# --- the offices above -------------------------------------------------------------------------------------------------


def _office_items(actor: Actor, rounds: list[Round], at: datetime) -> Iterator[WorkItem]:
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
    for lack, title, detail in wants:
        seen = 0
        for day, when in days:
            count = accounts.units_without(actor=actor, on=today, seats_on=day, lack=lack).count()
            if count > seen:  # the due day is told only where it is worse than today
                where = f"?{urlencode({lack: 'NO', 'on': format_date_short(day)})}"
                yield WorkItem(
                    3,
                    f"อปท. ที่{title} {count:,} แห่ง ({when})",
                    detail,
                    f"{_url('accounts:executive-list')}{where}" if _url("accounts:executive-list") else "",
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
            _url("certification:province-queue") or _url("certification:certify-list"),
            round.due_at,
            "shield-check",
            found["units"],
        )


def _idle_items(actor: Actor, round: Round, at: datetime) -> Iterator[WorkItem]:
    """Units that have not begun, for those who watch more than one."""
    scopes = [scope for scope in actor.scopes(P.MONITOR_VIEW) if not _is_unit(scope)]
    if not scopes:
        return
    where = Q(pk__in=[])
    for scope in scopes:
        where |= Q(path__startswith=scope)
    due = RosterEntry.objects.filter(where, round=round, excused_from__isnull=True)
    found = due.aggregate(units=Count("pk"), idle=Count("pk", filter=Q(filing__isnull=True)))
    if found["idle"]:
        yield WorkItem(
            2 if days_left(round.due_at, at) <= 60 else 4,
            f"ยังไม่เริ่มบันทึกปีงบประมาณ {round.fiscal_year_be} จำนวน {found['idle']:,} แห่ง จาก {found['units']:,} แห่ง",
            f"ครบกำหนด {format_date_short(last_day_before(round.due_at))} ({days_left_text(round.due_at, at)})",
            f"{_url('monitoring:unit-status')}?status=NOT_STARTED&fiscal_year={round.fiscal_year_be}",
            round.due_at,
            "clock",
            found["idle"],
        )


def place_label(scope: str) -> str:
    """The area that a path stands for, in words."""
    parts = scope.rstrip(".").split(".")
    if len(parts) == 1:
        return "ทั้งประเทศ"
    if len(parts) == 2:
        return f"จังหวัด{areas.province_name(parts[1])}"
    return f"อำเภอ{areas.district_name(parts[2])}" if len(parts[2]) == 4 else ""


def filing_url(entry: RosterEntry) -> str:
    """The unit's filing of the entry's year."""
    return _url("filings:filing-detail", fiscal_year=entry.round.fiscal_year_be, unit_code=entry.code)


def sheet_url(entry: RosterEntry, section: str) -> str:
    """The page of one sheet."""
    number = list(forms.sheet_labels(entry.round.form_version_id)).index(section) + 1
    return _url(
        "filings:sheet-detail", fiscal_year=entry.round.fiscal_year_be, unit_code=entry.code, number=number
    ) or filing_url(entry)


def _title(section: str) -> str:
    return _TITLES.get(section, section)


def _is_unit(scope: str) -> bool:
    return len(scope.rstrip(".").rpartition(".")[2]) == 7


def _url(name: str, **kwargs: object) -> str:
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""
