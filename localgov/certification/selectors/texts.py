"""The text that a signature would freeze, and what it needs besides the answers, for many sheets in the same few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from localgov.access.actor import Actor
from localgov.accounts.models import DutyException, User
from localgov.certification.models import Certificate, Level
from localgov.certification.snapshot import Base, Hands, snapshot_text
from localgov.filings.models import RegisterRow, Sheet, StepTaken
from localgov.filings.policies import resting_on
from localgov.filings.selectors.judging import Asked
from localgov.filings.selectors.workspace import Workspace
from localgov.filings.states import STEPS, Action, Status

_OPENING = tuple(step.action for step in STEPS if step.opens_revision)


def texts_of(space: Workspace, sheets: Collection[Sheet], asked: Mapping[str, Asked]) -> dict[str, tuple[str, str]]:
    """Text and hash by sheet code: the answers that are asked; one that is no longer asked stays out."""
    texts = texts_of_many([(space, sheets, asked)])
    return {sheet.section: texts[sheet.pk] for sheet in sheets}


def texts_of_many(
    wanted: Sequence[tuple[Workspace, Collection[Sheet], Mapping[str, Asked]]],
    *,
    exceptions: Mapping[int, tuple[DutyException, ...]] | None = None,
) -> dict[int, tuple[str, str]]:
    """The same of sheets of many units, by sheet, in as many queries.

    `exceptions`, by sheet, as `exceptions_used` finds them for the signers.
    """
    every = [sheet for _, sheets, _ in wanted for sheet in sheets]
    rows = {sheet: rows for space, _, _ in wanted for sheet, rows in space.rows.items()}
    hands, bases = hands_of(every, rows, exceptions or {}), bases_of(every)
    return {
        sheet.pk: snapshot_text(
            form=space.form,
            round=space.round,
            entry=space.entry,
            sheet=sheet,
            rows=rows.get(sheet.pk, []),
            visible=asked[sheet.section].visible,
            hidden_cells=asked[sheet.section].hidden_cells,
            hands=hands[sheet.pk],
            base=bases.get(sheet.pk),
        )
        for space, sheets, asked in wanted
        for sheet in sheets
    }


def exceptions_used(
    signing: Sequence[tuple[Actor, Workspace, Collection[Sheet]]],
) -> dict[int, tuple[DutyException, ...]]:
    """By sheet, on which exceptions of the unit its verification, and the actor's signature of it, would rest (2 queries)."""
    used: dict[int, set[int]] = {}
    every = [sheet.pk for _, _, sheets in signing for sheet in sheets]
    steps = StepTaken.objects.filter(sheet__in=every, action=Action.VERIFY).order_by("pk")
    for sheet_id, exception_id in steps.values_list("sheet_id", "rests_on__exception_id"):
        used[sheet_id] = set() if exception_id is None else {exception_id}
    for actor, space, sheets in signing:
        for sheet in sheets:
            joined = resting_on(actor, path=space.entry.path, sheet=sheet, action=Action.CERTIFY_LAO)
            if joined is not None:
                used.setdefault(sheet.pk, set()).add(joined.exception_id)
    wanted = {pk for pks in used.values() for pk in pks}
    found = DutyException.objects.select_related("user").in_bulk(wanted) if wanted else {}
    return {sheet_id: tuple(found[pk] for pk in sorted(pks)) for sheet_id, pks in used.items() if pks}


def hands_of(
    sheets: Collection[Sheet],
    rows: Mapping[int, Iterable[RegisterRow]],
    exceptions: Mapping[int, tuple[DutyException, ...]],
) -> dict[int, Hands]:
    """Who recorded and verified, by sheet; `rows` are the register rows by sheet. Two queries."""
    verified = {
        step.sheet_id: step
        for step in StepTaken.objects.filter(sheet__in=[sheet.pk for sheet in sheets], action=Action.VERIFY).order_by(
            "pk"
        )
    }
    accounts = {pk for sheet in sheets for pk in sheet.recorder_ids}
    accounts |= {stored["by"] for sheet in sheets for stored in sheet.answers.values() if stored.get("by")}
    for sheet in sheets:
        accounts |= {
            stored["by"] for row in rows.get(sheet.pk, ()) for stored in row.values.values() if stored.get("by")
        }
    names = dict(User.objects.filter(pk__in=accounts).values_list("pk", "display_name"))
    return {sheet.pk: Hands(names, verified.get(sheet.pk), exceptions.get(sheet.pk, ())) for sheet in sheets}


def bases_of(sheets: Collection[Sheet]) -> dict[int, Base]:
    """What each amended sheet stands against, by sheet: the newest earlier revision that both certified, else the one before.

    Three queries; none while every sheet is a first revision.
    """
    amended = [sheet for sheet in sheets if sheet.revision > 1]
    if not amended:
        return {}
    earlier: dict[tuple[int, str], list[Sheet]] = {}
    for sheet in Sheet.objects.filter(filing__in={sheet.filing_id for sheet in amended}).order_by("-revision"):
        earlier.setdefault((sheet.filing_id, sheet.section), []).append(sheet)
    pairs = {sheet.pk: _base(sheet, earlier[sheet.filing_id, sheet.section]) for sheet in amended}
    certificates = {
        certificate.sheet_id: certificate
        for certificate in Certificate.objects.filter(
            sheet__in={base.pk for base, _ in pairs.values()}, level=Level.UNIT
        ).order_by("pk")
    }
    because = {
        step.sheet_id: step
        for step in StepTaken.objects.filter(
            sheet__in={before.pk for _, before in pairs.values()}, action__in=_OPENING
        ).order_by("pk")
    }
    return {
        pk: Base(
            revision=base.revision,
            number=certificates[base.pk].number,
            sha256=certificates[base.pk].sha256,
            snapshot=certificates[base.pk].snapshot,
            because=because.get(before.pk),
        )
        for pk, (base, before) in pairs.items()
        if base.pk in certificates
    }


def _base(sheet: Sheet, revisions: Iterable[Sheet]) -> tuple[Sheet, Sheet]:
    """The revision that a sheet is compared with, and the one from which it was copied; `revisions` newest first."""
    before = [other for other in revisions if other.revision < sheet.revision]
    both = next((other for other in before if other.status == Status.CERTIFIED_PROVINCE), before[0])
    return both, before[0]
