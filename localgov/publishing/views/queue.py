"""The province's check: the queue, one item beside what the public sees now, several at once (R6.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date, weekdays_after, weekdays_text
from localgov.organisations import areas
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.publishing import comparing, contents, services
from localgov.publishing.models import Item, ItemVersion
from localgov.publishing.selectors import queue as waiting
from localgov.publishing.selectors.duties import SHORT
from localgov.publishing.selectors.units import unit_in_force
from localgov.publishing.services import OutOfDate
from localgov.publishing.services.checking_many import MOST_AT_ONCE, needs_a_look_of_its_own
from localgov.publishing.states import Category, CheckState, PublishedKind
from localgov.publishing.status_forms import QueueSearch, ReturnForm
from localgov.publishing.views.lists import GROUP
from localgov.publishing.views.pages import preview_of
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page
from localgov.ui.requests import PageRequest

TITLE = "ตรวจสอบข่าว สินค้า และสถานที่"


def search_of(request: PageRequest) -> QueueSearch:
    """The search of an address, with the areas that the actor checks."""
    actor = request.actor
    provinces = [(one.code, one.name) for one in provinces_in_sight(actor, Permission.PUBLISH_CHECK)]
    province = request.GET.get("province") or (provinces[0][0] if len(provinces) == 1 else "")
    districts = [(one.code, one.name) for one in districts_in_sight(actor, province, Permission.PUBLISH_CHECK)]
    return QueueSearch(request.GET, provinces=provinces, districts=districts)


def check_url(item_id: int, asked: Mapping[str, str]) -> str:
    """The page of one item, which knows the search it came from."""
    address = reverse("publishing:queue-item", args=[item_id])
    return f"{address}?{urlencode(asked)}" if asked else address


def queue_url(asked: Mapping[str, str]) -> str:
    """The queue with a search."""
    return f"{reverse('publishing:queue')}?{urlencode(asked)}"


def _waited(item: Any) -> str:
    days = weekdays_after(bangkok_date(item.newest.at), bangkok_date(timezone.now()))
    return weekdays_text(days) if days else "วันนี้"


class CheckQueue(ListPage):
    """ABT021: versions that wait, the longest waiting first."""

    permission = Permission.PUBLISH_CHECK
    template = "publishing/queue.html"
    title = TITLE
    screen_code = "ABT021"
    file_name = "check-queue"
    lead = "รายการของ อปท. ที่รอจังหวัดตรวจสอบก่อนเผยแพร่ เรียงตามที่รอนานที่สุด"
    empty_hint = "ไม่มีรายการที่รอตรวจสอบ"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", "รายการ", value=lambda row: row.newest.title, heading=True, url=lambda row: row.page_url),
        Column("kind", "ประเภท", value=lambda row: SHORT[PublishedKind(row.kind)]),
        Column("category", "หมวด", value=lambda row: str(Category(row.newest.category).label)),
        Column("unit_short_name", "อปท.", sort=("unit_sort_key",)),
        Column("district", "อำเภอ", value=lambda row: areas.district_name(row.unit_district_code)),
        Column("version", "ฉบับ", value=lambda row: "แก้ไข" if row.shown_id else "ใหม่"),
        Column("at", "รอตั้งแต่", Kind.DATETIME, value=lambda row: row.newest.at, sort=("newest__at",)),
        Column("waited", "รอมา", value=_waited),
        Column(
            "look",
            "ข้อควรดู",
            value=lambda row: "เบอร์โทรหรือชื่อบุคคล" if needs_a_look_of_its_own(row.newest) else "",
            blank="–",
        ),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb(GROUP),)

    def build_search_form(self, data: QueryDict) -> QueueSearch:
        """The areas that the actor checks."""
        self.form = search_of(self.request)
        return self.form

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Any]:
        """What waits."""
        return waiting.queue(actor=self.request.actor, on=bangkok_date(timezone.now()), search=search)

    def _row(self, row: Any) -> Any:
        row.page_url = check_url(row.pk, self.form.asked())
        return super()._row(row)

    def row_actions(self, row: Any) -> Sequence[RowAction]:
        """Looking at it."""
        return (RowAction("view", row.page_url, "ตรวจ"),)

    def row_pick(self, row: Any) -> str:
        """A box where it may be checked together with others."""
        return "" if needs_a_look_of_its_own(row.newest) else str(row.pk)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Where the boxes lead."""
        return {"asked": self.form.asked(), "most": MOST_AT_ONCE}


class _Checking(Page):
    """A page of the check, which knows the search it came from."""

    permission = Permission.PUBLISH_CHECK

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the search."""
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.on = bangkok_date(self.now)
        self.asked = search_of(self.request).asked()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the queue."""
        return (Crumb(GROUP), Crumb(TITLE, queue_url(self.asked)))

    def told(self, item: Any) -> dict[str, Any]:
        """An item for its template: as the public will read it, what is shown now, what differs, what may concern a person."""
        newest: ItemVersion = item.newest
        unit = unit_in_force(organisation_id=item.organisation_id, on=self.on)
        if unit is None:
            raise Http404
        shown = item.shown if item.shown_id not in (None, newest.pk) else None
        return {
            "item": item,
            "unit": unit,
            "preview": preview_of(newest, unit),
            "shown": preview_of(shown, unit) if shown else None,
            "differences": comparing.differences(shown, newest) if shown else [],
            "pictures": comparing.picture_changes(list(shown.pictures.all()), list(newest.pictures.all()))
            if shown
            else "",
            "documents": comparing.document_changes(list(shown.documents.all()), list(newest.documents.all()))
            if shown
            else "",
            "found": contents.personal_in(contents.content_of(newest), [one.name for one in newest.documents.all()]),
            "category": Category(newest.category).label,
        }


