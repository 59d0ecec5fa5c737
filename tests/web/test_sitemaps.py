"""What search engines are told: what is public now, in both languages, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from localgov.certification.models import Certificate
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.lib.thai_calendar import BANGKOK
from localgov.organisations.models import OrganisationVersion
from localgov.publishing.states import PublishedKind
from localgov.web.selectors import page_changes
from tests.conftest import NOW, Register
from tests.publishing.making import item_made, item_shown

pytestmark = pytest.mark.django_db


def addresses(path: str) -> list[str]:
    """The addresses that a sitemap names."""
    tree = ElementTree.fromstring(Client().get(path).content)
    return [str(one.text) for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_robots_find_the_sitemap_and_stay_out_of_the_officers_pages() -> None:
    text = Client().get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /filings/" in text


def test_every_address_named_is_public_and_stands_in_both_languages(register: Register) -> None:
    parts = addresses("/sitemap.xml")
    named = [one for part in parts for one in addresses(part.removeprefix("http://testserver"))]

    assert {one.removeprefix("http://testserver") for one in parts} >= {"/sitemap-pages-1.xml", "/sitemap-units-1.xml"}
    assert "http://testserver/websites/" in named
    assert "http://testserver/en/units/6250101/" in named
    thai = [one for one in named if "/en/" not in one]
    assert sorted(re.sub("http://testserver", "http://testserver/en", one) for one in thai) == sorted(
        one for one in named if "/en/" in one
    )
    for one in ("/", "/websites/", "/units/6250101/", "/certificates/"):
        assert Client().get(one).status_code == 200


def test_an_item_stands_there_from_when_it_is_shown(register: Register, at: datetime) -> None:
    waiting = item_made(register.unit, at)
    nothing = Client().get("/sitemap-items-1.xml")
    item_shown(register.unit, at, PublishedKind.PRODUCT)
    named = addresses("/sitemap-items-1.xml")

    assert nothing.status_code == 404
    assert len(named) == 2
    assert all(re.search(r"/travel/products/\d+/$", one) for one in named)
    assert not any(f"/{waiting.pk}/" in one for one in named)


def test_a_unit_that_is_no_more_leaves_it_at_once(register: Register) -> None:
    before = addresses("/sitemap-units-1.xml")
    OrganisationVersion.objects.filter(organisation=register.unit).update(
        in_force=(NOW.date().replace(year=2020), NOW.date())
    )

    after = addresses("/sitemap-units-1.xml")

    assert {one.removeprefix("http://testserver") for one in before} - {
        one.removeprefix("http://testserver") for one in after
    } == {"/units/6250101/", "/en/units/6250101/"}


@pytest.mark.parametrize("path", ["/sitemap-none-1.xml", "/sitemap-units-99.xml", "/sitemap-units-0.xml"])
def test_a_part_that_there_is_not(path: str, register: Register) -> None:
    assert Client().get(path).status_code == 404


def changed(path: str) -> dict[str, str]:
    """The day of the last change of each address that has one."""
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ElementTree.fromstring(Client().get(path).content)
    found = {one.findtext(f"{name}loc"): one.findtext(f"{name}lastmod") for one in tree.iter(f"{name}url")}
    return {str(where).removeprefix("http://testserver"): day for where, day in found.items() if day}


def test_a_certificate_moves_the_day_of_its_unit_province_and_domain(
    register: Register, sheet_in: Callable[[Status], Sheet]
) -> None:
    before = changed("/sitemap-units-1.xml")
    sheet_in(Status.CERTIFIED_PROVINCE)
    units, pages = changed("/sitemap-units-1.xml"), changed("/sitemap-pages-1.xml")
    today = Certificate.objects.order_by("-id")[0].at.astimezone(BANGKOK).date().isoformat()

    assert before["/units/6250101/"] < today
    assert units["/units/6250101/"] == units["/en/units/6250101/"] == pages["/provinces/25/"] == today
    assert pages["/domains/1/"] == pages["/"] == today
    assert units["/units/6270101/"] == before["/units/6270101/"]


def test_the_days_of_all_units_cost_no_more_than_those_of_one(
    register: Register, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    with CaptureQueriesContext(connection) as queries:
        page_changes("a state of its own", NOW.date())

    assert len(queries) == 2
