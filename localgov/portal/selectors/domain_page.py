"""A domain of the form in figures: its groups of questions, each with what is known of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from localgov.forms import selectors as forms
from localgov.forms import translations
from localgov.lib.domains import DOMAINS, Domain
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import figure_lines
from localgov.portal.selectors.figure_lines import FigureLine
from localgov.portal.selectors.readings import Reading, Year


@dataclass(frozen=True)
class Group:
    """A group of a domain's questions with its figures; registers of rows are no figures and aren't in it."""

    code: str
    label: str
    lines: tuple[FigureLine, ...]


def domain_of(number: int) -> Domain | None:
    """The domain of an address."""
    return next((one for one in DOMAINS if one.number == number), None)


def questions_of(year: Year, domain: Domain) -> Mapping[str, OpenQuestion]:
    """What the public may read of a domain in a year."""
    return {code: one for code, one in year.questions.items() if one.sheet == domain.code}


def groups(reading: Reading, domain: Domain) -> list[Group]:
    """The groups that have an open figure, in the order of the form."""
    sheet = forms.compiled(reading.year.form_version_id).sheets.get(domain.code)
    if sheet is None:
        return []
    found = figure_lines.lines(reading, questions_of(reading.year, domain))
    parts = [
        Group(
            section.code,
            translations.group_label(section.code, section.label),
            tuple(found[code] for code in section.questions if code in found),
        )
        for section in sheet.sections.values()
    ]
    return [part for part in parts if part.lines]
