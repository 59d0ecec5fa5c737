"""Pages of the register: the list of units, a unit with its history, the offices above the units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas, selectors
from localgov.organisations.forms import UnitSearchForm
from localgov.organisations.maps import point_map
from localgov.organisations.models import Kind, OrganisationVersion
from localgov.organisations.selectors import OfficeLine, UnitPage, UnitSearch
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.ui.columns import Column
from localgov.ui.columns import Kind as ColumnKind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

GROUP = "ทะเบียนและบัญชี"
REGISTER = "ทะเบียน อปท."


@cache
def unit_url(code: str) -> str:
    """The page of a unit."""
    return reverse("organisations:unit-detail", args=[code])


def office_url(code: str, kind: str) -> str:
    """The page of an office."""
    name = "district-detail" if kind == Kind.DISTRICT else "office-detail"
    return reverse(f"organisations:{name}", args=[code])


def _line_url(line: OfficeLine) -> str:
    """The page of an office below; the line of an office's own units has none."""
    return office_url(line.code, line.kind) if line.code else ""


def _type_column(unit_type: UnitType) -> Column:
    """How many units of a type stand under an office."""
    code = unit_type.value
    return Column(code, unit_type.abbreviation, ColumnKind.NUMBER, value=lambda row: row.counts.get(code, 0))


def _name(row: OrganisationVersion) -> str:
    """The full name; a demo unit says so in every list and workbook (DESIGN §4)."""
    return f"{row.full_name} (ข้อมูลสาธิต)" if row.is_demo else row.full_name


UNIT_COLUMNS: tuple[Column, ...] = (
    Column(
        "full_name",
        "อปท.",
        sort=("sort_key",),
        heading=True,
        value=_name,
        url=lambda row: unit_url(row.organisation.code),
    ),
    Column("organisation.code", "รหัส", sort=("organisation__code",)),
    Column("unit_type", "ประเภท", sort=("unit_type",), value=lambda row: UnitType(row.unit_type).abbreviation),
    Column("district", "อำเภอ", value=lambda row: areas.district_name(row.district_code)),
    Column("province", "จังหวัด", value=lambda row: areas.province_name(row.province_code)),
    Column("website", "เว็บไซต์", blank="–", url=lambda row: row.website),
)


class UnitList(ListPage):
    """The units that the actor may see, found by part of a name, a similar spelling, a code, a place, a type."""

    permission = Permission.REGISTER_VIEW
    title = REGISTER
    screen_code = "REG01"
    file_name = "register"
    lead = "ค้นได้ด้วยบางส่วนของชื่อ ชื่อที่สะกดใกล้เคียง หรือรหัส 7 หลัก"
    columns = UNIT_COLUMNS

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu group."""
        return (Crumb(GROUP),)

    def build_search_form(self, data: QueryDict) -> UnitSearchForm:
        """Choices are the areas in the actor's sight."""
        actor = self.request.actor
        provinces = [(one.code, one.name) for one in provinces_in_sight(actor)]
        chosen = data.get("province", "") or (provinces[0][0] if len(provinces) == 1 else "")
        districts = [(one.code, one.name) for one in districts_in_sight(actor, chosen)]
        return UnitSearchForm(data, provinces=provinces, districts=districts)

    def rows(self, search: Mapping[str, Any]) -> QuerySet[OrganisationVersion]:
        """Units in force today."""
        wanted = UnitSearch(
            text=search.get("text") or "",
            province_code=search.get("province") or "",
            district_code=search.get("district") or "",
            unit_type=search.get("unit_type") or "",
        )
        return selectors.units(actor=self.request.actor, on=timezone.localdate(), search=wanted)

    def row_actions(self, row: OrganisationVersion) -> Sequence[RowAction]:
        """Looking."""
        return (RowAction("view", unit_url(row.organisation.code)),)


