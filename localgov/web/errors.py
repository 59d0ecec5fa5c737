"""The pages of 400, 403, 404, 409, 500 and 503: what happened and the way on; the public's in both languages.

An htmx request gets one notice, put above the content of the page it came from.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from localgov.access.actor import STRANGER
from localgov.ui.public import PublicReason
from localgov.ui.words import Words

_PAGES = Path(__file__).parent / "templates" / "web"
_SERVER_ERROR_PAGE = (_PAGES / "500.html").read_text(encoding="utf-8")
_UNAVAILABLE_PAGE = (_PAGES / "503.html").read_text(encoding="utf-8")

#: Seconds after which asking again is worth while: a database that was killed is back, or another has its place.
RETRY_AFTER = 5
UNAVAILABLE = "ฐานข้อมูลไม่ตอบชั่วขณะ ยังไม่ทราบผลของรายการนี้ สิ่งที่ระบบยืนยันแล้วยังอยู่ครบ โปรดรอสักครู่แล้วลองอีกครั้ง"
_READ_ONLY = "25006"


@dataclass(frozen=True)
class ErrorText:
    """Heading, explanation and next step of one status."""

    status: int
    title: Words
    reason: Words
    next_step: Words


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
    _("ไม่พบหน้านี้"),
    "ที่อยู่นี้ไม่มีในระบบ หรือเป็นข้อมูลที่บัญชีของท่านเปิดดูไม่ได้",
    _("ตรวจที่อยู่อีกครั้ง หรือเริ่มจากหน้าแรก"),
)
NOT_PUBLIC = ErrorText(404, NOT_FOUND.title, _("ที่อยู่นี้ไม่มีในระบบ หรือไม่เปิดเผยแล้ว"), NOT_FOUND.next_step)
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
    """handler404; says the same for what is not there and for what is not yours. A public page's own words are shown."""
    written = exception.args[0] if exception is not None and exception.args else ""
    reason = written if isinstance(written, PublicReason) else ""
    public = _is_public(request) or getattr(request, "actor", STRANGER).user_id is None
    return error_page(request, NOT_PUBLIC if public else NOT_FOUND, reason=reason, public=public)


def conflict(request: HttpRequest, reason: str = "") -> HttpResponse:
    """409 for a view whose service refused because of the state of things (`Denied`, stale, already done)."""
    return error_page(request, CONFLICT, reason=reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return error_page(request, STALE_PAGE)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: a page without context, query or tag, since anything may be broken; 503 while the database is away."""
    if _is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    return HttpResponse(_SERVER_ERROR_PAGE, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with `Retry-After`: a page, JSON with the reason for a script, a notice for htmx. Asks the database nothing."""
    response: HttpResponse
    if getattr(request, "htmx", False):
        response = HttpResponse(
            f'<div class="notice" data-kind="error" role="alert"><div>{UNAVAILABLE}</div></div>', status=503
        )
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML show:window:top"
    elif request.headers.get("Accept", "").startswith("application/json"):
        response = JsonResponse({"reason": UNAVAILABLE}, status=503)
    else:
        response = HttpResponse(_UNAVAILABLE_PAGE, status=503)
    response["Retry-After"], response["Cache-Control"] = str(RETRY_AFTER), "no-store"
    return response


def _is_database_away(error: BaseException | None) -> bool:
    """Whether the database, not the program, is what failed: gone, starting, full, or no longer the one that writes."""
    if not isinstance(error, Error):
        return False
    read_only = getattr(error.__cause__, "sqlstate", None) == _READ_ONLY
    if read_only:
        connection.close()  # to the server that was the primary: the next request looks for the new one
    return read_only or isinstance(error, (OperationalError, InterfaceError))


def error_page(request: HttpRequest, text: ErrorText, *, reason: str = "", public: bool = False) -> HttpResponse:
    """The page of an error; a particular `reason` replaces the general explanation and its next step.

    `public`: with the frame of the public site, whose own errors have it anyway.
    """
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
    template = "web/error_public.html" if public or _is_public(request) else "web/error.html"
    return render(request, template, context, status=text.status)


def _is_public(request: HttpRequest) -> bool:
    """Whether the error belongs to the public site: one of its pages, or an address that only it could have."""
    return hasattr(request, "public_site") or get_language() != settings.LANGUAGE_CODE
