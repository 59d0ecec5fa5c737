"""The rows of one register of a unit: a page, CSV and JSON (ADR 0029)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from localgov.figures.models import Stage
from localgov.forms.engine.model import Question, QuestionType
from localgov.forms.translations import domain_label
from localgov.lib.domains import DOMAINS
from localgov.lib.numbers import decimal_text
from localgov.portal import cells, wording
from localgov.portal.selectors.unit_registers import RegisterRows, registers_asked, unit_registers
from localgov.portal.views.unit_base import UnitPage
from localgov.portal.views.unit_facts import domain_title, shown_name
from localgov.portal.views.unit_files import UnitFile
from localgov.ui.open_data import csv_response
from localgov.ui.pages import Crumb
from localgov.ui.public import not_there

_ROWS_A_PAGE: Final = 50
#: From so many columns on a paper shows rows as cards.
_MANY_COLUMNS: Final = 8


@dataclass(frozen=True)
class ListedRegister:
    """A register as the page of its domain lists it."""

    label: str
    url: str
    count: int


class OfRegister(UnitPage):
    """What the page and the files of a register share: the register of the address, open and asked of the unit."""

    found: RegisterRows

    def show(self) -> HttpResponse:
        """The register's rows at the chosen year and stage; 404 where the year has no such register for everyone."""
        kind = self.kind
        asked = [
            one
            for domain in DOMAINS
            for one in registers_asked(self.year, sheet=domain.code, unit_type=kind)
            if one.code == self.kwargs["slug"]
        ]
        if not asked:
            raise not_there(_("ไม่มีทะเบียนนี้ในปีที่เลือก หรือไม่ใช่ข้อมูลที่เปิดเผย"))
        self.domain = next(one for one in DOMAINS if one.code == asked[0].sheet)
        (self.found,) = unit_registers(
            self.year,
            asked,
            sheet=self.domain.code,
            organisation_id=self.holder,
            stage=self.stage,
        )
        return self.answer()

    def show_nothing(self) -> HttpResponse:
        """No year, no register."""
        raise not_there(_("ยังไม่มีปีงบประมาณที่เปิดให้บันทึก จึงยังไม่มีทะเบียนนี้"))

    def answer(self) -> HttpResponse:
        """The page or the file."""
        raise NotImplementedError


class UnitRegister(OfRegister):
    """The rows as a table; on a phone and on paper, where it is wide, as cards."""

    template = "portal/unit_register.html"
    own_parameters: ClassVar[tuple[str, ...]] = ("page",)

    def page_title(self) -> str:
        """The register and whose it is."""
        return _("%(register)s ของ%(unit)s") % {"register": self.found.register.label, "unit": shown_name(self.unit)}

    def breadcrumb(self) -> Sequence[Crumb]:
        """Down to the unit's domain."""
        return [
            *super().breadcrumb(),
            Crumb(shown_name(self.unit), reverse("portal:unit", args=[self.unit.organisation.code])),
            Crumb(domain_title(self.domain), self.domain_url(self.domain.number)),
        ]

    def answer(self) -> HttpResponse:
        """One page of rows, in the order in which the unit keeps them."""
        page = Paginator(self.found.rows, _ROWS_A_PAGE).get_page(self.request.GET.get("page", ""))
        # A column of which nobody told anything would only take room; the files have all.
        used = [
            one for one in self.found.register.columns if any(row.get(one.code) is not None for row in self.found.rows)
        ]
        code, register = self.unit.organisation.code, self.found.register
        return self.render(
            version=self.unit,
            bar=self.unit_bar(),
            domain_url=self.domain_url(self.domain.number),
            domain_title=domain_title(self.domain),
            register=register,
            columns=used,
            page=page,
            pages=self._pages(page),
            is_many=len(used) >= _MANY_COLUMNS,
            is_recorded=self.stage is Stage.RECORDED,
            certified_at=self.found.at,
            csv_url=f"{reverse('portal:unit-register-csv', args=[code, register.code])}{self.keep()}",
            json_url=f"{reverse('portal:unit-register-json', args=[code, register.code])}{self.keep()}",
            description=_("%(register)s ของ%(unit)s ทุกรายการที่เปิดเผย ด้าน%(domain)s ปีงบประมาณ %(year)s")
            % {
                "register": register.label,
                "unit": shown_name(self.unit),
                "domain": domain_label(self.domain.code, self.domain.name),
                "year": wording.year_text(self.year.fiscal_year),
            },
        )

    def _pages(self, page: Page[Mapping[str, Any]]) -> list[tuple[int, str]]:
        """Numbers of the pages with their addresses, where there are several."""
        if page.paginator.num_pages < 2:
            return []
        kept = self.keep()
        return [(one, f"{kept}{'&' if kept else '?'}page={one}") for one in page.paginator.page_range]


