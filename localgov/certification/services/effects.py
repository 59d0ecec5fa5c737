"""What every certification act does besides its step: the end of a certificate, and the certified figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from localgov.access.actor import Actor
from localgov.audit import services as audit
from localgov.certification import selectors
from localgov.certification.models import Certificate, Lapse, Level
from localgov.certification.snapshot import certified_answers
from localgov.figures import services as figures
from localgov.figures.models import Stage
from localgov.filings.models import Sheet
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace

_STAGES = {Level.UNIT: Stage.UNIT, Level.PROVINCE: Stage.PROVINCE}


def certificate_end(
    *,
    actor: Actor,
    at: datetime,
    space: Workspace,
    sheet: Sheet,
    level: Level,
    kind: Lapse.Kind,
    reason: str,
    order_number: str = "",
) -> None:
    """End the certificate of a sheet at a level, if it has one."""
    certificate = Certificate.objects.filter(sheet=sheet, level=level, lapse__isnull=True).order_by("-pk").first()
    if certificate is None:
        return
    Lapse.objects.create(
        certificate=certificate,
        kind=kind,
        reason=reason,
        order_number=order_number,
        actor_id=actor.user_id,
        actor_label=actor.label,
        at=at,
    )
    audit.record(
        actor=actor,
        type="certificate.end",
        target_kind="certificate",
        target_id=certificate.pk,
        target_label=certificate.number,
        path=space.entry.path,
        at=at,
        data={"kind": kind.value, "reason": reason, "order_number": order_number},
    )


def refresh_certified_figures(*, space: Workspace, section: str) -> None:
    """Make the certified readings of one sheet's questions equal to what is in force now."""
    certified_figures_write([(space, section)], levels=tuple(Level))


def certified_figures_write(places: Sequence[tuple[Workspace, str]], *, levels: Iterable[Level]) -> None:
    """The same of many sheets of one round, at the levels that may differ: three statements a level.

    They are read from the text that was signed, so that no figure was ever certified which no certificate holds.
    """
    filed = [(space, section, space.filing.pk) for space, section in places if space.filing is not None]
    if not filed:
        return
    form, fiscal_year = filed[0][0].form, filed[0][0].round.fiscal_year_be
    for level in levels:
        sheets = selectors.revisions_in_force([(filing, section) for _, section, filing in filed], level=level)
        certificates = selectors.unit_certificates([sheet.pk for sheet in sheets.values()])
        values: dict[int, dict[str, figures.FigureValue]] = {}
        cleared: dict[int, list[str]] = {}
        for space, section, filing in filed:
            unit = space.entry.organisation_id
            sheet = sheets.get((filing, section))
            certificate = certificates.get(sheet.pk) if sheet is not None else None
            answers = certified_answers(certificate.snapshot) if certificate is not None else {}
            questions = [code for code, question in form.questions.items() if question.sheet == section]
            values.setdefault(unit, {}).update(judging.figure_values(form, answers, questions))
            cleared.setdefault(unit, []).extend(questions)
        figures.figures_write(
            fiscal_year=fiscal_year,
            stage=_STAGES[level],
            readings=[figures.Reading(unit, values=found, cleared=cleared[unit]) for unit, found in values.items()],
        )
