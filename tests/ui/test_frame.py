"""The frame around every page: menu, error pages, request number (MISSION R2.1, R2.3)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory

from localgov.access.actor import STRANGER, Actor, Grant
from localgov.access.permissions import Permission as P
from localgov.access.roles import RoleCode
from localgov.web import errors
from localgov.web.context import Frame
from localgov.web.menu import MenuGroup, MenuItem, shown_menu

RECORDER = Actor(user_id=1, label="ผู้บันทึกสาธิต", grants=(Grant(RoleCode.RECORDER, "th.25.2501.1."),))
MENU = (
    MenuGroup("", (MenuItem("ตรวจระบบ", "web:health", P.HOME_VIEW),)),
    MenuGroup(
        "กลุ่ม", (MenuItem("คลัง", "ui:gallery", P.FILING_VIEW), MenuItem("ออกบัญชี", "ui:gallery", P.ACCOUNTS_ISSUE))
    ),
    MenuGroup("ว่าง", (MenuItem("ยังไม่มีหน้า", "no:such-page", P.HOME_VIEW),)),
)


def request_of(path: str = "/", actor: Actor = STRANGER) -> HttpRequest:
    """A request as views see it."""
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]
    return request


def test_menu_shows_what_the_actor_may_open_and_what_exists() -> None:
    groups = shown_menu(actor=RECORDER, path="/", menu=MENU)

    assert [(group.label, [item.label for item in group.items]) for group in groups] == [
        ("", ["ตรวจระบบ"]),
        ("กลุ่ม", ["คลัง"]),
    ]


@pytest.mark.parametrize("path", ["/_gallery/", "/_gallery/3/edit/"])
def test_menu_marks_the_line_of_the_page(path: str) -> None:
    groups = shown_menu(actor=RECORDER, path=path, menu=MENU)

    assert [item.label for group in groups for item in group.items if item.active] == ["คลัง"]


def test_stranger_has_no_menu() -> None:
    assert Frame(request_of()).menu == ()


def test_label_names_the_person_and_the_roles() -> None:
    assert Frame(request_of(actor=RECORDER)).user_label == "ผู้บันทึกสาธิต (ผู้บันทึก)"


def test_position_is_named_by_its_title() -> None:
    actor = Actor(
        user_id=1, label="ก", grants=(Grant(RoleCode.EXECUTIVE, "th.", position_title="ปลัดเทศบาล รักษาราชการแทน"),)
    )

    assert Frame(request_of(actor=actor)).user_label == "ก (ปลัดเทศบาล รักษาราชการแทน)"


@pytest.mark.django_db
def test_unknown_address_says_so_in_thai(client: Client) -> None:
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "ไม่พบหน้านี้" in response.content.decode()


@pytest.mark.django_db
def test_refusal_shows_its_reason() -> None:
    response = errors.permission_denied(request_of(), PermissionDenied("แก้ไขไม่ได้ในสถานะ “ส่งตรวจแล้ว”"))

    assert response.status_code == 403
    assert "แก้ไขไม่ได้ในสถานะ “ส่งตรวจแล้ว”" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("response", "status"),
    [
        (lambda request: errors.bad_request(request, ValueError("secret")), 400),
        (lambda request: errors.conflict(request, "มีผู้แก้ไขก่อน"), 409),
        (lambda request: errors.csrf_failure(request, "token"), 403),
        (lambda request: errors.server_error(request), 500),
    ],
)
def test_every_error_has_a_thai_page_that_tells_no_secret(response: object, status: int) -> None:
    answer = response(request_of())  # type: ignore[operator]

    assert answer.status_code == status
    assert 'lang="th"' in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_htmx_gets_a_notice_instead_of_a_page() -> None:
    request = request_of()
    request.htmx = True  # type: ignore[attr-defined]

    response = errors.conflict(request, "มีผู้แก้ไขก่อน")

    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()


@pytest.mark.django_db
def test_each_answer_carries_its_own_number(client: Client) -> None:
    first, second = (client.get("/healthz", headers={"X-Request-ID": "forged"})["X-Request-ID"] for _ in range(2))

    assert first != second
    assert "forged" not in (first, second)


@pytest.mark.django_db
def test_pages_carry_the_strict_policy_and_nothing_inline(client: Client) -> None:
    response = client.get("/_gallery/")
    body = response.content.decode()

    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert " style=" not in body
    assert "<style" not in body
    assert " onclick=" not in body