class CheckItem(_Checking):
    """ABT022: one item: ตรวจสอบแล้ว, or ส่งกลับ with a reason; then the next one opens by itself."""

    template = "publishing/queue_item.html"
    screen_code = "ABT022"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """An item of the actor's province, or 404."""
        super().setup(request, *args, **kwargs)
        item = waiting.item_to_check(actor=self.request.actor, on=self.on, pk=kwargs["pk"])
        if item is None or item.newest is None:
            raise Http404
        self.item, self.newest = item, item.newest

    def page_title(self) -> str:
        """Its title."""
        return self.newest.title

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """As the public will see it."""
        return self._page(ReturnForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Check what the page showed, or send it back."""
        form = ReturnForm(request.POST)
        seen, act = request.POST.get("version", ""), request.POST.get("act", "")
        if seen != str(self.newest.pk):
            return self._page(ReturnForm(), refusal="อปท. แก้ไขรายการนี้ระหว่างที่ท่านตรวจ หน้านี้แสดงฉบับล่าสุดแล้ว", status=409)
        if act == "return" and not (form.is_valid() and form.words()):
            return self._page(form, refusal="โปรดเลือกหรือเขียนเหตุผลที่ส่งกลับ เพื่อให้ อปท. แก้ไขได้ถูกต้อง", status=422)
        common: dict[str, Any] = {"actor": self.request.actor, "at": self.now, "version_id": self.newest.pk}
        try:
            if act == "return":
                services.version_return(**common, reason=form.words())
            elif act == "check":
                services.version_check(**common)
            else:
                return self._page(form, refusal="โปรดเลือก “ตรวจสอบแล้ว” หรือ “ส่งกลับ”", status=422)
        except OutOfDate as refusal:
            return self._page(form, refusal=refusal.message, status=409)
        except Denied as refusal:
            return self._page(form, refusal=refusal.reason, status=409)
        messages.success(request, f"{'ส่งกลับ' if act == 'return' else 'ตรวจสอบ'} “{self.newest.title}” แล้ว")
        return redirect(self._next_url())

    def _next_url(self) -> str:
        after = (self.newest.at, self.item.pk)
        found = waiting.next_in_queue(actor=self.request.actor, on=self.on, search=self.asked, after=after)
        return queue_url(self.asked) if found is None else check_url(found, self.asked)

    def _page(self, form: ReturnForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
        count, _since = waiting.waiting_counts(actor=self.request.actor, on=self.on)
        return self.render(
            **self.told(self.item),
            form=form,
            refusal=refusal,
            status=status,
            waits=self.newest.check_state == CheckState.WAITING,
            is_checked=self.newest.check_state == CheckState.CHECKED,
            waited=_waited(self.item),
            count=count,
            skip_url=self._next_url(),
            queue_url=queue_url(self.asked),
        )


class CheckMany(_Checking):
    """ABT023: the picked items, each as the public will see it, checked by one press; an act each in the record."""

    template = "publishing/queue_many.html"
    title = "ตรวจสอบหลายรายการ"
    screen_code = "ABT023"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What was picked and still waits."""
        return self._page(_numbers(request.GET.getlist("pick")))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Check the versions that stood on the page and are still ticked."""
        try:
            done = services.versions_check(
                actor=self.request.actor, at=self.now, version_ids=_numbers(request.POST.getlist("version"))
            )
        except Denied as refusal:
            return self._page(_numbers(request.POST.getlist("item")), refusal=refusal.reason, status=422)
        checked = sum(1 for one in done if not one.refusal)
        if checked:
            messages.success(request, f"ตรวจสอบแล้ว {checked:,} รายการ")
        for one in done:
            if one.refusal:
                messages.warning(request, f"“{one.title}” ยังไม่ได้ตรวจ: {one.refusal}")
        return redirect(queue_url(self.asked))

    def _page(self, pks: Sequence[int], *, refusal: str = "", status: int = 200) -> HttpResponse:
        found: list[Item] = waiting.items_to_check(actor=self.request.actor, on=self.on, pks=pks)
        together = [item for item in found if item.newest and not needs_a_look_of_its_own(item.newest)]
        return self.render(
            told=[self.told(item) for item in together[:MOST_AT_ONCE]],
            too_many=len(together) > MOST_AT_ONCE,
            left_out=len(found) - len(together),
            most=MOST_AT_ONCE,
            refusal=refusal,
            queue_url=queue_url(self.asked),
            status=status,
        )


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(one) for one in values if one.isascii() and one.isdigit() and len(one) < 18]
