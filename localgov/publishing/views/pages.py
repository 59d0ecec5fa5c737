"""One item: as the public will read it, where it stands, and what its unit does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date, format_date_short
from localgov.organisations.maps import point_map
from localgov.organisations.models import OrganisationVersion
from localgov.publishing import policies, services
from localgov.publishing.models import Item, ItemVersion
from localgov.publishing.selectors.items import item_visible, versions_of
from localgov.publishing.selectors.units import unit_in_force
from localgov.publishing.services.items import UNDO_WITHIN
from localgov.publishing.showing import facts_of
from localgov.publishing.states import Category, PublishedKind
from localgov.publishing.views.lists import GROUP, item_url, list_url, published
from localgov.ui.pages import Crumb, Page


class ItemPage(Page):
    """A page about one item of a unit in the actor's sight."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_VIEW
    item: Item
    newest: ItemVersion
    unit: OrganisationVersion
    kind: PublishedKind

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load it; 404 for what is not the actor's."""
        super().setup(request, *args, **kwargs)
        on = bangkok_date(timezone.now())
        item = item_visible(actor=self.request.actor, on=on, pk=kwargs["pk"])
        unit = unit_in_force(organisation_id=item.organisation_id, on=on) if item else None
        if item is None or item.newest is None or unit is None:
            raise Http404
        self.item, self.newest, self.unit = item, item.newest, unit
        self.kind = PublishedKind(item.kind)

    def page_title(self) -> str:
        """Its title, or what is done with it."""
        return str(self.title) or self.newest.title

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under its list; acts under the item."""
        steps = (Crumb(GROUP), Crumb(str(self.kind.label), list_url(self.kind)))
        return (*steps, Crumb(self.newest.title, item_url(self.item))) if self.title else steps


class ItemDetail(ItemPage):
    """ABT014: the newest version as the public will read it, its states, and every version before."""

    template = "publishing/item_detail.html"
    screen_code = "ABT014"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything."""
        may_record = policies.can_record(self.request.actor, self.unit)
        return self.render(
            item=self.item,
            preview=preview_of(self.newest, self.unit),
            unit=self.unit,
            published=published(self.item),
            versions=versions_of(self.item),
            records=may_record.allowed,
            undo_until=format_date_short(bangkok_date(self.item.deleted_at + UNDO_WITHIN))
            if self.item.deleted_at
            else "",
        )


class ItemDelete(ItemPage):
    """Deleting asks before it acts; it can be undone for 30 days."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_RECORD
    template = "_confirm.html"
    title = "ลบรายการ"
    screen_code = "ABT016"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will happen."""
        return self.render(
            question=f"ลบ “{self.newest.title}” หรือไม่",
            consequences=[
                "หน้าสาธารณะจะไม่แสดงรายการนี้ทันที",
                f"คืนรายการที่ลบได้ภายใน {UNDO_WITHIN.days} วัน หลังจากนั้นลบถาวรพร้อมทุกฉบับ",
            ],
            confirm_label="ลบรายการ",
            kind="danger",
            cancel_url=item_url(self.item),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it."""
        services.item_delete(actor=self.request.actor, at=timezone.now(), item_id=pk)
        messages.success(request, f"ลบ “{self.newest.title}” แล้ว คืนได้จาก “รายการที่ลบ” ภายใน {UNDO_WITHIN.days} วัน")
        return redirect(list_url(self.kind))


class ItemRestore(ItemPage):
    """คืนรายการที่ลบ."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_RECORD
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it back and stay on its page."""
        services.item_restore(actor=self.request.actor, at=timezone.now(), item_id=pk)
        messages.success(request, f"คืนรายการ “{self.newest.title}” แล้ว")
        return redirect(item_url(self.item))


class ItemDisplay(ItemPage):
    """สถานะการแสดง, at one press."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_RECORD
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set it and stay on its page."""
        displayed = request.POST.get("displayed") == "yes"
        services.item_display(actor=self.request.actor, at=timezone.now(), item_id=pk, displayed=displayed)
        messages.success(request, "ตั้งสถานะการแสดงเป็น “แสดง” แล้ว" if displayed else "ตั้งสถานะการแสดงเป็น “ไม่แสดง” แล้ว")
        return redirect(item_url(self.item))


def preview_of(version: ItemVersion, unit: OrganisationVersion) -> dict[str, Any]:
    """The context of `publishing/_preview.html`: a version as the public will read it."""
    return {
        "version": version,
        "category": Category(version.category).label,
        "kind": PublishedKind(version.kind).label,
        "pictures": list(version.pictures.all()),
        "documents": list(version.documents.all()),
        "facts": facts_of(version),
        "unit": unit,
        "map": point_map(province_code=unit.province_code, latitude=version.latitude, longitude=version.longitude),
    }
