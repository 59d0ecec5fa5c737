"""The files of one unit for programs and spreadsheets: every open figure of every year, with its stage and of when it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from localgov.figures.models import Stage
from localgov.lib.numbers import decimal_text
from localgov.lib.thai_calendar import BANGKOK
from localgov.portal import wording
from localgov.portal.policies import Measure, OpenQuestion
from localgov.portal.selectors import readings
from localgov.portal.selectors.readings import Answer, Year
from localgov.portal.selectors.unit_certificates import certified_domains
from localgov.portal.selectors.unit_figures import YearOfUnit, recorded_at
from localgov.portal.views.unit_base import UnitPage
from localgov.ui.open_data import SOURCE, csv_response
from localgov.ui.public import not_there

COLUMNS: Final = (
    "fiscal_year", "stage", "unit_code", "unit_name", "domain", "question", "label", "value", "value_label", "measure",
    "status", "as_of",
)  # fmt: skip
"""Names of the columns, fixed for ever. `status`: value, none (ไม่มี, which is 0), no_data, small (a hidden count), not_told."""


class UnitFile(UnitPage):
    """A file about a unit: a year or stage that is not there is 404, since a program reads no notice."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file at a stage that there is."""
        if request.GET.get("stage", "") not in ("", *wording.STAGES):
            raise not_there(_("ไม่รู้จักระดับการรับรองที่ขอ"))
        return super().get(request, *args, **kwargs)

    def year_of(self, found: Sequence[Year], wanted: str) -> Year | None:
        """The year that was asked for and no other."""
        year = super().year_of(found, wanted)
        if wanted and (year is None or str(year.fiscal_year) != wanted):
            raise not_there(_("ไม่มีข้อมูลของปีที่ขอ"))
        return year

    @property
    def file_stem(self) -> str:
        """How the file's name begins: the unit's code and the year."""
        return f"{self.unit.organisation.code}-{self.year.fiscal_year}"

    def moment(self, at: datetime | None) -> str | None:
        """A moment in ISO 8601 on Thailand's clock."""
        return at.astimezone(BANGKOK).isoformat() if at else None

    def json(self, content: Mapping[str, Any]) -> HttpResponse:
        """The content with whose it is and its source; any site may read it."""
        whole = {
            "unit_code": self.unit.organisation.code,
            "unit_name": self.unit.full_name,
            "page": self.request.build_absolute_uri(reverse("portal:unit", args=[self.unit.organisation.code])),
            "source": SOURCE,
            **content,
        }
        text = json.dumps(whole, ensure_ascii=False, default=_plain, separators=(",", ":"))
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        response["Access-Control-Allow-Origin"] = "*"
        return response


class UnitFigures(UnitFile):
    """What both files of figures share: the records, of the asked year or of every year that the unit stood on the roster."""

    def show_nothing(self) -> HttpResponse:
        """Before the first year is open there are no records."""
        return self.file([])

    def show(self) -> HttpResponse:
        """The records, newest year first, in the order of the form."""
        asked = self.request.GET.get("year", "")
        by_year = {one.fiscal_year: one for one in self.years if not asked or str(one.fiscal_year) == asked}
        return self.file(
            [
                record
                for stood in self.standing
                if stood.fiscal_year in by_year
                for record in self._records(by_year[stood.fiscal_year], stood)
            ]
        )

    def file(self, records: Sequence[tuple[Any, ...]]) -> HttpResponse:
        """The answer in its format."""
        raise NotImplementedError

    def _records(self, year: Year, stood: YearOfUnit) -> Iterator[tuple[Any, ...]]:
        questions = {code: one for code, one in year.questions.items() if stood.unit_type in one.applies_to}
        told = readings.answers([year], units=[stood.organisation_id], codes=questions, stage=self.stage)
        moments = self._moments(year, stood)
        for code, question in questions.items():
            answer = told.get((stood.organisation_id, year.fiscal_year, code))
            value, label, status = _told(question, answer)
            yield (
                year.fiscal_year, self.stage.value, stood.code, stood.name, question.sheet, code, question.label, value, label,
                question.unit, status, moments.get(question.sheet, moments.get("")) if answer else None,
            )  # fmt: skip

    def _moments(self, year: Year, stood: YearOfUnit) -> dict[str, str | None]:
        """Of when the answers of each domain are; of recorded ones, of all domains together."""
        unit = stood.organisation_id
        if self.stage is Stage.RECORDED:
            at = recorded_at(organisation_id=unit, fiscal_year=year.fiscal_year, stage=self.stage)
            return {"": self.moment(at)}
        found = certified_domains(organisation_id=unit, round_id=year.round_id)
        return {one.section: self.moment(one.at) for one in found.values()}


class UnitFiguresCsv(UnitFigures):
    """As CSV in UTF-8, for programs and for Excel."""

    def file(self, records: Sequence[tuple[Any, ...]]) -> HttpResponse:
        """A heading and a line for each question of each year."""
        lines = [[decimal_text(one) if isinstance(one, Decimal) else one for one in record] for record in records]
        return csv_response(COLUMNS, lines, file_name=f"{self.unit.organisation.code}-figures")


class UnitFiguresJson(UnitFigures):
    """As JSON; blank values are null."""

    def file(self, records: Sequence[tuple[Any, ...]]) -> HttpResponse:
        """An object with the records."""
        data = [
            {name: None if value == "" else value for name, value in zip(COLUMNS, one, strict=True)} for one in records
        ]
        return self.json({"stage": self.stage.value, "count": len(data), "data": data})


def _told(question: OpenQuestion, answer: Answer | None) -> tuple[Any, str, str]:
    """Value, what a choice means, and what sort of answer it is."""
    if answer is None:
        return None, "", "not_told"
    if answer.is_small:
        return None, wording.small_text(question), "small"
    if answer.missing == "NO_DATA":
        return None, "", "no_data"
    if question.measure is Measure.CHOICES:
        return answer.choice, wording.answer_text(question, answer), "value"
    return answer.number, "", "none" if answer.missing == "NONE" else "value"


def _plain(value: object) -> Any:
    """Whole numbers without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(str(type(value)))
