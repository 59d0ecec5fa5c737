"""Plays a season of a demonstration through the same services as its officers would, units stopped at every state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts.services import demo_crew
from localgov.accounts.services.demo_crew import Crew
from localgov.audit.clock import clock_set
from localgov.certification import services as certification
from localgov.filings import services as filings
from localgov.filings.models import Filing, Sheet, Via
from localgov.filings.services.changes import AddRow, AnyChange, SetAnswer
from localgov.filings.states import Action
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form
from localgov.lib.thai_calendar import bangkok_date, bangkok_day_start, fiscal_year_bounds, last_day_before
from localgov.organisations.models import Organisation, OrganisationVersion
from localgov.rounds.models import RosterEntry, Round
from localgov.web.demo.answers import make_answers
from localgov.web.demo.maker import Answers
from localgov.web.demo.places import demo_unit
from localgov.web.demo.season_plan import Act, Season
from localgov.web.demo.skipped import unit_codes_in_use

#: What officers of a demonstration write where a reason is asked for.
REASON = "ข้อมูลสาธิต"
#: A season that would have less room than this begins so long before its end instead.
_ROOM, _LENGTH = timedelta(days=14), timedelta(days=120)
#: In how many sittings a unit records its sheets.
SITTINGS = 3
_ANCHOR = "domain_6"  # other domains are judged against it
#: What an amendment corrects, by sheet: a number of which nothing else is made up.
_CORRECTED = {
    "domain_1": "hazardous_waste_kg",
    "domain_2": "free_wifi_point_count",
    "domain_3": "water_pump_count",
    "domain_4": "electricity_cost",
    "domain_5": "water_quality_test_count",
    "domain_6": "council_meeting_count",
    "domain_7": "culture_budget",
    "domain_8": "occupation_training_count",
}


@dataclass
class Played:
    """What a call did: units by stop, units that held answers before, and how much was written."""

    stops: Counter[str] = field(default_factory=Counter)
    before: int = 0
    answers: int = 0
    steps: int = 0
    certificates: int = 0

    def add(self, other: Played) -> None:
        """Count another call's work in."""
        self.stops += other.stops
        self.before += other.before
        self.answers += other.answers
        self.steps += other.steps
        self.certificates += other.certificates


def season_of(*, round: Round, seed: int, until: date, settled: bool = False) -> Season:
    """The season of a round up to a day: from the first day of its year, while answers may still begin.

    Raises:
        Denied: the round has no such days.
    """
    last = min(until, last_day_before(min(round.last_new_at, round.last_edit_at)))
    first = fiscal_year_bounds(round.fiscal_year_be)[0]
    if last - first < _ROOM:
        first = last - _LENGTH
    return Season(round.form_code, round.fiscal_year_be, seed, first, last, settled)


@transaction.atomic
def people_make(*, round: Round, season: Season, province_code: str | None, each: int | None = None) -> list[str]:
    """Make the people of every unit of a round (or of a province), in order; returns the codes of the provinces.

    `each`: of so many units of each province alone.

    Raises:
        RealInstallation: the register is real.
    """
    entries = RosterEntry.objects.due().filter(round=round)
    if province_code is not None:
        entries = entries.filter(province_code=province_code)
    at = bangkok_day_start(season.first)
    skipped = unit_codes_in_use(on=season.first)
    provinces = sorted(set(entries.values_list("province_code", flat=True)))
    if each is not None:
        entries = entries.filter(code__in=[code for one in provinces for code in _codes(round, season, one, each)])
    demo_crew.demo_crews_make(
        at=at, places=list(_places(entries.exclude(code__in=skipped), season).order_by("organisation__code"))
    )
    offices = Organisation.objects.filter(code__in=[f"P{code}" for code in provinces])
    for office in offices.order_by("code"):
        demo_crew.demo_officer_make(at=at, office=office, role=RoleCode.PROVINCE_CERTIFIER)
    demo_crew.demo_officer_make(at=at, office=Organisation.objects.get(code="DLA"), role=RoleCode.DEPARTMENT_OFFICER)
    return provinces


