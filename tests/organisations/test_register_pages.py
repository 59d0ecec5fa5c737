"""Pages of the register: what each shows, and to whom."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.organisations.models import Organisation
from localgov.organisations.services import ImportOrder, register_import
from tests.conftest import NOW, Person
from tests.organisations.register_files import FIRST, register_file, row

pytestmark = pytest.mark.django_db

AT = NOW
WEBSITE = "bansang001@bansang.go.th"
#: Session, account, grants, the office's name and the menu: what every page of a signed-in person costs.
FRAME = 4


@pytest.fixture(autouse=True)
def register_read() -> None:
    """Six units of two provinces, one of them with a website that is none, one renamed later."""
    later = (row("6250201", "บ้านชื่อใหม่", website=WEBSITE, lat="13.98", lng="101.71"), *FIRST[1:])
    for rows, day in ((FIRST, None), (later, AT.date())):
        register_import(
            actor=system_actor("ทดสอบ", RoleCode.OPERATOR),
            at=AT,
            content=register_file(rows),
            file_name="register.csv",
            order=ImportOrder(effective=day),
        )


@pytest.fixture
def officer(person: Callable[..., Person]) -> Person:
    """An officer of ปราจีนบุรี."""
    return person("p25", Organisation.objects.get(code="P25"), RoleCode.PROVINCE_OFFICER)


@pytest.fixture
def neighbour(person: Callable[..., Person]) -> Person:
    """The stranger: an officer of the next province."""
    return person("p27", Organisation.objects.get(code="P27"), RoleCode.PROVINCE_OFFICER)


@pytest.fixture
def recorder(person: Callable[..., Person]) -> Person:
    """A recorder of one unit."""
    return person("rec", Organisation.objects.get(code="6250201"), RoleCode.RECORDER)


def body(who: Person, address: str, status: int = 200) -> str:
    """The page as one of the cast sees it."""
    response = who.client().get(address)
    assert response.status_code == status
    return response.content.decode()


def listing(who: Person, query: str = "") -> str:
    """The list of units."""
    return body(who, reverse("organisations:unit-list") + query)


def test_lists_the_units_of_the_own_tree_in_thai_order(officer: Person) -> None:
    page = listing(officer)

    assert "<strong>5</strong> รายการ" in page
    assert re.findall(r'<a href="/register/(\d{7})/">', page) == ["6250201", "6250202", "2250101", "4250104", "5250203"]
    assert "เพื่อนบ้านสมมติ" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?text=แบบอย่าง", "บ้านแบบอย่าง"),
        ("?text=อบต. บ้านแบบ", "บ้านแบบอย่าง"),
        ("?text=บ้านแบบอย่าน", "บ้านแบบอย่าง"),
        ("?text=6250202", "บ้านแบบอย่าง"),
        ("?text=๖๒๕๐๒๐๒", "บ้านแบบอย่าง"),
        ("?unit_type=TOWN", "ปราจีนสมมติ"),
        ("?district=2501&unit_type=TOWN", "ปราจีนสมมติ"),
    ],
)
def test_finds_by_part_spelling_code_and_filters(officer: Person, query: str, found: str) -> None:
    page = listing(officer, query)

    assert "<strong>1</strong> รายการ" in page
    assert found in page


def test_a_title_in_the_search_does_not_make_all_units_of_the_type_alike(officer: Person) -> None:
    assert "ไม่พบข้อมูล" in listing(officer, "?text=อบต.หนองน้ำใส")


def test_gives_the_list_as_a_workbook(officer: Person) -> None:
    response = officer.client().get(reverse("organisations:unit-list") + "?export=xlsx&unit_type=SAO")

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_name("ข้อมูล").to_python()
    assert [row[1] for row in rows] == ["รหัส", "6250201", "6250202"]


def test_a_unit_sees_itself_alone(recorder: Person) -> None:
    assert "<strong>1</strong> รายการ" in listing(recorder)


def test_shows_a_unit_with_its_history_place_and_doubts(officer: Person) -> None:
    page = body(officer, reverse("organisations:unit-detail", args=["6250201"]))

    assert "องค์การบริหารส่วนตำบลบ้านชื่อใหม่" in page
    assert "องค์การบริหารส่วนตำบลบ้านสมมติ" in page
    assert "1 ต.ค. 2568 ถึงก่อน 20 พ.ย. 2569" in page
    assert "เปลี่ยนชื่อ" in page
    assert "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอกบินทร์บุรี" in page
    assert WEBSITE in page
    assert "เป็นอีเมล" in page
    assert f'href="{WEBSITE}"' not in page


def test_shows_offices_with_the_units_that_they_watch(officer: Person) -> None:
    province = body(officer, reverse("organisations:office-detail", args=["P25"]))
    district = body(officer, reverse("organisations:district-detail", args=["D2502"]))

    assert "ขึ้นตรงกับ สถจ.ปราจีนบุรี" in province
    assert "<strong>8</strong> รายการ" in province
    assert "<strong>3</strong> รายการ" in district


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("unit-detail", "6250201"),
        ("office-detail", "P25"),
        ("office-detail", "DLA"),
        ("district-detail", "D2502"),
        ("unit-detail", "P27"),
        ("office-detail", "6270101"),
        ("district-detail", "P27"),
        ("unit-detail", "0000000"),
    ],
)
def test_what_is_not_yours_or_not_there_is_404(neighbour: Person, name: str, code: str) -> None:
    body(neighbour, reverse(f"organisations:{name}", args=[code]), status=404)


def test_the_neighbour_finds_nothing_by_searching(neighbour: Person) -> None:
    assert "ไม่พบข้อมูล" in listing(neighbour, "?text=บ้านแบบอย่าง")
    assert "<strong>1</strong> รายการ" in listing(neighbour, "?district=2502")


@pytest.mark.parametrize(
    "address",
    [
        reverse("organisations:unit-list"),
        reverse("organisations:unit-detail", args=["6250201"]),
        reverse("organisations:office-detail", args=["P25"]),
        reverse("organisations:district-detail", args=["D2502"]),
    ],
)
def test_pages_only_show(officer: Person, address: str) -> None:
    assert officer.client().post(address).status_code == 405


@pytest.mark.parametrize("name", ["unit-list", "unit-detail", "office-detail", "district-detail"])
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str) -> None:
    arguments = {"unit-list": [], "unit-detail": ["6250201"], "office-detail": ["P25"], "district-detail": ["D2502"]}
    response = client.get(reverse(f"organisations:{name}", args=arguments[name]))

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_list_costs_two_queries_besides_the_frame(
    officer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = officer.client()
    browser.get(reverse("organisations:unit-list"))

    with django_assert_max_num_queries(FRAME + 2):
        browser.get(reverse("organisations:unit-list"))


def test_a_search_counts_what_it_found_with_its_page(
    officer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = officer.client()
    browser.get(reverse("organisations:unit-list"))

    with django_assert_max_num_queries(FRAME + 1):
        page = browser.get(reverse("organisations:unit-list") + "?text=บ้าน").content.decode()

    found = page.count('class="row-action"')
    assert found
    assert f"<strong>{found}</strong> รายการ" in page


@pytest.mark.parametrize("number", ["2", "999999999"])
def test_a_search_beyond_its_last_page_shows_the_last(officer: Person, number: str) -> None:
    page = listing(officer, f"?text=แบบอย่าง&page={number}")

    assert "บ้านแบบอย่าง" in page
    assert "<strong>1</strong> รายการ" in page
    assert "จึงแสดงหน้าสุดท้าย" in page


def test_a_unit_costs_five_queries_besides_the_frame(
    officer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = officer.client()
    browser.get(reverse("organisations:unit-detail", args=["6250201"]))

    with django_assert_max_num_queries(FRAME + 5):
        browser.get(reverse("organisations:unit-detail", args=["6250201"]))
