"""What the units that were merged into one told last, each by itself: their figures are never added (issue 5, part 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from localgov.figures.models import Stage
from localgov.organisations.models import OrganisationVersion
from localgov.portal import wording
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import readings
from localgov.portal.selectors.readings import Year


@dataclass(frozen=True)
class MergedUnit:
    """One of them: its last name, the newest year of which it told any of the questions, labels with its answers in words."""

    name: str
    url: str
    year: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Merged:
    """All of them, side by side: the questions, and the units with an answer to each ("" for none)."""

    questions: tuple[OpenQuestion, ...]
    units: tuple[MergedUnit, ...]


def merged_units(
    units: Sequence[OrganisationVersion], *, years: Sequence[Year], codes: Iterable[str], stage: Stage
) -> Merged | None:
    """The units by their newest year with an answer (one statement); None where none of them told anything."""
    wanted = list(codes)
    if not units or not years:
        return None
    told = readings.answers(years, units=[one.organisation_id for one in units], codes=wanted, stage=stage)
    questions = tuple(years[0].questions[code] for code in wanted if code in years[0].questions)
    found = []
    for unit in units:
        year = max((year for pk, year, _code in told if pk == unit.organisation_id), default=None)
        if year is not None:
            found.append(
                MergedUnit(
                    name=unit.full_name,
                    url=f"{reverse('portal:unit', args=[unit.organisation.code])}?year={year}",
                    year=wording.year_text(year),
                    cells=tuple(
                        (one.label, wording.answer_text(one, told.get((unit.organisation_id, year, one.code))))
                        for one in questions
                    ),
                )
            )
    return Merged(questions, tuple(found)) if found else None