class UnitRegisterCsv(UnitFile, OfRegister):
    """The rows as CSV: permanent codes as columns, labels of choices and both parts of points in columns of their own."""

    def answer(self) -> HttpResponse:
        """A heading and a line for each row."""
        register = self.found.register
        heads = [
            "fiscal_year",
            "stage",
            "unit_code",
            "row",
            *(name for one in register.columns for name in _names(one)),
            "missing",
        ]
        return csv_response(heads, self._lines(), file_name=f"{self.file_stem}-{register.code}")

    def _lines(self) -> Iterator[list[object]]:
        for number, row in enumerate(self.found.rows, start=1):
            values = [value for one in self.found.register.columns for value in _values(one, row.get(one.code))]
            missing = " ".join(
                f"{code}={answer['missing']}" for code, answer in row.items() if cells.is_missing(answer)
            )
            yield [self.year.fiscal_year, self.stage.value, self.holder_code, number, *values, missing]


class UnitRegisterJson(UnitFile, OfRegister):
    """The rows as JSON with what each column means."""

    def answer(self) -> HttpResponse:
        """An object with the columns and the rows."""
        register = self.found.register
        return self.json(
            {
                "unit_code": self.holder_code,
                "register": register.code,
                "label": register.label,
                "domain": self.domain.code,
                "fiscal_year": self.year.fiscal_year,
                "stage": self.stage.value,
                "as_of": self.moment(self.found.at),
                "columns": [_described(one) for one in register.columns],
                "count": len(self.found.rows),
                "rows": [_record(register.columns, row) for row in self.found.rows],
            }
        )


def listed_registers(view: UnitPage, *, sheet: str) -> list[ListedRegister]:
    """The registers of a domain for its page, with how many rows each has (one statement)."""
    kind = view.kind
    asked = registers_asked(view.year, sheet=sheet, unit_type=kind)
    found = unit_registers(view.year, asked, sheet=sheet, organisation_id=view.holder, stage=view.stage)
    code = view.unit.organisation.code
    return [
        ListedRegister(
            one.register.label,
            f"{reverse('portal:unit-register', args=[code, one.register.code])}{view.keep()}",
            len(one.rows),
        )
        for one in found
    ]


def _names(column: Question) -> list[str]:
    if column.type is QuestionType.GEOPOINT:
        return [f"{column.code}_lat", f"{column.code}_lon"]
    return [column.code, f"{column.code}_label"] if column.choices is not None else [column.code]


def _values(column: Question, answer: Any) -> list[object]:
    if column.type is QuestionType.GEOPOINT:
        return list(cells.cell_point(column, answer) or ("", ""))
    value = cells.cell_data(column, answer)
    if column.choices is not None:
        return [value, "" if value is None else cells.cell_text(column, answer)]
    return [decimal_text(value) if hasattr(value, "quantize") else value]


def _described(column: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"code": column.code, "label": cells.heading(column), "type": column.type.value}
    if column.unit:
        found["unit"] = column.unit
    if column.choices is not None:
        found["choices"] = {slug: cells.cell_text(column, slug) for slug in column.choices.labels}
    return found


def _record(columns: Sequence[Question], row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in columns:
        point = cells.cell_point(one, row.get(one.code))
        found[one.code] = {"lat": point[0], "lon": point[1]} if point else cells.cell_data(one, row.get(one.code))
    missing = {code: answer["missing"] for code, answer in row.items() if cells.is_missing(answer)}
    return {**found, "missing": missing} if missing else found
