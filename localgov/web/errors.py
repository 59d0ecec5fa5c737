"""The pages of 400, 403, 404, 409 and 500: what happened, in Thai, and the way on.

An htmx request gets one notice, put above the content of the page it came from.
"""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_SERVER_ERROR_PAGE = (Path(__file__).parent / "templates" / "web" / "500.html").read_text(encoding="utf-8")


@dataclass(frozen=True)
class ErrorText:
    """Heading, explanation and next step of one status."""

    status: int
    title: str
    reason: str
    next_step: str


BAD_REQUEST = ErrorText(
    400,
    "คำขอนี้อ่านไม่ได้",
    "ข้อมูลที่ส่งมาไม่ครบหรือไม่อยู่ในรูปแบบที่ระบบรับได้",
    "กลับไปหน้าก่อน แล้วลองอีกครั้ง",
)
FORBIDDEN = ErrorText(
    403,
    "ทำรายการนี้ไม่ได้",
    "บัญชีนี้ไม่มีสิทธิทำรายการนี้",
    "หากควรมีสิทธิ โปรดติดต่อผู้ดูแลระบบ INFO ของหน่วยงานท่าน",
)
NOT_FOUND = ErrorText(
    404,
    "ไม่พบหน้านี้",
    "ที่อยู่นี้ไม่มีในระบบ หรือเป็นข้อมูลที่บัญชีของท่านเปิดดูไม่ได้",
    "ตรวจที่อยู่อีกครั้ง หรือเริ่มจากหน้าแรก",
)
CONFLICT = ErrorText(
    409,
    "ทำรายการนี้ตอนนี้ไม่ได้",
    "ข้อมูลเปลี่ยนไปแล้วหลังจากที่ท่านเปิดหน้านี้",
    "เปิดหน้านี้ใหม่เพื่อดูข้อมูลล่าสุด แล้วทำรายการอีกครั้ง",
)
STALE_PAGE = ErrorText(
    403,
    "หน้านี้เปิดค้างไว้นานเกินไป",
    "ระบบตรวจไม่ได้ว่าคำขอนี้มาจากหน้าที่ท่านเปิดอยู่ จึงยังไม่ได้บันทึกสิ่งใด",
    "กลับไปหน้าก่อน โหลดหน้าใหม่ แล้วทำรายการอีกครั้ง หากยังเป็นเช่นเดิม โปรดเปิดรับคุกกี้ของระบบนี้",
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; the exception's own words are for programmers and stay in the log."""
    return error_page(request, BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403: the `Decision`'s reason, which `PermissionDenied` carries."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return error_page(request, FORBIDDEN, reason=reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404; says the same for what is not there and for what is not yours."""
    return error_page(request, NOT_FOUND)


def conflict(request: HttpRequest, reason: str = "") -> HttpResponse:
    """409 for a view whose service refused because of the state of things (`Denied`, stale, already done)."""
    return error_page(request, CONFLICT, reason=reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return error_page(request, STALE_PAGE)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: a page without context, query or tag, since anything may be broken."""
    return HttpResponse(_SERVER_ERROR_PAGE, status=500)


def error_page(request: HttpRequest, text: ErrorText, *, reason: str = "") -> HttpResponse:
    """The page of an error; a particular `reason` replaces the general explanation and its next step."""
    context = {
        "title": text.title,
        "status": text.status,
        "reason": reason or text.reason,
        "next_step": "" if reason else text.next_step,
    }
    if getattr(request, "htmx", False):
        context |= {"kind": "error", "text": f"{text.title}: {context['reason']} {context['next_step']}".strip()}
        response = render(request, "_components/notice.html", context, status=text.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML show:window:top"
        return response
    return render(request, "web/error.html", context, status=text.status)
