"""What a certifier sees before he signs: each domain, who recorded and verified it, what is doubtful, what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from localgov.access.actor import Actor, Grant
from localgov.access.decision import Decision
from localgov.accounts.models import User
from localgov.certification import declarations, policies
from localgov.certification.models import Certificate, Level
from localgov.certification.selectors.acts import ActView, act_views
from localgov.certification.selectors.differences import Difference, differences
from localgov.certification.selectors.in_force import sections_certified_by_both
from localgov.certification.selectors.standing import CertificateView, certificate_views
from localgov.certification.selectors.texts import texts_of
from localgov.filings.models import RegisterRow, Sheet, StepTaken
from localgov.filings.selectors.judging import Judgement, PlacedFinding, judge
from localgov.filings.selectors.sheet_page import state_of
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.states import STEPS, Action, Status
from localgov.forms.engine.model import Severity
from localgov.lib.thai_calendar import last_day_before
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class Doubt:
    """A doubtful value and the reason that the recorder gave."""

    label: str
    message: str
    note: str


@dataclass(frozen=True)
class Hand:
    """Who did a thing, and when."""

    names: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Comparison:
    """What this revision changed against an earlier one, what that one was, and by which act this one was opened."""

    revision: int
    certified_by_both: bool
    opened_by: StepTaken | None
    lines: tuple[Difference, ...]


@dataclass(frozen=True)
class DomainLine:
    """One domain on the page. `waiting`: the signature covers it."""

    number: int
    section: str
    label: str
    state: str
    waiting: bool
    sheet: Sheet | None
    judgement: Judgement
    recorded: Hand
    verified: Hand
    doubts: tuple[Doubt, ...]
    comparison: Comparison | None
    certificates: tuple[CertificateView, ...]
    acts: tuple[ActView, ...]

    @property
    def missing(self) -> str:
        """What is not recorded or wrong, while the domain is being recorded."""
        open_for_recording = self.sheet is None or self.sheet.status == Status.RECORDING
        return self.judgement.hindrance.removeprefix("ยังส่งไม่ได้: ") if open_for_recording else ""


@dataclass(frozen=True)
class CertifyPage:
    """Everything that the page of a level prints for one unit."""

    space: Workspace
    level: Level
    lines: tuple[DomainLine, ...]
    outside: tuple[str, ...]
    decision: Decision
    is_certifier: bool
    grant: Grant | None
    certificates: tuple[CertificateView, ...]

    @property
    def entry(self) -> RosterEntry:
        """The unit."""
        return self.space.entry

    @property
    def fiscal_year(self) -> int:
        """The year, B.E."""
        return self.space.round.fiscal_year_be

    @property
    def due_on(self) -> date:
        """The unit's last day in time, extensions included."""
        return last_day_before(self.space.entry.due_at)

    @property
    def waiting(self) -> tuple[DomainLine, ...]:
        """The domains that one signature covers."""
        return tuple(line for line in self.lines if line.waiting)

    @property
    def done(self) -> int:
        """Domains with a certificate of this level in force."""
        return sum(
            1
            for line in self.lines
            if any(view.in_force and view.certificate.level == self.level for view in line.certificates)
        )

    @property
    def certified(self) -> bool:
        """Whether any certificate of the unit counts now."""
        return any(view.in_force for view in self.certificates)

    @property
    def seen(self) -> dict[str, int]:
        """What the page shows of the domains that wait: their lock counters by code."""
        return {line.section: line.sheet.lock for line in self.waiting if line.sheet is not None}

    @property
    def declaration(self) -> str:
        """The sentence that is signed."""
        return declarations.CURRENT[self.level].text

    @property
    def doubts(self) -> int:
        """Doubtful values in the domains that wait."""
        return sum(len(line.doubts) for line in self.waiting)


def certify_page(*, actor: Actor, entry: RosterEntry, level: Level, at: datetime) -> CertifyPage:
    """The page of one unit at a level; about 15 queries whatever the form."""
    space = workspace(entry=entry, round=entry.round)
    if level == Level.UNIT:
        in_force = sections_certified_by_both(filing=space.filing)
        decision = policies.can_certify_unit(actor, space=space, in_force=in_force, at=at)
    else:
        decision = policies.can_certify_province(actor, space=space, at=at)
    builder = _Builder(actor, space, level, at)
    grant = policies.certifying_grant(actor, level=level, path=entry.path)
    return CertifyPage(
        space=space,
        level=level,
        lines=builder.lines(),
        outside=tuple(sheet.label for section, sheet in space.form.sheets.items() if section not in space.applicable),
        decision=decision,
        is_certifier=grant is not None,
        grant=grant,
        certificates=builder.certificates,
    )


def domain_names(space: Workspace) -> dict[str, str]:
    """`ด้านที่ 6 การจัดการภายในและธรรมาภิบาล` by sheet code."""
    return {
        section: f"ด้านที่ {number} {sheet.label}"
        for number, (section, sheet) in enumerate(space.form.sheets.items(), start=1)
    }


