"""งานของฉัน: what is asked of the actor, by when, most urgent first (one list for every role)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.access.roles import ROLES, ROLES_BY_SECTION
from localgov.accounts import selectors as accounts
from localgov.accounts.selectors.coverage import uncovered_sections
from localgov.certification.selectors import sections_certified_by_both
from localgov.directory.models import AdministratorRecord, WebsiteRecord
from localgov.directory.models.unit_record import UnitRecord
from localgov.directory.selectors import records as directory
from localgov.filings.models import Sheet
from localgov.filings.policies import separation_of_duty
from localgov.filings.states import CERTIFIED, Action, Status
from localgov.forms import selectors as forms
from localgov.lib.domains import DOMAINS
from localgov.lib.thai_calendar import (
    bangkok_date,
    days_left,
    days_left_text,
    format_date_short,
    last_day_before,
    weekdays_after,
    weekdays_text,
)
from localgov.rounds.models import RosterEntry, Round
from localgov.web.desks import DeskRow, desk_rows
from localgov.web.work_item import WorkItem, domain_title, filing_url, url_of
from localgov.web.work_letters import letter_items
from localgov.web.work_offices import department_items, office_items
from localgov.web.work_problems import problem_items
from localgov.web.work_publishing import publishing_items


@dataclass(frozen=True)
class Work:
    """What a home page shows: the things to do, and for a unit's people whose desk its domains lie on."""

    items: list[WorkItem]
    desks: list[DeskRow]


def work_of(*, actor: Actor, rounds: list[Round], at: datetime) -> Work:
    """What is asked of an actor in the open rounds, most urgent first; a handful of queries whatever the role."""
    unit = _UnitWork.read(actor, rounds)
    items = [
        *letter_items(actor, at),
        *_unit_items(actor, unit, at),
        *publishing_items(actor, next(iter(unit.entries.values()), None), at),
        *office_items(actor, rounds, at),
        *department_items(actor, at),
        *problem_items(actor, at),
    ]
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return Work(
        items=sorted(items, key=lambda item: (item.rank, item.due or far)),
        desks=desk_rows(entries=unit.entries, sheets=unit.sheets, at=at),
    )


# --- a unit's people ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _UnitWork:
    """The roster entries of a unit's people in the open rounds, newest year first, and their newest sheets by section."""

    entries: dict[int, RosterEntry]
    sheets: dict[int, dict[str, Sheet]]

    @classmethod
    def read(cls, actor: Actor, rounds: list[Round]) -> _UnitWork:
        """Two queries; none for who has nothing to do in a unit."""
        wanted = (P.FILING_RECORD, P.FILING_VERIFY, P.CERTIFY_UNIT, P.PEOPLE_MANAGE)
        scopes = {scope for permission in wanted for scope in actor.scopes(permission)}
        if not scopes:
            return cls({}, {})
        found = RosterEntry.objects.filter(path__in=scopes, round__in=rounds, excused_from__isnull=True)
        entries = {one.pk: one for one in found.select_related("round").order_by("-round__fiscal_year_be", "pk")}
        sheets: dict[int, dict[str, Sheet]] = {}
        rows = Sheet.objects.filter(filing__roster_entry__in=list(entries), is_newest=True)
        for sheet in rows.select_related("filing").defer("answers"):
            sheets.setdefault(sheet.filing.roster_entry_id, {})[sheet.section] = sheet
        return cls(entries, sheets)


def _unit_items(actor: Actor, unit: _UnitWork, at: datetime) -> Iterator[WorkItem]:
    for entry in unit.entries.values():
        own = unit.sheets.get(entry.pk, {})
        yield from _recorder_items(actor, entry, own, at)
        yield from _verifier_items(actor, entry, own, at)
        yield from _executive_items(actor, entry, own)
    if unit.entries:
        yield from _directory_items(actor, next(iter(unit.entries.values())))
    yield from _administrator_items(actor, at)


def _directory_items(actor: Actor, entry: RosterEntry) -> Iterator[WorkItem]:
    """Website and administrator of the newest open year, while nobody of the unit has told or confirmed them."""
    if not actor.can(P.DIRECTORY_RECORD, at=entry.path):
        return
    kinds: tuple[tuple[type[UnitRecord], str, str], ...] = (
        (WebsiteRecord, "บันทึกเว็บไซต์ อปท.", "directory:website-detail"),
        (AdministratorRecord, "บันทึกผู้ดูแลระบบ INFO", "directory:administrator-detail"),
    )
    for kind, title, page in kinds:
        if directory.newest(kind, entry=entry) is None:
            year = entry.round.fiscal_year_be
            yield WorkItem(
                2,
                f"{title} ปีงบประมาณ {year}",
                "ยังไม่ได้บันทึกหรือยืนยันในปีนี้ ถ้าเหมือนปีก่อนกดยืนยันครั้งเดียว",
                url_of(page, fiscal_year=year, unit_code=entry.code),
                icon="external-link" if kind is WebsiteRecord else "circle-user-round",
            )


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
                f"{domain_title(section)} ถูกส่งกลับให้แก้ไข (ปี {year})",
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
            tuple((_left_of(section, own.get(section)), sheet_url(entry, section)) for section in waiting),
        )


def _left_of(section: str, sheet: Sheet | None) -> str:
    """A domain with what is missing in it."""
    if sheet is None:
        return f"{domain_title(section)}: ยังไม่เริ่ม"
    wrong = f" ต้องแก้ {sheet.error_count} ข้อ" if sheet.error_count else ""
    return f"{domain_title(section)}: ตอบแล้ว {sheet.answered_count} จาก {sheet.required_count} ข้อ{wrong}"


def _verifier_items(actor: Actor, entry: RosterEntry, own: dict[str, Sheet], at: datetime) -> Iterator[WorkItem]:
    for section, sheet in own.items():
        if sheet.status != Status.SUBMITTED or not actor.can(P.FILING_VERIFY, at=entry.path, section=section):
            continue
        mine = not separation_of_duty(actor, path=entry.path, sheets=[sheet], action=Action.VERIFY).allowed
        days = weekdays_after(bangkok_date(sheet.status_since), bangkok_date(at))
        detail = f"ส่งมาตั้งแต่ {format_date_short(sheet.status_since)} (รอ {weekdays_text(days)})"
        yield WorkItem(
            1,
            f"ตรวจสอบ {domain_title(section)} (ปี {entry.round.fiscal_year_be})",
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
            url_of("certification:unit-certify", fiscal_year=year, unit_code=entry.code) or filing_url(entry),
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
                " · ".join(domain_title(section) for section in sections) if len(sections) < len(DOMAINS) else "ทุกด้าน",
                url_of("accounts:people-list"),
                None,
                "users",
                len(sections),
            )


def sheet_url(entry: RosterEntry, section: str) -> str:
    """The page of one sheet."""
    number = list(forms.sheet_labels(entry.round.form_version_id)).index(section) + 1
    return url_of(
        "filings:sheet-detail", fiscal_year=entry.round.fiscal_year_be, unit_code=entry.code, number=number
    ) or filing_url(entry)
