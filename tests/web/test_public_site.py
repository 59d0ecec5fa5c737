"""The public site: given before sessions and accounts, in two languages by the address, with the frame of the public."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localgov.forms import services as forms
from localgov.web import errors
from localgov.web.public_site import Entry, other_language, shown
from tests.conftest import Person, Register
from tests.web.public_reading import faults

pytestmark = pytest.mark.django_db


def test_who_is_signed_in_gets_the_same_bytes_and_no_cookie(recorder: Person, register: Register) -> None:
    address = reverse("websites:website-list")

    theirs, strangers = recorder.client().get(address), Client().get(address)

    assert theirs.content == strangers.content
    assert not strangers.cookies
    assert "Cookie" not in strangers["Vary"]
    assert strangers["Content-Security-Policy"]
    assert strangers["X-Frame-Options"] == "DENY"


def test_a_kept_page_costs_its_state_and_the_frames(register: Register) -> None:
    client = Client()
    client.get("/websites/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/websites/")

    assert len(queries) == 2


def test_the_frame_follows_the_note_on_the_home_page_at_once(department_officer: Person, at: datetime) -> None:
    client = Client()
    before = client.get("/websites/")
    forms.note_write(
        actor=department_officer.actor, at=at, subject="home", seen=0, text="", office="กองสาธิต", telephone=""
    )
    after = client.get("/websites/")

    assert "กองสาธิต" not in before.content.decode()
    assert "กองสาธิต" in after.content.decode()
    assert before["ETag"] != after["ETag"]


def test_head_has_the_headers_alone(register: Register) -> None:
    client = Client()
    whole, head = client.get("/websites/"), client.head("/websites/")

    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == whole["ETag"]


def test_the_address_decides_the_language_and_nothing_else(register: Register) -> None:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    thai, english = client.get("/websites/").content.decode(), client.get("/en/websites/").content.decode()

    assert '<html lang="th"' in thai
    assert '<html lang="en"' in english
    assert 'href="http://testserver/en/websites/"' in thai
    for page in (thai, english):
        assert 'rel="alternate" hreflang="th" href="http://testserver/websites/"' in page
        assert 'rel="alternate" hreflang="en" href="http://testserver/en/websites/"' in page
    assert 'rel="canonical" href="http://testserver/en/websites/"' in english


def test_officers_pages_have_no_english_address(recorder: Person) -> None:
    assert recorder.client().get("/en/home/").status_code == 404
    assert '<html lang="th"' in recorder.client().get("/home/").content.decode()


def test_an_address_without_its_slash_leads_there_in_its_language() -> None:
    assert Client().get("/en/websites")["Location"] == "/en/websites/"


@pytest.mark.parametrize(
    ("one", "other"), [("/", "/en/"), ("/units/6250101/?year=2570", "/en/units/6250101/?year=2570"), ("/energy/", None)]
)
def test_each_page_leads_to_itself_in_the_other_language(one: str, other: str | None) -> None:
    assert other_language(one) == (other or f"/en{one}")
    assert other_language(other_language(one)) == one


def test_the_navigation_shows_what_exists_and_marks_where_one_is() -> None:
    entries = (
        Entry("หน้าแรก", "portal:home"),
        Entry("ไม่มี", "no:such-page"),
        Entry("เว็บไซต์", inner=(Entry("รายการ", "websites:website-list"),)),
    )

    lines = shown(entries, "/websites/", home="/")

    assert [(line.label, line.active) for line in lines] == [("หน้าแรก", False), ("เว็บไซต์", True)]
    assert lines[1].inner[0].url == "/websites/"


def test_links_stay_in_the_language(register: Register) -> None:
    page = Client().get("/en/websites/").content.decode()
    navigation = re.search(r'<nav class="site-nav.*?</nav>', page, re.DOTALL)

    assert navigation is not None
    assert all(url.startswith("/en/") for url in re.findall(r'href="(.*?)"', navigation[0]))


def test_a_page_that_is_not_there_says_so_in_the_frame_and_the_language() -> None:
    english, thai = Client().get("/en/no/such/page/"), Client().get("/audit/heads/no-day/")

    assert english.status_code == thai.status_code == 404
    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="th"' in thai.content.decode()
    assert all("site-footer" in one.content.decode() for one in (english, thai))


@pytest.mark.parametrize(("path", "language"), [("/no-such-page/", "th"), ("/en/units/9999999/", "en")])
def test_a_stranger_lost_finds_the_search_and_no_machine_keeps_the_page(path: str, language: str) -> None:
    page = Client().get(path)
    text = page.content.decode()

    assert page.status_code == 404
    assert f'<html lang="{language}"' in text
    assert f'action="{"/en" if language == "en" else ""}/units/"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text
    assert not page.cookies


def test_an_officer_lost_stays_in_his_own_frame(recorder: Person) -> None:
    page = recorder.client().get("/no-such-page/").content.decode()

    assert "site-footer" not in page
    assert "ไม่พบหน้านี้" in page


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_a_page_that_stands_when_nothing_else_does_speaks_both_languages(name: str) -> None:
    page = (Path(errors.__file__).parent / "templates" / "web" / name).read_text(encoding="utf-8")

    assert faults(page, "th") == ["0 × footer"]
    assert '<section lang="en">' in page
    assert 'href="/en/"' in page
    assert set(re.findall(r'(?:src|href)="(/static/[^"]*)"', page)) == {"/static/favicon.svg", "/static/error.css"}
