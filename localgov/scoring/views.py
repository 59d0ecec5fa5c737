"""Pages of the score: a unit's own, and the lists of the offices above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.rounds.models import Round
from localgov.scoring import rule_indicator7, selectors
from localgov.scoring.forms import ScoreSearch
from localgov.scoring.selectors import ScoreLine, ScoreLines, UnitScore
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.moments import AtMoment
from localgov.ui.pages import Crumb, Page

_UNIT_CODE_LENGTH = 7


class ScoreHome(Page):
    """Sends a unit to its own score and an office to its list."""

    permission = Permission.SCORE_VIEW

    def get(self, request: Any) -> HttpResponse:
        """One redirect."""
        codes = {scope.rstrip(".").rpartition(".")[2] for scope in request.actor.scopes(Permission.SCORE_VIEW)}
        year = current_year()
        if len(codes) == 1 and len(code := codes.pop()) == _UNIT_CODE_LENGTH:
            return redirect("scoring:score-detail", fiscal_year=year, unit_code=code)
        return redirect("scoring:score-list")


class ScoreDetail(AtMoment, Page):
    """One unit's score with its reasons, now or at a past moment."""

    permission = Permission.SCORE_VIEW
    template = "scoring/score_detail.html"
    screen_code = "INFO71"
    title = "คะแนน LPA ตัวชี้วัดที่ 7"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The list above, for those who see more than one unit."""
        return (Crumb("คะแนน LPA ตัวชี้วัดที่ 7", reverse("scoring:score-home")),)

    def page_title(self) -> str:
        """The unit's name."""
        return f"{self.title} · {self.unit_name}"

    unit_name = ""

    def get(self, request: Any, fiscal_year: int, unit_code: str) -> HttpResponse:
        """Now, or the moment that `date` and `time` name."""
        unit = selectors.score_of(actor=request.actor, fiscal_year=fiscal_year, code=unit_code, as_of=self.asked.at)
        if unit is None:
            raise Http404
        self.unit_name = unit.full_name
        return self.render(
            unit=unit,
            fiscal_year=fiscal_year,
            years=years_open(self.asked.at),
            place=place_of(unit),
            asked=self.asked,
            lines=rule_indicator7.LINES,
            rule_version=rule_indicator7.rule_version(fiscal_year),
        )


class ScoreList(AtMoment, ListPage):
    """Scores of all units that the actor may see."""

    permission = Permission.SCORE_VIEW
    screen_code = "INFO72"
    title = "คะแนน LPA ตัวชี้วัดที่ 7"
    file_name = "indicator7"
    lead = "“อปท. บันทึกข้อมูลที่สำคัญได้ตามกรอบระยะเวลา” คะแนนเต็ม 5"

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """Where it is, its marks, why, and whether in time."""
        return (
            Column("code", "รหัส", sort=("code",)),
            Column("short_name", "อปท.", heading=True, url=self._unit_url),
            Column(
                "unit_type", "ประเภท", value=lambda unit: UnitType(unit.unit_type).abbreviation, sort=("unit_type",)
            ),
            Column("district", "อำเภอ", value=lambda unit: areas.district_name(unit.district_code)),
            Column("province", "จังหวัด", value=lambda unit: areas.province_name(unit.province_code)),
            Column("marks", "คะแนน", kind=Kind.NUMBER, value=lambda unit: unit.marks, sort=("marks",)),
            Column("summary", "เหตุผล"),
            Column("on_time", "ทันกำหนด", value=lambda unit: on_time_text(unit), blank="–"),
        )

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Provinces and districts of the actor's own tree."""
        return ScoreSearch(
            data, years=years_open(self.asked.at), provinces=self.provinces, districts=self.districts(data)
        )

    @cached_property
    def provinces(self) -> list[tuple[str, str]]:
        """Provinces under the actor's scopes, in Thai order."""
        scopes = self.request.actor.scopes(Permission.SCORE_VIEW)
        return [
            (province.code, province.name)
            for province in areas.provinces()
            if any(
                f"th.{province.code}.".startswith(scope) or scope.startswith(f"th.{province.code}.") for scope in scopes
            )
        ]

    def districts(self, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Districts of the one province that is shown."""
        code = data.get("province") or (self.provinces[0][0] if len(self.provinces) == 1 else "")
        if not code:
            return []
        scopes = self.request.actor.scopes(Permission.SCORE_VIEW)
        return [
            (district.code, district.name)
            for district in areas.districts(code)
            if any(
                (path := f"th.{code}.{district.code}.").startswith(scope) or scope.startswith(path) for scope in scopes
            )
        ]

    def rows(self, search: Mapping[str, Any]) -> Sequence[ScoreLine]:
        """Scores that fit the search, in Thai order within provinces; the counts above the list are of any marks."""
        self.counted = selectors.score_lines(
            fiscal_year=search.get("fiscal_year") or current_year(self.asked.at),
            as_of=self.asked.at,
            prefixes=self.request.actor.scopes(Permission.SCORE_VIEW),
            province_code=search.get("province") or "",
            district_code=search.get("district") or "",
            unit_type=search.get("unit_type") or "",
            name=(search.get("name") or "").strip(),
        )
        marks = search.get("marks")
        return self.counted if marks is None else self.counted.with_marks(marks)

    counted: ScoreLines

    def _unit_url(self, unit: ScoreLine) -> str:
        """The page of one unit's score in the same year, at the same moment."""
        place = {"fiscal_year": unit.fiscal_year, "unit_code": unit.code}
        return f"{reverse('scoring:score-detail', kwargs=place)}{self.asked.suffix}"

    def row_actions(self, row: ScoreLine) -> Sequence[RowAction]:
        """Read the reasons."""
        return (RowAction("view", self._unit_url(row)),)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """How many units have which marks, and the mean."""
        marks = self.counted.marks
        counts = {one: marks.count(one) for one in (5, 3, 1, 0)}
        return {
            "mark_counts": counts.items(),
            "total": len(marks),
            "mean": rule_indicator7.mean_text(marks),
            "list_head": "scoring/parts/score_head.html",
            "asked": self.asked,
        }


def on_time_text(unit: ScoreLine) -> str:
    """Whether certification came before the due date, in words; nothing while it is not complete."""
    if unit.on_time is None:
        return ""
    return "ทันกำหนด" if unit.on_time else "ล่าช้า"


def place_of(unit: UnitScore) -> str:
    """The header of R9.3's pages: district and province."""
    return f"อ.{areas.district_name(unit.district_code)} จ.{areas.province_name(unit.province_code)}"


def years_open(as_of: datetime | None = None) -> list[int]:
    """Fiscal years with a round of the eight domains (that was open by then), newest first."""
    rounds = Round.objects.filter(form_code=selectors.FORM_CODE).order_by("-fiscal_year_be")
    if as_of is not None:
        rounds = rounds.filter(recorded_at__lte=as_of)
    return list(rounds.values_list("fiscal_year_be", flat=True))


def current_year(as_of: datetime | None = None) -> int:
    """The newest open fiscal year; this fiscal year when none is open."""
    return selectors.newest_year(timezone.localdate(as_of), as_of=as_of)