def province_play(*, round: Round, season: Season, province_code: str, each: int | None = None) -> Played:
    """Play the season of one province; units that hold answers already stay as they are, so that it may be called again."""
    played = Played()
    for number, wave in season.waves(province_code, _codes(round, season, province_code, each)):
        played.add(_wave_play(round, season, province_code, number, wave))
    return played


def _codes(round: Round, season: Season, province_code: str, each: int | None) -> list[str]:
    """The units of a province that play: all that are due, or the season's choice of so many."""
    due = RosterEntry.objects.due().filter(round=round, province_code=province_code)
    codes = list(due.values_list("code", flat=True))
    return codes if each is None else season.some(province_code, codes, each)


@transaction.atomic
def _wave_play(round: Round, season: Season, province_code: str, number: int, codes: Sequence[str]) -> Played:
    """One wave, all of it or nothing: what was killed in the middle begins anew and comes out the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"season {round.pk} {province_code} {number}"])
    skipped = unit_codes_in_use(on=season.first)
    entries = RosterEntry.objects.due().filter(round=round, code__in=[code for code in codes if code not in skipped])
    touched = Filing.objects.filter(roster_entry__in=entries).count()
    entries = entries.filter(filing__isnull=True).select_related("round").order_by("code")
    wave = _Wave(round=round, season=season, province_code=province_code, number=number, entries=list(entries))
    wave.played.before = touched
    wave.play()
    return wave.played


class _Wave:
    """Some units of a province at work, act by act."""

    def __init__(
        self, *, round: Round, season: Season, province_code: str, number: int, entries: list[RosterEntry]
    ) -> None:
        self.round = round
        self.season = season
        self.number = number
        self.province_code = province_code
        self.form: Form = forms.compiled(round.form_version_id)
        self.played = Played()
        self.stops = {entry.code: season.stop_of(entry.code) for entry in entries}
        self.played.stops.update(stop.code for stop in self.stops.values())
        self.entries = [entry for entry in entries if self.stops[entry.code].acts]
        self.sections = {
            entry.code: forms.applicable_sheets(round.form_version_id, entry.unit_type) for entry in self.entries
        }
        self.moments = season.moments(province_code, number, SITTINGS)
        self.crews: Mapping[str, Crew] = {}
        self.answers: dict[str, Answers] = {}

    def play(self) -> None:
        """Every act in its turn, by those units whose season holds it."""
        if not self.entries:
            return
        codes = [entry.code for entry in self.entries]
        self.crews = demo_crew.crews_of(codes=codes, on=bangkok_date(self.moments[Act.RECORD, 0]))
        places = _places(RosterEntry.objects.filter(pk__in=[entry.pk for entry in self.entries]), self.season)
        for place in places.select_related("organisation"):
            self.answers[place.organisation.code] = make_answers(
                demo_unit(place), fiscal_year=self.season.fiscal_year, seed=self.season.seed
            )
        doing: dict[Act, Callable[[Act, Sequence[RosterEntry], datetime], None]] = {
            Act.SUBMIT: partial(self._steps, action=Action.SUBMIT),
            Act.RETURN: partial(self._steps, action=Action.RETURN, few=True),
            Act.VERIFY: partial(self._steps, action=Action.VERIFY),
            Act.RETURN_VERIFIED: partial(self._steps, action=Action.RETURN, few=True),
            Act.CERTIFY: self._certify,
            Act.TAKE_BACK: self._take_back,
            Act.RETURN_BY_PROVINCE: partial(self._reopen, act_on=certification.province_return),
            Act.CERTIFY_PROVINCE: self._certify_province,
            Act.TAKE_BACK_PROVINCE: self._take_back,
            Act.AMEND: partial(self._reopen, act_on=certification.amend),
            Act.ORDER: partial(self._reopen, act_on=certification.order_amendment),
            Act.REVOKE: partial(self._reopen, act_on=partial(certification.revoke, order_number="คำสั่งสาธิต")),
            Act.MEND: self._mend,
            Act.SUBMIT_MENDED: partial(self._steps, action=Action.SUBMIT, as_in=Act.AMEND, few=True),
            Act.VERIFY_MENDED: partial(self._steps, action=Action.VERIFY, as_in=Act.AMEND, few=True),
            Act.CERTIFY_MENDED: self._certify,
            Act.CERTIFY_MENDED_PROVINCE: self._certify_province,
        }
        for act in Act:
            entries = [entry for entry in self.entries if act in self.stops[entry.code].acts]
            if not entries:
                continue
            if act <= Act.RECORD:
                self._record(act, entries)
                continue
            at = self.moments[act, 0]
            clock_set(at)
            doing[act](act, entries, at)

    # --- recording ---------------------------------------------------------------------------------------------------

    def _record(self, act: Act, entries: Sequence[RosterEntry]) -> None:
        """In sittings, the anchors of domain 6 in the first: everything, or some sheets of which the last is half done."""
        chosen = {
            entry.code: self.season.chosen(entry.code, self.sections[entry.code], act)
            if act == Act.RECORD_SOME
            else self.sections[entry.code]
            for entry in entries
        }
        for number, sections in enumerate(_sittings(self.form)):
            batches = []
            for entry in entries:
                for section in [section for section in sections if section in chosen[entry.code]]:
                    batch = self.season.uuid(entry.code, section, act.name)
                    changes = changes_of(self.form, section, self.answers[entry.code], batch)
                    if act == Act.RECORD_SOME and section == chosen[entry.code][-1]:
                        changes = changes[: max(1, len(changes) // 2)]
                    batches.append(self._batch(entry, section, batch, changes))
            self._save(batches, self.moments[Act.RECORD, number])

    def _mend(self, act: Act, entries: Sequence[RosterEntry], at: datetime) -> None:
        """Correct one number of each sheet that was opened."""
        sheets = self._newest(entries)
        batches = []
        for entry in entries:
            for section in self.season.chosen(entry.code, self.sections[entry.code], Act.AMEND):
                code = _CORRECTED[section]
                stored = sheets[entry.pk, section].answers[code]
                change = SetAnswer(code, int(stored["v"]) + 1, stored["seq"])
                batches.append(self._batch(entry, section, self.season.uuid(entry.code, section, act.name), [change]))
        self._save(batches, at)

    def _batch(self, entry: RosterEntry, section: str, batch: UUID, changes: Sequence[AnyChange]) -> filings.SheetBatch:
        return filings.SheetBatch(self.crews[entry.code].recorder, entry, section, batch, changes)

    def _save(self, batches: Sequence[filings.SheetBatch], at: datetime) -> None:
        if not batches:
            return
        clock_set(at)
        for saved in filings.answers_save_many(at=at, round=self.round, batches=batches, via=Via.COMMAND):
            self.played.answers += len(saved.saved)

    # --- steps -------------------------------------------------------------------------------------------------------

    def _steps(
        self,
        act: Act,
        entries: Sequence[RosterEntry],
        at: datetime,
        *,
        action: Action,
        few: bool = False,
        as_in: Act | None = None,
    ) -> None:
        """One action on every sheet of each unit, or on a few: those of this act, or of an earlier one."""
        sheets = self._newest(entries)
        asked = []
        for entry in entries:
            crew = self.crews[entry.code]
            actor = crew.recorder if action == Action.SUBMIT else crew.verifier
            if act == Act.RETURN_VERIFIED:
                actor = crew.executive
            sections = self.sections[entry.code]
            for section in self.season.chosen(entry.code, sections, as_in or act) if few else sections:
                lock = sheets[entry.pk, section].lock
                note = "" if action == Action.VERIFY else REASON
                asked.append(filings.StepAsked(actor, entry, section, action, lock, note))
        self.played.steps += len(filings.sheets_take_action(at=at, round=self.round, asked=asked))

    # --- signing -----------------------------------------------------------------------------------------------------

    def _certify(self, act: Act, entries: Sequence[RosterEntry], at: datetime) -> None:
        signatures = [
            certification.Signature(self.crews[entry.code].executive, entry, self.season.uuid(entry.code, act.name))
            for entry in entries
        ]
        self._signed(certification.units_certify(at=at, signatures=signatures))

    def _certify_province(self, act: Act, entries: Sequence[RosterEntry], at: datetime) -> None:
        signature = self.season.uuid(self.province_code, self.number, act.name)
        self._signed(
            certification.province_certify_many(actor=self._certifier(at), at=at, entries=entries, signature=signature)
        )

    def _signed(self, outcomes: Sequence[certification.UnitOutcome]) -> None:
        for outcome in outcomes:
            if outcome.reason:
                raise Denied(f"{outcome.entry.full_name}: {outcome.reason}")
            self.played.certificates += len(outcome.certificates)
            self.played.steps += len(outcome.certificates)

    def _take_back(self, act: Act, entries: Sequence[RosterEntry], at: datetime) -> None:
        by_province = act == Act.TAKE_BACK_PROVINCE
        for entry in entries:
            signature = (
                self.season.uuid(self.province_code, self.number, Act.CERTIFY_PROVINCE.name)
                if by_province
                else self.season.uuid(entry.code, Act.CERTIFY.name)
            )
            taken = certification.signature_take_back(
                actor=self._certifier(at) if by_province else self.crews[entry.code].executive,
                at=at,
                entry=entry,
                signature=signature,
                note=REASON,
            )
            self.played.steps += len(taken)

    def _reopen(self, act: Act, entries: Sequence[RosterEntry], at: datetime, *, act_on: Any) -> None:
        """Open the next revision of one or two sheets of each unit."""
        sheets = self._newest(entries)
        for entry in entries:
            actor = self.crews[entry.code].recorder if act == Act.AMEND else self._officer(act, at)
            for section in self.season.chosen(entry.code, self.sections[entry.code], act):
                lock = sheets[entry.pk, section].lock
                act_on(actor=actor, at=at, entry=entry, section=section, lock=lock, note=REASON)
                self.played.steps += 1

    # --- parts -------------------------------------------------------------------------------------------------------

    def _officer(self, act: Act, at: datetime) -> Actor:
        if act != Act.REVOKE:
            return self._certifier(at)
        office = Organisation.objects.get(code="DLA")
        return demo_crew.demo_officer_make(at=at, office=office, role=RoleCode.DEPARTMENT_OFFICER)

    def _certifier(self, at: datetime) -> Actor:
        office = Organisation.objects.get(code=f"P{self.province_code}")
        return demo_crew.demo_officer_make(at=at, office=office, role=RoleCode.PROVINCE_CERTIFIER)

    def _newest(self, entries: Iterable[RosterEntry]) -> dict[tuple[int, str], Sheet]:
        found = Sheet.objects.filter(filing__roster_entry__in=list(entries), is_newest=True).select_related("filing")
        return {(sheet.filing.roster_entry_id, sheet.section): sheet for sheet in found}


def _sittings(form: Form) -> list[list[str]]:
    """The sheets of a form in as many parts, the anchor's in the first."""
    order = sorted(form.sheets, key=lambda section: section != _ANCHOR)
    size = -(-len(order) // SITTINGS)
    return [order[start : start + size] for start in range(0, len(order), size)]


def _places(entries: Any, season: Season) -> Any:
    """The units of some roster entries as the register has them on the season's last day."""
    return (
        OrganisationVersion.objects.in_force(season.last)
        .filter(organisation__in=entries.values("organisation"))
        .select_related("organisation")
    )


def changes_of(form: Form, section: str, answers: Answers, batch: UUID) -> list[AnyChange]:
    """The changes that put answers into an untouched sheet: scalars, then registers row by row; ids follow from the batch."""
    changes: list[AnyChange] = []
    for code, answer in answers.items():
        item = form.item(code)
        if item is None or item.sheet != section:
            continue
        if code in form.registers and isinstance(answer, list):
            for number, values in enumerate(answer):
                row = uuid5(batch, f"{code} {number}")
                changes.append(AddRow(code, row))
                changes += [SetAnswer(column, cell, 0, code, row) for column, cell in values.items()]
        else:
            changes.append(SetAnswer(code, answer, 0))
    return changes
