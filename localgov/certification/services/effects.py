"""What every certification act does besides its step: the end of a certificate, and the certified figures."""

from __future__ import annotations

from datetime import datetime

from localgov.access.actor import Actor
from localgov.certification import selectors
from localgov.certification.models import Certificate, Lapse, Level
from localgov.figures import services as figures
from localgov.figures.models import Stage
from localgov.filings.models import RegisterRow, Sheet
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace, sheet_answers

_STAGES = {Level.UNIT: Stage.UNIT, Level.PROVINCE: Stage.PROVINCE}


def certificate_end(
    *, actor: Actor, at: datetime, sheet: Sheet, level: Level, kind: Lapse.Kind, reason: str, order_number: str = ""
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


def refresh_certified_figures(*, space: Workspace, section: str) -> None:
    """Make the certified readings of one sheet's questions equal to what is in force now, at both levels."""
    if space.filing is None:
        return
    questions = [code for code, question in space.form.questions.items() if question.sheet == section]
    for level, stage in _STAGES.items():
        sheet = selectors.sheet_in_force(filing=space.filing, section=section, level=level)
        values = {}
        if sheet is not None:
            rows = list(RegisterRow.objects.filter(sheet=sheet).order_by("position", "id"))
            values = judging.figure_values(space.form, sheet_answers(sheet, rows), questions)
        figures.figures_replace(
            fiscal_year=space.round.fiscal_year_be,
            organisation_id=space.entry.organisation_id,
            stage=stage,
            questions=questions,
            values=values,
        )
