"""ABT011 ข่าวประชาสัมพันธ์, ABT012 สินค้าท้องถิ่น, ABT013 สถานที่สำคัญของท้องถิ่น: the lists (R6.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.selectors.sight import is_unit_path
from localgov.publishing import forms
from localgov.publishing.models import Item
from localgov.publishing.selectors import items
from localgov.publishing.selectors.units import years_opened
from localgov.publishing.showing import LABELS
from localgov.publishing.states import Category, PublishedKind
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb

GROUP = "ท้องถิ่นไทยหัวใจพอเพียง"
#: Names of the lists' addresses, and their screen codes.
LISTS = {PublishedKind.NEWS: "news", PublishedKind.PRODUCT: "product", PublishedKind.PLACE: "place"}


def list_url(kind: PublishedKind) -> str:
    """Where the items of a kind are listed."""
    return reverse(f"publishing:{LISTS[kind]}-list")


def item_url(item: Item) -> str:
    """Where an item is looked at."""
    return reverse("publishing:item-detail", args=[item.pk])


def _columns(kind: PublishedKind) -> tuple[Column, ...]:
    labels = LABELS[kind]
    return (
        Column("title", labels["title"], value=lambda row: row.newest.title, sort=("newest__sort_key",), heading=True,
               url=item_url),
        Column("category", labels["category"], value=lambda row: str(Category(row.newest.category).label)),
        Column("unit_name", "อปท.", sort=("unit_sort",)),
        Column("displayed", "สถานะการแสดง", value=lambda row: "แสดง" if row.displayed else "ไม่แสดง", sort=("displayed",)),
        Column("check_state", "สถานะการตรวจสอบ", Kind.STATE, value=lambda row: row.newest.check_state,
               sort=("newest__check_state",)),
        Column("shown", "ที่เผยแพร่อยู่", value=published, blank="–"),
        Column("at", "บันทึกเมื่อ", Kind.DATETIME, value=lambda row: row.newest.at, sort=("newest__at",)),
    )  # fmt: skip


def published(item: Item) -> str:
    """What the public sees of it now: `ฉบับที่ 2`, or nothing."""
    if item.shown is None or not item.displayed or item.deleted_at is not None:
        return ""
    return f"ฉบับที่ {item.shown.number}"


class ItemList(ListPage):
    """A list of one kind; its people's unit, or the units that an office watches."""

    permission = Permission.PUBLISH_VIEW
    kind: ClassVar[PublishedKind]
    empty_hint = "ยังไม่มีรายการ ผู้บันทึกของ อปท. เพิ่มได้ด้วยปุ่ม “เพิ่มข้อมูล”"
    lead = "เผยแพร่ต่อสาธารณะเมื่อ สถจ. ตรวจสอบแล้ว และ อปท. ตั้งสถานะการแสดงเป็น “แสดง”"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A unit's own people see one unit: no column of it."""
        super().setup(request, *args, **kwargs)
        self.one_unit = all(map(is_unit_path, self.request.actor.scopes(Permission.PUBLISH_VIEW)))
        if self.one_unit:
            self.columns = tuple(column for column in self.columns if column.key != "unit_name")  # type: ignore[misc]

    def page_title(self) -> str:
        """As in the menu."""
        return str(self.kind.label)

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group (R2.3)."""
        return (Crumb(GROUP),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """With the kind's own words; by unit for who sees several."""
        return forms.ItemSearch(self.kind, data, years=years_opened(), one_unit=self.one_unit)

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Any]:
        """What is asked for."""
        displayed = {"yes": True, "no": False}.get(search["displayed"] or "")
        return items.items_found(
            actor=self.request.actor,
            on=bangkok_date(timezone.now()),
            kind=self.kind,
            category=search["category"] or "",
            title=search["title"] or "",
            displayed=displayed,
            check_state=search["check_state"] or "",
            deleted=search["deleted"] == "yes",
            unit=search.get("unit") or "",
            fiscal_year=search["fiscal_year"],
        )

    @property
    def records(self) -> bool:
        """Whether the actor records: of his own units alone, which are all that he sees."""
        return bool(self.request.actor.scopes(Permission.PUBLISH_RECORD))

    def add_button(self) -> AddButton | None:
        """เพิ่มข้อมูล, for recorders."""
        return AddButton(reverse(f"publishing:{LISTS[self.kind]}-add")) if self.records else None

    def row_actions(self, row: Item) -> Sequence[RowAction]:
        """View; edit and delete for recorders (R2.4)."""
        view = RowAction("view", item_url(row))
        if not self.records or row.deleted_at is not None:
            return (view,)
        return (
            view,
            RowAction("edit", reverse("publishing:item-edit", args=[row.pk])),
            RowAction("delete", reverse("publishing:item-delete", args=[row.pk])),
        )


class NewsList(ItemList):
    """ABT011."""

    kind = PublishedKind.NEWS
    screen_code = "ABT011"
    file_name = "news"
    columns = _columns(PublishedKind.NEWS)


class ProductList(ItemList):
    """ABT012."""

    kind = PublishedKind.PRODUCT
    screen_code = "ABT012"
    file_name = "products"
    columns = _columns(PublishedKind.PRODUCT)


class PlaceList(ItemList):
    """ABT013."""

    kind = PublishedKind.PLACE
    screen_code = "ABT013"
    file_name = "places"
    columns = _columns(PublishedKind.PLACE)
