"""A unit's eight domains at a glance, and the years in which it files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, QuerySet

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts.selectors import exceptions_of
from localgov.filings import policies
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.selectors.judging import Judgement, judge
from localgov.filings.selectors.past import last_year_as_of, workspace_as_of
from localgov.filings.selectors.sheet_page import state_of
from localgov.filings.selectors.steps import StepView, step_views
from localgov.filings.selectors.unit_acts import exception_words
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.states import CERTIFIED, DESKS, Action, Desk, Status
from localgov.lib.thai_calendar import bangkok_date, days_left, days_left_text, fiscal_year_of, last_day_before
from localgov.rounds.models import RosterEntry

#: The form of the main job (MISSION R4.1).
FORM_CODE = "eight_domains"

#: From so many days before the due date the page speaks up.
SOON_DAYS = 30


@dataclass(frozen=True)
class DomainCard:
    """One domain: where it stands, how far it is, whose turn it is."""

    number: int
    section: str
    label: str
    hint: str
    state: str
    sheet: Sheet | None = None
    judgement: Judgement | None = None
    may_record: bool = False
    steps: tuple[StepView, ...] = ()
    #: When it was first submitted, if that was after the announced due day: an extension leaves late as it is.
    submitted_late: datetime | None = None

    @property
    def ready_step(self) -> StepView | None:
        """The step forward, when it may be taken now."""
        return next((step for step in self.steps if step.kind == "primary" and step.decision.allowed), None)

    @property
    def waits_for_me(self) -> bool:
        """Whether the actor is to read and verify it."""
        return self.ready_step is not None and self.ready_step.action == Action.VERIFY

    @property
    def applicable(self) -> bool:
        """Whether this type of unit records it."""
        return self.judgement is not None

    @property
    def desk(self) -> str:
        """Whose turn it is; empty when nobody's."""
        if not self.applicable:
            return ""
        desk = DESKS[Status(self.sheet.status)] if self.sheet else Desk.RECORDER
        return "" if desk is Desk.NOBODY else str(desk.label)

    @property
    def open_for_recording(self) -> bool:
        """Whether its numbers still change: progress, errors and warnings are of interest."""
        return self.sheet is None or self.sheet.status == Status.RECORDING

    @property
    def is_amendment(self) -> bool:
        """Whether a revision after the first is open or in force."""
        return self.sheet is not None and self.sheet.revision > 1


@dataclass(frozen=True)
class FilingPage:
    """Everything that the page of a unit's filing prints."""

    space: Workspace
    cards: tuple[DomainCard, ...]
    years: tuple[int, ...]
    at: datetime
    exceptions: tuple[str, ...] = ()

    @property
    def announced_on(self) -> date:
        """The last day in time as the round announced it."""
        return last_day_before(self.space.round.due_at)

    @property
    def reopened_until(self) -> date | None:
        """The last day on which a closed domain is re-opened; None where none is."""
        if self.at < self.entry.last_new_at:
            return None
        open_now = (
            self.entry.reopened_until(section=card.section, at=self.at) for card in self.cards if card.applicable
        )
        until = max((moment for moment in open_now if moment is not None), default=None)
        return last_day_before(until) if until else None

    @property
    def entry(self) -> RosterEntry:
        """The unit."""
        return self.space.entry

    @property
    def fiscal_year(self) -> int:
        """The year, B.E."""
        return self.space.round.fiscal_year_be

    @property
    def applicable(self) -> tuple[DomainCard, ...]:
        """The domains that count."""
        return tuple(card for card in self.cards if card.applicable)

    @property
    def certified(self) -> int:
        """Domains certified by at least the unit."""
        return sum(1 for card in self.applicable if card.sheet and card.sheet.status in CERTIFIED)

    @property
    def certified_by_province(self) -> int:
        """Domains certified by both."""
        return sum(1 for card in self.applicable if card.sheet and card.sheet.status == Status.CERTIFIED_PROVINCE)

    @property
    def of_all(self) -> str:
        """`จาก 8 ด้าน`."""
        return f"จาก {len(self.applicable)} ด้าน"

    @property
    def due_on(self) -> date:
        """The unit's last day in time, extensions included."""
        return last_day_before(self.space.entry.due_at)

    @property
    def begun(self) -> int:
        """Domains with an answer."""
        return sum(1 for card in self.applicable if card.sheet is not None)

    @property
    def submitted(self) -> int:
        """Domains that left the recorder's desk."""
        return sum(1 for card in self.applicable if card.sheet and card.sheet.status != Status.RECORDING)

    @property
    def days_left(self) -> str:
        """เหลือ 41 วัน."""
        return days_left_text(self.space.entry.due_at, self.at)

    @property
    def is_late(self) -> bool:
        """Whether the due date is over and something is not certified."""
        return days_left(self.space.entry.due_at, self.at) < 0 and self.certified < len(self.applicable)

    @property
    def is_soon(self) -> bool:
        """Whether the due date is near and something is not certified."""
        left = days_left(self.space.entry.due_at, self.at)
        return 0 <= left <= SOON_DAYS and self.certified < len(self.applicable)


