"""Writing figures, in the transaction of the act that caused them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from localgov.figures.models import Figure, Stage


@dataclass(frozen=True)
class FigureValue:
    """What a figure holds: a number (baht, persons, …), or a choice, or the kind of missing. ไม่มี is number 0 with NONE."""

    number: Decimal | None = None
    choice: str = ""
    missing: str = ""


@transaction.atomic
def figures_write(
    *,
    fiscal_year: int,
    organisation_id: int,
    stage: Stage,
    values: Mapping[str, FigureValue],
    cleared: Collection[str] = (),
) -> None:
    """Put the figures of some questions of one unit and year; questions in `cleared` without a value lose theirs."""
    gone = [question for question in cleared if question not in values]
    if gone:
        Figure.objects.filter(
            fiscal_year_be=fiscal_year, organisation_id=organisation_id, stage=stage, question__in=gone
        ).delete()
    Figure.objects.bulk_create(
        [
            Figure(
                fiscal_year_be=fiscal_year,
                organisation_id=organisation_id,
                question=question,
                stage=stage,
                number=value.number,
                choice=value.choice,
                missing=value.missing,
            )
            for question, value in sorted(values.items())
        ],
        update_conflicts=True,
        unique_fields=["fiscal_year_be", "question", "stage", "organisation"],
        update_fields=["number", "choice", "missing"],
    )


@transaction.atomic
def figures_replace(
    *,
    fiscal_year: int,
    organisation_id: int,
    stage: Stage,
    questions: Collection[str],
    values: Mapping[str, FigureValue],
) -> None:
    """Make the figures of `questions` at a stage exactly `values` (certified readings change as a whole)."""
    figures_write(
        fiscal_year=fiscal_year, organisation_id=organisation_id, stage=stage, values=values, cleared=questions
    )
