"""The download box: the list, one thing with its versions, and what its keepers do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.access.roles import SEAT_NAMES, Seat
from localgov.library import forms, selectors, services
from localgov.library.models import DownloadItem, ItemKind
from localgov.library.policies import can_keep
from localgov.notices import uploads
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

GROUP = "Download"


def item_url(item: DownloadItem) -> str:
    """Where a thing is shown."""
    return reverse("library:item-detail", args=[item.pk])


def seats_text(item: DownloadItem) -> str:
    """`อปท. · สำนักงานจังหวัด (สถจ.)`."""
    return " · ".join(SEAT_NAMES[Seat(code)] for code in item.audience)


def holds(item: DownloadItem) -> str:
    """What the newest version is: `PDF 120 kB`, `3 ตอน`."""
    newest = item.newest
    if newest is None:
        return ""
    if newest.is_video:
        return f"{len(newest.parts)} ตอน"
    return f"{newest.name.rpartition('.')[2].upper()} {max(1, round(newest.size / 1024)):,} kB"


class ItemList(ListPage):
    """DL01: everything in the box that is for the actor."""

    permission = Permission.DOWNLOAD_VIEW
    template = "library/item_list.html"
    title = GROUP
    screen_code = "DL01"
    search_form = forms.ItemSearch
    file_name = "downloads"
    lead = "คู่มือ แบบรายงาน และวีดิทัศน์ ตามหน่วยงานของท่าน"
    empty_hint = "ยังไม่มีเอกสารสำหรับหน่วยงานของท่าน หรือไม่ตรงกับเงื่อนไข ลองกด “เริ่มค้นหาใหม่”"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", "ชื่อ", sort=("title",), heading=True, url=item_url),
        Column("kind", "ประเภท", value=lambda row: row.get_kind_display(), sort=("kind",)),
        Column("audience", "สำหรับ", value=seats_text),
        Column("number", "ฉบับที่", Kind.NUMBER, value=lambda row: row.newest.number),
        Column("at", "วันที่", Kind.DATE, value=lambda row: row.newest.at, sort=("newest__at",)),
        Column("holds", "ไฟล์", value=holds),
        Column("withdrawn", "หมายเหตุ", value=lambda row: "นำออกแล้ว" if row.withdrawn_at else "", blank="–"),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[DownloadItem]:
        """What is asked for."""
        return selectors.items_found(
            actor=self.request.actor,
            words=search["words"] or "",
            kind=search["kind"] or "",
            seat=search["seat"] or "",
        )

    def row_actions(self, row: DownloadItem) -> Sequence[RowAction]:
        """The newest file at once; a video's parts stand on its page."""
        if row.newest is None or row.newest.is_video:
            return (RowAction("view", item_url(row)),)
        return (RowAction("view", reverse("library:file", args=[row.newest.pk]), "ดาวน์โหลด"),)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Whether the actor keeps the box."""
        return {"keeps": can_keep(self.request.actor).allowed}


class ItemPage(Page):
    """A page about one thing in the box."""

    permission: ClassVar[Permission | None] = Permission.DOWNLOAD_VIEW
    item: DownloadItem

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load it; 404 for what is not for the actor."""
        super().setup(request, *args, **kwargs)
        self.item = get_object_or_404(selectors.items_visible(actor=self.request.actor), pk=kwargs["pk"])

    @property
    def number(self) -> int:
        """The newest version's."""
        return self.item.newest.number if self.item.newest else 0

    def page_title(self) -> str:
        """Its name."""
        return str(self.title or self.item.title)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the box; acts under the thing."""
        box = Crumb(GROUP, reverse("library:item-list"))
        return (box, Crumb(self.item.title, item_url(self.item))) if self.title else (box,)


class ItemDetail(ItemPage):
    """DL02: what it is, its newest version and those before."""

    template = "library/item_detail.html"
    screen_code = "DL02"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything."""
        facts = [("ประเภท", self.item.get_kind_display()), ("สำหรับ", seats_text(self.item))]
        if self.item.description:
            facts.append(("คำอธิบาย", self.item.description))
        return self.render(
            item=self.item,
            facts=facts,
            versions=selectors.versions_of(self.item),
            keeps=can_keep(self.request.actor).allowed,
        )


class FileGet(Page):
    """A version's file, for whom its thing is; never shown inside a page of ours."""

    permission: ClassVar[Permission | None] = Permission.DOWNLOAD_VIEW

    def get(self, request: HttpRequest, version_id: UUID) -> HttpResponseBase:
        """Send it, or 404."""
        found = selectors.file_visible(actor=self.request.actor, version_id=version_id)
        if found is None:
            raise Http404
        return FileResponse(
            found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
        )