def filing_page(*, actor: Actor, entry: RosterEntry, at: datetime, past: datetime | None = None) -> FilingPage:
    """The domains of a unit in a round (10 queries); with `past` as they stood at that moment, and nothing to be done."""
    if past is not None:
        space = workspace_as_of(entry=entry, moment=past)
        last_year = last_year_as_of(round=entry.round, organisation_id=entry.organisation_id, moment=past)
    else:
        space = workspace(entry=entry, round=entry.round)
        last_year = last_year_answers(round=entry.round, organisation_id=entry.organisation_id)
    late = _late(space, past=past)
    cards = []
    for number, (section, form_sheet) in enumerate(space.form.sheets.items(), start=1):
        if section not in space.applicable:
            cards.append(DomainCard(number, section, form_sheet.label, form_sheet.hint, "NOT_APPLICABLE"))
            continue
        sheet = space.sheets.get(section)
        judgement = judge(space=space, section=section, last_year=last_year, at=at)
        cards.append(
            DomainCard(
                number=number,
                section=section,
                label=form_sheet.label,
                hint=form_sheet.hint,
                state=state_of(sheet),
                sheet=sheet,
                judgement=judgement,
                submitted_late=late.get(section),
                steps=() if past else step_views(actor, space=space, sheet=sheet, judgement=judgement, at=at),
                may_record=past is None
                and policies.can_record(
                    actor, entry=entry, round=entry.round, section=section, sheet=sheet, at=at
                ).allowed,
            )
        )
    granted = exceptions_of(organisation_id=entry.organisation_id, on=bangkok_date(at)) if past is None else ()
    return FilingPage(
        space=space,
        cards=tuple(cards),
        years=unit_years(actor=actor, organisation_code=entry.code, past=past),
        at=at,
        exceptions=tuple(exception_words(one) for one in granted),
    )


def _late(space: Workspace, *, past: datetime | None) -> dict[str, datetime]:
    """By sheet, when it was first submitted, where that was after the announced due day (1 query)."""
    steps = StepTaken.objects.filter(sheet__filing=space.filing, action=Action.SUBMIT)
    if past is not None:
        steps = steps.filter(recorded_at__lte=past)
    first = steps.values_list("sheet__section").annotate(Min("at")).order_by("sheet__section")
    return {section: when for section, when in first if when >= space.round.due_at} if space.filing else {}


def unit_years(*, actor: Actor, organisation_code: str, past: datetime | None = None) -> tuple[int, ...]:
    """The fiscal years in which a unit files (or did by then), as far as the actor may see, newest first (1 query)."""
    entries = RosterEntry.objects.visible_to(actor).filter(round__form_code=FORM_CODE, code=organisation_code)
    years = (
        (entries if past is None else entries.filter(added_at__lte=past))
        .order_by("-round__fiscal_year_be")
        .values_list("round__fiscal_year_be", flat=True)
    )
    return tuple(years)


def visible_years(*, actor: Actor) -> tuple[int, ...]:
    """The fiscal years of which the actor may see any filing, newest first."""
    years = (
        RosterEntry.objects.visible_to(actor)
        .filter(round__form_code=FORM_CODE)
        .order_by("-round__fiscal_year_be")
        .values_list("round__fiscal_year_be", flat=True)
        .distinct()
    )
    return tuple(years)


def current_year(years: tuple[int, ...], *, at: datetime) -> int | None:
    """The year that a page opens with: the running fiscal year if it is open, else the newest."""
    running = fiscal_year_of(bangkok_date(at))
    return running if running in years else max(years, default=None)


def own_entry(*, actor: Actor, at: datetime) -> RosterEntry | None:
    """The roster entry of the actor's own unit in the year that pages open with; None for an office."""
    if actor.organisation_id is None:
        return None
    entries = {
        entry.round.fiscal_year_be: entry
        for entry in RosterEntry.objects.visible_to(actor, Permission.FILING_VIEW)
        .filter(round__form_code=FORM_CODE, organisation_id=actor.organisation_id)
        .select_related("round")
    }
    year = current_year(tuple(entries), at=at)
    return entries[year] if year is not None else None


def units_visible(
    *, actor: Actor, fiscal_year: int | None, name: str = "", unit_type: str = "", province_code: str = ""
) -> QuerySet[RosterEntry]:
    """The units of a year whose filings the actor may read, in Thai order within their provinces."""
    units = RosterEntry.objects.visible_to(actor).filter(
        round__form_code=FORM_CODE, round__fiscal_year_be=fiscal_year or 0
    )
    if name:
        units = units.filter(search_text__icontains=name) | units.filter(code__startswith=name)
    if unit_type:
        units = units.filter(unit_type=unit_type)
    if province_code:
        units = units.filter(province_code=province_code)
    return units.select_related("round").order_by("province_code", "district_code", "sort_key", "pk")
