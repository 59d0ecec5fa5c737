"""The figures of a domain, and of one of its questions, for programs: CSV and JSON of the country and every province."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from localgov.forms.translations import domain_label
from localgov.lib.domains import Domain
from localgov.lib.thai_calendar import BANGKOK
from localgov.portal import wording
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import domain_page, freshness, question_page, readings
from localgov.portal.selectors.figure_lines import FigureLine
from localgov.portal.selectors.readings import Reading, Total, Year
from localgov.ui.public import PublicAnswer, not_there


class _FiguresFile(PublicAnswer):
    """Rows for programs, by the choices of the page that leads here. A year or stage that isn't there is 404."""

    parameters: ClassVar[tuple[str, ...]] = ("year", "stage")
    domain: Domain

    @cached_property
    def state(self) -> str:
        """As its page's."""
        return freshness.version(wording.STAGES.get(self.request.GET.get("stage", ""), wording.STAGES["both"])[0])

    def version(self) -> str:
        """The state of the data in the file."""
        return self.state

    def get(self, request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
        """The file."""
        wanted = request.GET.get("year", "")
        year = readings.year_shown(readings.years(self.state), wanted)
        stage = wording.STAGES.get(request.GET.get("stage") or "both")
        domain = domain_page.domain_of(number)
        if year is None or stage is None or domain is None or (wanted and wanted != str(year.fiscal_year)):
            raise _closed()
        self.domain = domain
        questions = self.chosen(year, slug)
        if not questions:
            raise _closed()
        return self.file(Reading(year, stage[0], state=self.state), questions)

    def chosen(self, year: Year, slug: str) -> Sequence[OpenQuestion]:
        """The questions of the file that are open in the year."""
        raise NotImplementedError

    def file(self, reading: Reading, questions: Sequence[OpenQuestion]) -> HttpResponse:
        """The answer in its format."""
        raise NotImplementedError


class _OfQuestion(_FiguresFile):
    """One question of the domain."""

    def chosen(self, year: Year, slug: str) -> Sequence[OpenQuestion]:
        """The question of the address."""
        found = year.questions.get(slug)
        return [found] if found is not None and found.sheet == self.domain.code else []


class _OfDomain(_FiguresFile):
    """Every question of the domain."""

    def chosen(self, year: Year, slug: str) -> Sequence[OpenQuestion]:
        """All that are open."""
        return list(domain_page.questions_of(year, self.domain).values())


class QuestionCsv(_OfQuestion):
    """As CSV in UTF-8, for programs and for Excel."""

    def file(self, reading: Reading, questions: Sequence[OpenQuestion]) -> HttpResponse:
        """A heading and one row for each record."""
        return _csv(reading, questions, name=questions[0].code)


class DomainCsv(_OfDomain):
    """As CSV in UTF-8, for programs and for Excel; the rows of each question one after another."""

    def file(self, reading: Reading, questions: Sequence[OpenQuestion]) -> HttpResponse:
        """A heading and one row for each record."""
        return _csv(reading, questions, name=self.domain.code)


class QuestionJson(_OfQuestion):
    """As JSON with its label, its source and of when it is."""

    def file(self, reading: Reading, questions: Sequence[OpenQuestion]) -> HttpResponse:
        """An object with the records."""
        return _json(_described(questions[0]) | _read(reading, questions))


class DomainJson(_OfDomain):
    """As JSON: what is asked, and the records of all questions."""

    def file(self, reading: Reading, questions: Sequence[OpenQuestion]) -> HttpResponse:
        """An object with the records."""
        about = {"domain": self.domain.number, "label": domain_label(self.domain.code, self.domain.name)}
        return _json(about | {"questions": [_described(one) for one in questions]} | _read(reading, questions))


def _closed() -> Exception:
    return not_there(_("ไม่มีตัวเลขนี้ในปีที่เลือก หรือไม่ใช่ข้อมูลที่เปิดเผย"))


def _csv(reading: Reading, questions: Sequence[OpenQuestion], *, name: str) -> HttpResponse:
    text = io.StringIO(newline="")
    records = list(question_page.table(reading, questions))
    writer = csv.DictWriter(text, fieldnames=list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{reading.year.fiscal_year}.csv"'
    return response


def _json(whole: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(whole, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _described(question: OpenQuestion) -> dict[str, Any]:
    return {
        "question": question.code,
        "label": question.label,
        "unit": question.unit,
        "choices": dict(question.choices),
        "notes": list(FigureLine(question, Total(), 0).notes),
    }


def _read(reading: Reading, questions: Sequence[OpenQuestion]) -> dict[str, Any]:
    moment = freshness.as_of(reading)
    return {
        "fiscal_year": reading.year.fiscal_year,
        "stage": reading.stage.value,
        "as_of": moment.astimezone(BANGKOK).isoformat() if moment else None,
        "source": "INFO กรมส่งเสริมการปกครองท้องถิ่น กระทรวงมหาดไทย",
        "records": list(question_page.table(reading, questions)),
    }