class PaperAdd(Page):
    """DL03: putting a manual or a paper into the box."""

    permission: ClassVar[Permission | None] = Permission.DOWNLOAD_KEEP
    template = "library/item_form.html"
    title = "เพิ่มคู่มือหรือแบบรายงาน"
    screen_code = "DL03"
    form_class: ClassVar[type[django_forms.Form]] = forms.PaperAdd

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the box."""
        return (Crumb(GROUP, reverse("library:item-list")),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self._page(self.form_class())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add it."""
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        said = form.cleaned_data
        try:
            item = services.item_add(
                actor=self.request.actor,
                at=timezone.now(),
                kind=ItemKind(said.get("kind", ItemKind.VIDEO)),
                title=said["title"],
                description=said["description"],
                audience=said["audience"],
                content=content_of(said),
            )
        except uploads.NotAcceptable as refusal:
            form.add_error("file", refusal.message)
            return self._page(form, status=422)
        messages.success(request, f"เพิ่ม “{item.title}” แล้ว")
        return redirect(item_url(item))

    def _page(self, form: django_forms.Form, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, submit=self.title, cancel_url=reverse("library:item-list"), status=status)


class VideoAdd(PaperAdd):
    """DL04: putting a video into the box."""

    title = "เพิ่มวีดิทัศน์"
    screen_code = "DL04"
    form_class = forms.VideoAdd


class ItemAct(ItemPage):
    """A page on which a keeper changes one thing."""

    permission: ClassVar[Permission | None] = Permission.DOWNLOAD_KEEP
    template = "library/item_form.html"

    def page(self, form: django_forms.Form, *, status: int = 200) -> HttpResponse:
        """The form."""
        return self.render(form=form, submit=self.title, cancel_url=item_url(self.item), status=status)


class ItemChange(ItemAct):
    """DL05: its name and for whom it is."""

    title = "แก้ชื่อและผู้ใช้"
    screen_code = "DL05"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What it is called now."""
        known = {name: getattr(self.item, name) for name in ("title", "description", "audience")}
        return self.page(forms.ItemChange(initial=known))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change it."""
        form = forms.ItemChange(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        item = services.item_change(actor=self.request.actor, at=timezone.now(), item_id=pk, **form.cleaned_data)
        messages.success(request, f"บันทึก “{item.title}” แล้ว")
        return redirect(item_url(item))


class VersionAdd(ItemAct):
    """DL06: a new version."""

    title = "ใส่ฉบับใหม่"
    screen_code = "DL06"

    @property
    def form_class(self) -> type[django_forms.Form]:
        """A file's or a video's."""
        return forms.VideoVersion if self.item.kind == ItemKind.VIDEO else forms.FileVersion

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form; a video's with the parts that stand."""
        newest = self.item.newest
        parts = "\n".join(f"{part['title']} {part['address']}" for part in newest.parts) if newest else ""
        return self.page(self.form_class(initial={"seen": self.number, "parts": parts}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put it in."""
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        said = form.cleaned_data
        try:
            services.version_add(
                actor=self.request.actor,
                at=timezone.now(),
                item_id=pk,
                seen=said["seen"],
                content=content_of(said),
                change_note=said["change_note"],
            )
        except uploads.NotAcceptable as refusal:
            form.add_error("file", refusal.message)
            return self.page(form, status=422)
        except services.ItemStale as stale:
            messages.error(request, stale.message)
            return redirect(item_url(self.item))
        messages.success(request, f"ใส่ฉบับใหม่ของ “{self.item.title}” แล้ว ฉบับเดิมยังเปิดอ่านได้")
        return redirect(item_url(self.item))


class ItemWithdraw(ItemPage):
    """Taking a thing out of the box, or putting it back."""

    permission: ClassVar[Permission | None] = Permission.DOWNLOAD_KEEP
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it and stay on its page."""
        withdrawn = request.POST.get("withdrawn") == "yes"
        services.item_withdraw(actor=self.request.actor, at=timezone.now(), item_id=pk, withdrawn=withdrawn)
        messages.success(request, "นำออกจากรายการแล้ว" if withdrawn else "นำกลับเข้ารายการแล้ว")
        return redirect(item_url(self.item))


def content_of(said: Mapping[str, Any]) -> services.Content:
    """What the form brings; no more of a file is read than may be kept."""
    if "parts" in said:
        return services.VideoContent(said["parts"])
    sent = said["file"]
    return services.FileContent(sent.name or "", sent.read(uploads.LARGEST + 1))