class _Builder:
    """Loads what all lines share, then makes them."""

    def __init__(self, actor: Actor, space: Workspace, level: Level, at: datetime) -> None:
        self.actor, self.space, self.level, self.at = actor, space, level, at
        self.last_year = last_year_answers(round=space.round, organisation_id=space.entry.organisation_id)
        self.certificates = certificate_views(filing=space.filing, numbers=domain_names(space))
        self.revisions = self._revisions()
        self.verified = self._verified()
        self.openings = self._openings()
        self.names = self._names()
        self.judgements = {
            section: judge(space=space, section=section, last_year=self.last_year, at=at)
            for section in space.applicable
        }
        self.texts = self._texts()

    def lines(self) -> tuple[DomainLine, ...]:
        """The applicable domains, in the form's order."""
        numbers = {section: number for number, section in enumerate(self.space.form.sheets, start=1)}
        return tuple(self._line(numbers[section], section) for section in self.space.applicable)

    def _line(self, number: int, section: str) -> DomainLine:
        sheet = self.space.sheets.get(section)
        judgement = self.judgements[section]
        return DomainLine(
            number=number,
            section=section,
            label=self.space.form.sheets[section].label,
            state=state_of(sheet),
            waiting=sheet is not None and sheet.status == policies.WAITING[self.level],
            sheet=sheet,
            judgement=judgement,
            recorded=self._recorded(sheet),
            verified=self._verification(sheet),
            doubts=self._doubts(sheet, judgement),
            comparison=self._comparison(sheet),
            certificates=tuple(view for view in self.certificates if view.certificate.sheet.section == section),
            acts=act_views(self.actor, space=self.space, revisions=self.revisions.get(section, ()), at=self.at),
        )

    # --- people ------------------------------------------------------------------------------------------------------

    def _recorded(self, sheet: Sheet | None) -> Hand:
        if sheet is None:
            return Hand()
        names = ", ".join(self.names.get(pk, "") for pk in sheet.recorder_ids)
        return Hand(names, sheet.last_answer_at)

    def _verification(self, sheet: Sheet | None) -> Hand:
        step = self.verified.get(sheet.pk) if sheet is not None and sheet.verifier_id else None
        return Hand(step.actor_label, step.at) if step else Hand()

    def _verified(self) -> dict[int, StepTaken]:
        sheets = [sheet.pk for sheet in self.space.sheets.values()]
        steps = StepTaken.objects.filter(sheet__in=sheets, action=Action.VERIFY).order_by("pk")
        return {step.sheet_id: step for step in steps}

    def _names(self) -> dict[int, str]:
        ids = {pk for sheet in self.space.sheets.values() for pk in sheet.recorder_ids}
        return dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))

    # --- doubtful values ---------------------------------------------------------------------------------------------

    def _doubts(self, sheet: Sheet | None, judgement: Judgement) -> tuple[Doubt, ...]:
        if sheet is None:
            return ()
        rows = {str(row.row_id): row for row in self.space.rows.get(sheet.pk, [])}
        return tuple(
            self._doubt(sheet, rows, placed)
            for placed in judgement.findings
            if placed.finding.severity is Severity.WARNING
        )

    def _doubt(self, sheet: Sheet, rows: Mapping[str, RegisterRow], placed: PlacedFinding) -> Doubt:
        finding, form = placed.finding, self.space.form
        label = form.label_of(finding.question)
        question = form.questions.get(finding.question)
        if finding.row is not None and question is not None and question.register:
            label = f"{form.label_of(question.register)} แถวที่ {finding.row}: {label}"
        row = rows.get(placed.row_id or "")
        holder = row.values if row is not None else sheet.answers
        return Doubt(label, finding.message, str(holder.get(finding.question, {}).get("note", "")))

    # --- what changed ------------------------------------------------------------------------------------------------

    def _revisions(self) -> dict[str, list[Sheet]]:
        """All revisions by sheet code, newest first."""
        found: dict[str, list[Sheet]] = {}
        for sheet in Sheet.objects.filter(filing=self.space.filing).order_by("-revision") if self.space.filing else ():
            found.setdefault(sheet.section, []).append(sheet)
        return found

    def _openings(self) -> dict[int, StepTaken]:
        """The step that opened the next revision, by the revision on which it was taken."""
        earlier = [sheet.pk for found in self.revisions.values() for sheet in found[1:]]
        actions = [step.action for step in STEPS if step.opens_revision]
        steps = StepTaken.objects.filter(sheet__in=earlier, action__in=actions).order_by("pk") if earlier else ()
        return {step.sheet_id: step for step in steps}

    def _texts(self) -> dict[str, str]:
        """Of each amended sheet the text that was signed, else the one that a signature would freeze now."""
        amended = [sheet for sheet in policies.applicable_sheets(self.space) if sheet.revision > 1]
        if not amended:
            return {}
        kept = Certificate.objects.filter(sheet__in=amended, level=Level.UNIT, lapse__isnull=True)
        signed = {
            one.sheet.section: one.snapshot for one in kept.select_related("sheet") if '"amends":' in one.snapshot
        }
        unsigned = [sheet for sheet in amended if sheet.section not in signed]
        return signed | {
            section: text for section, (text, _) in texts_of(self.space, unsigned, self.judgements).items()
        }

    def _comparison(self, sheet: Sheet | None) -> Comparison | None:
        """The difference that a signature covers, in words: read from the text itself."""
        if sheet is None or sheet.section not in self.texts:
            return None
        body = json.loads(self.texts[sheet.section])
        revisions = {one.revision: one for one in self.revisions[sheet.section]}
        base = revisions[body["amends"]["revision"]]
        return Comparison(
            revision=base.revision,
            certified_by_both=base.status == Status.CERTIFIED_PROVINCE,
            opened_by=self.openings.get(revisions[sheet.revision - 1].pk),
            lines=differences(self.space.form, body),
        )