class UnitDetail(Page):
    """One unit: what the register says today, who watches it, what it was before."""

    permission = Permission.REGISTER_VIEW
    template = "organisations/unit_detail.html"
    screen_code = "REG02"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the unit up first; 404 where it is not the actor's to see."""
        found = selectors.unit_page(actor=self.request.actor, code=kwargs["code"], on=timezone.localdate())
        if found is None:
            raise Http404
        self.found: UnitPage = found
        return super().dispatch(request, *args, **kwargs)

    def page_title(self) -> str:
        """The unit's name."""
        return self.found.version.full_name

    def breadcrumb(self) -> Sequence[Crumb]:
        """Back to the list."""
        return (Crumb(GROUP), Crumb(REGISTER, reverse("organisations:unit-list")))

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The page."""
        version = self.found.version
        return self.render(
            unit=self.found,
            version=version,
            facts=_facts(version),
            map=point_map(province_code=version.province_code, latitude=version.latitude, longitude=version.longitude),
            province_name=areas.province_name(version.province_code),
            supervisors=[
                (one.full_name, office_url(one.organisation.code, one.organisation.kind) if self._may_see(one) else "")
                for one in self.found.supervisors
            ],
        )

    def _may_see(self, office: OrganisationVersion) -> bool:
        return self.request.actor.can(Permission.REGISTER_VIEW, at=office.path)


class _OfficePage(ListPage):
    """What pages of offices share: the office itself, 404 where it is not the actor's to see."""

    permission = Permission.REGISTER_VIEW
    template = "organisations/office_detail.html"
    kinds: ClassVar[tuple[Kind, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the office up first."""
        self.on = timezone.localdate()
        office = selectors.office_of(actor=self.request.actor, code=kwargs["code"], kinds=self.kinds, on=self.on)
        if office is None:
            raise Http404
        self.office = office
        return super().dispatch(request, *args, **kwargs)

    def page_title(self) -> str:
        """The office's name."""
        return self.office.full_name

    def breadcrumb(self) -> Sequence[Crumb]:
        """Back to the list."""
        return (Crumb(GROUP), Crumb(REGISTER, reverse("organisations:unit-list")))

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """What the office is, and the way to its units in the register."""
        area = {"province": self.office.province_code, "district": self.office.district_code}
        chosen = urlencode({name: code for name, code in area.items() if code})
        return {"office": self.office, "units_url": f"{reverse('organisations:unit-list')}?{chosen}"}


class OfficeDetail(_OfficePage):
    """The Department or a provincial office: the offices below it, with their units by type."""

    screen_code = "REG03"
    file_name = "offices"
    kinds = (Kind.DEPARTMENT, Kind.PROVINCE)
    empty_hint = "ไม่มีสำนักงานในระดับถัดไป"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("short_name", "สำนักงาน", sort=("sort_key",), heading=True, url=_line_url),
        *(_type_column(unit_type) for unit_type in UnitType),
        Column("units", "รวม", ColumnKind.NUMBER, sort=("units",), unit="แห่ง"),
    )

    @cached_property
    def lines(self) -> list[OfficeLine]:
        """The offices next below."""
        return selectors.offices_under(self.office, on=self.on)

    def rows(self, search: Mapping[str, Any]) -> list[OfficeLine]:
        """The offices next below, in Thai order."""
        return self.lines

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        sums = {one.value: sum(line.counts.get(one.value, 0) for line in self.lines) for one in UnitType}
        return {"short_name": "รวม", **sums, "units": sum(sums.values())}


class DistrictDetail(_OfficePage):
    """A district office and the units that it watches: ทต. and อบต. of the district."""

    screen_code = "REG04"
    file_name = "district"
    kinds = (Kind.DISTRICT,)
    columns = UNIT_COLUMNS
    empty_hint = "อำเภอนี้ไม่มีเทศบาลตำบลหรือ อบต. ในกำกับ (อปท. ประเภทอื่นขึ้นตรงกับจังหวัด)"

    def rows(self, search: Mapping[str, Any]) -> QuerySet[OrganisationVersion]:
        """The units under the office."""
        return selectors.units_under(self.office, on=self.on)

    def row_actions(self, row: OrganisationVersion) -> Sequence[RowAction]:
        """Looking."""
        return (RowAction("view", unit_url(row.organisation.code)),)


def _facts(version: OrganisationVersion) -> list[tuple[str, str | None]]:
    """Pairs of label and value in the order in which an address is read."""
    village = f"หมู่ที่ {version.moo}" if version.moo else ""
    address = " ".join(part for part in (version.address, village) if part)
    return [
        ("รหัส อปท.", version.organisation.code),
        ("ประเภท", UnitType(version.unit_type).label),
        ("อำเภอ", areas.district_name(version.district_code)),
        ("จังหวัด", areas.province_name(version.province_code)),
        ("ที่ตั้งสำนักงาน", address or None),
        ("รหัสไปรษณีย์", version.postcode or None),
        ("พื้นที่", f"{version.area_km2.normalize():,f} ตร.กม." if version.area_km2 is not None else None),
    ]
