"""What every certification act does besides its step: the end of a certificate, and the certified figures."""

from __future__ import annotations

from collections.abc import Iterable
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


def refresh_certified_figures(*, space: Workspace, section: str, levels: Iterable[Level] = tuple(Level)) -> None:
    """Make the certified readings of one sheet's questions equal to what is in force now, at the levels that may differ.

    They are read from the text that was signed, so that no figure was ever certified which no certificate holds.
    """
    if space.filing is None:
        return
    questions = [code for code, question in space.form.questions.items() if question.sheet == section]
    for level in levels:
        sheet = selectors.sheet_in_force(filing=space.filing, section=section, level=level)
        certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT) if sheet is not None else None
        answers = certified_answers(certificate.snapshot) if certificate is not None else {}
        values = judging.figure_values(space.form, answers, questions)
        figures.figures_write(
            fiscal_year=space.round.fiscal_year_be,
            stage=_STAGES[level],
            readings=[figures.Reading(space.entry.organisation_id, values=values, cleared=questions)],
        )
