"""The daily heads, open to everybody: who keeps a copy can prove a later rewriting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from localgov.audit.state import state_of
from localgov.inspection.selectors import record
from localgov.ui.columns import Column, Kind
from localgov.ui.public import PublicAnswer, PublicListPage


def head_url(head: Any) -> str:
    """The text of a day."""
    return reverse("heads:head-text", args=[head.day.isoformat()])


class HeadList(PublicListPage):
    """AUD08: one line a day, newest first; public."""

    template = "inspection/head_list.html"
    screen_code = "AUD08"
    title = _("ยอดสรุปประจำวันของบันทึกทั้งหมด")
    file_name = "daily-heads"
    columns = (
        Column("day", _("วันที่"), kind=Kind.DATE, heading=True, sort=("day",), url=head_url),
        Column("hash", _("ค่าแฮช (SHA-256)")),
        Column("filings_count", _("ชุดข้อมูล"), kind=Kind.NUMBER),
        Column("moved_count", _("ที่เปลี่ยนในวันนั้น"), kind=Kind.NUMBER),
        Column("events_count", _("การกระทำ"), kind=Kind.NUMBER),
        Column("rows_count", _("แถวข้อมูลระบบ"), kind=Kind.NUMBER),
    )

    def version(self) -> str:
        """The heads."""
        return state_of("inspection_dailyhead")

    def rows(self, search: Mapping[str, Any]) -> Any:
        """Every head."""
        return record.heads()


class HeadText(PublicAnswer):
    """The very bytes whose SHA-256 is a day's hash, as plain text; public."""

    def version(self) -> str:
        """The heads."""
        return state_of("inspection_dailyhead")

    def get(self, request: HttpRequest, day: str) -> HttpResponse:
        """The text of the day, or 404."""
        try:
            head = record.head_of(date.fromisoformat(day))
        except ValueError:
            raise Http404 from None
        if head is None:
            raise Http404
        response = HttpResponse(head.statement, content_type="text/plain; charset=utf-8")
        response["X-Head-SHA256"] = head.hash
        return response


class HeadsJson(PublicAnswer):
    """Every head as JSON: day, hash, the hash before, and the text that is hashed; public."""

    def version(self) -> str:
        """The heads."""
        return state_of("inspection_dailyhead")

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, newest first."""
        heads = [
            {
                "day": head.day.isoformat(),
                "hash": head.hash,
                "previous": head.previous_hash,
                "statement": head.statement,
            }
            for head in record.heads()
        ]
        return JsonResponse({"heads": heads}, json_dumps_params={"ensure_ascii": False})
