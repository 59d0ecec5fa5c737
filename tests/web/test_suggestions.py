"""Suggestions while typing: as forgiving as the search, small, bounded; and the list under the field, by keyboard and by hand."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from localgov.portal.views.unit_suggestions import UnitSuggestions
from localgov.travel.views.suggestions import ItemSuggestions
from localgov.ui.public_cache import CACHE
from localgov.ui.suggestions import MOST_SHOWN, Allowance
from tests.conftest import Register
from tests.web.public_shown import HOST, serve

pytestmark = pytest.mark.django_db

UNITS, ITEMS = "/units/suggestions.json", "/travel/suggestions.json"


@pytest.fixture(autouse=True)
def allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh one for each test: the clock of the tests stands, so that none would come back."""
    for view in (UnitSuggestions, ItemSuggestions):
        monkeypatch.setattr(view, "allowance", Allowance(rate=20, burst=40))


@pytest.mark.parametrize("text", ["บ้านสาธิต", "บ้านสาทิต", "6250101", "อบต.บ้านสาธิต"])
def test_a_unit_is_suggested_as_its_search_would_find_it(client: Client, register: Register, text: str) -> None:
    answer = client.get(UNITS, {"text": text})

    assert "/units/6250101/" in [one["url"] for one in answer.json()["items"]]
    assert len(answer.content) < 5000


def test_suggestions_stay_in_the_language_and_are_kept_like_every_public_answer(
    client: Client, register: Register
) -> None:
    first = client.get(f"/en{UNITS}", {"text": "บ้านสาธิต"})

    assert first.status_code == 200
    assert {one["url"][:10] for one in first.json()["items"]} == {"/en/units/"}
    assert "suggestion" in first.json()["words"]
    assert client.get(f"/en{UNITS}", {"text": "บ้านสาธิต"}, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("text", ["", "ก", "  ก ", "\x00", "%" * 500, "ไม่มีชื่อนี้แน่นอน" * 20])
@pytest.mark.parametrize("address", [UNITS, ITEMS])
def test_nothing_to_suggest_is_no_fault(client: Client, register: Register, address: str, text: str) -> None:
    answer = client.get(address, {"text": text})

    assert answer.status_code == 200
    assert len(answer.json()["items"]) <= MOST_SHOWN


def test_work_is_bounded_whoever_asks_and_what_is_kept_is_given(
    client: Client, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UnitSuggestions, "allowance", Allowance(rate=0, burst=1))
    CACHE.clear()

    statuses = [client.get(UNITS, {"text": text}).status_code for text in ("บ้านสาธิต", "บ้านอื่น", "บ้านสาธิต")]

    assert statuses == [200, 429, 200]


def test_an_allowance_comes_back_with_time() -> None:
    clock = [0.0]
    allowance = Allowance(rate=2, burst=3, clock=lambda: clock[0])
    taken = [allowance.take() for _ in range(4)]
    clock[0] = 0.5
    after = [allowance.take() for _ in range(2)]
    clock[0] = 1000

    assert taken == [True, True, True, False]
    assert after == [True, False]
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]


@pytest.fixture
def reader(chromium: Browser, register: Register) -> Page:
    """The list of units in a browser whose suggestions come from the program."""
    asked = f"{UNITS}?text=%E0%B8%9A%E0%B9%89%E0%B8%B2%E0%B8%99"  # บ้าน
    nothing = f"{UNITS}?text=zz"
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    serve(context, ["/units/", asked, nothing, "/units/6250101/", "/units/?text=%E0%B8%9A%E0%B9%89%E0%B8%B2%E0%B8%99"])
    page = context.new_page()
    page.goto(f"{HOST}/units/")
    page.locator("label[for=search-fold]").click()
    return page


def test_the_list_opens_is_walked_and_closed_by_the_keyboard(reader: Page) -> None:
    field = reader.get_by_role("combobox", name="ชื่อ อปท.")
    options = reader.get_by_role("option")

    field.press_sequentially("บ้าน")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(reader.locator("#announcer")).to_have_text(re.compile("คำแนะนำ"))
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("บ้าน")


def test_enter_follows_the_choice(reader: Page) -> None:
    field = reader.get_by_role("combobox", name="ชื่อ อปท.")
    field.press_sequentially("บ้าน")
    option = reader.get_by_role("option").filter(has_text="บ้านสาธิต").first
    expect(option).to_be_visible()
    for _step in range(MOST_SHOWN):
        field.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    field.press("Enter")

    reader.wait_for_url("**/units/6250101/")


def test_a_press_of_the_finger_follows_a_line(reader: Page) -> None:
    reader.get_by_role("combobox", name="ชื่อ อปท.").press_sequentially("บ้าน")
    reader.get_by_role("option").filter(has_text="บ้านสาธิต").first.click()

    reader.wait_for_url("**/units/6250101/")


def test_without_a_choice_enter_sends_the_search(reader: Page) -> None:
    field = reader.get_by_role("combobox", name="ชื่อ อปท.")
    field.press_sequentially("บ้าน")
    expect(reader.get_by_role("option").first).to_be_visible()
    with reader.expect_request(lambda one: "/units/?text=" in one.url):
        field.press("Enter")
