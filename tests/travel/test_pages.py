"""What the public reads: lists, one item, around a point, the calendar, and the form of problems."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from localgov.publishing.states import PublishedKind
from localgov.travel import policies
from localgov.travel.models import ProblemReport
from localgov.ui.public_cache import CACHE
from tests.conftest import Register
from tests.house.test_query_counts import COUNTS
from tests.publishing.making import item_shown
from tests.travel.conftest import Shelf
from tests.travel.test_stranger import body


def linked(page: str) -> dict[str, Any]:
    """The data for machines on a page."""
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_an_empty_country_has_words_and_the_way_in(client: Client, register: Register) -> None:
    page = body(client, "/travel/")

    assert "ยังไม่มีเรื่องที่เผยแพร่" in page
    assert "ศิลปะ วัฒนธรรม และแหล่งมรดก" in page
    assert "ยังไม่มี อปท. เผยแพร่รายการในหน้านี้" in body(client, "/travel/news/")


def test_the_front_page_shows_what_is_new_and_where(client: Client, shelf: Shelf) -> None:
    page = body(client, "/travel/")

    assert f'href="/travel/places/{shelf.place.pk}/"' in page
    assert "120–350 บาท / กระบอก" in page
    assert "25–27 พ.ย. 2569" in page
    assert 'href="/travel/provinces/25/"' in page
    assert 'loading="lazy"' in page


def test_it_is_searched_without_minding_how_it_is_typed(client: Client, shelf: Shelf) -> None:
    assert "วัดต้นโพธิ์" in body(client, "/travel/search/?text=วัด ต้นโพธิ์")
    assert "วัดต้นโพธิ์" not in body(client, "/travel/search/?text=ข้าวหลาม")
    assert "วัดต้นโพธิ์" not in body(client, "/travel/places/?province=27")


def test_a_page_has_twenty_four_cards_and_plain_links_to_the_others(
    client: Client, register: Register, at: datetime
) -> None:
    for number in range(26):
        item_shown(register.unit, at, PublishedKind.NEWS, {"title": f"ข่าวที่ {number}"})

    first, second = body(client, "/travel/news/"), body(client, "/travel/news/?page=2")

    assert first.count("<article") == 24
    assert second.count("<article") == 2
    assert 'href="?page=2"' in first


def test_a_province_stays_kept_while_others_publish(
    client: Client, shelf: Shelf, register: Register, at: datetime
) -> None:
    addresses = ("/travel/provinces/25/", "/provinces/25/", "/regions/north/", "/districts/2501/")
    before = {address: client.get(address)["ETag"] for address in addresses}

    item_shown(register.other_unit, at)
    assert {address: client.get(address)["ETag"] for address in addresses} == before

    item_shown(register.unit, at, PublishedKind.PLACE, {"title": "เขื่อนใหม่"})
    after = {address: client.get(address)["ETag"] for address in addresses}
    assert [address for address in addresses if after[address] != before[address]] == list(addresses[:2])
    assert "เขื่อนใหม่" in body(client, "/travel/provinces/25/")
    assert "เขื่อนใหม่" in body(client, "/provinces/25/")


def test_a_place_says_where_it_is_to_people_and_machines(client: Client, shelf: Shelf) -> None:
    page = body(client, f"/travel/places/{shelf.place.pk}/")

    assert 'href="tel:+6637211000"' in page
    assert "query=14.050000,101.370000" in page or "query=14.05,101.37" in page
    assert 'property="og:image"' in page
    assert "tour@example.go.th" not in page
    assert "tour@example.go.th" in unescape(page)
    assert 'lang="th">วัดต้นโพธิ์</h1>' in page
    data = linked(page)
    assert (data["@type"], data["name"]) == ("TouristAttraction", "วัดต้นโพธิ์")
    assert data["geo"]["latitude"] == 14.05
    assert data["image"][0].startswith("http://testserver/travel/pictures/")


def test_a_product_has_its_price_and_a_fair_its_days(client: Client, shelf: Shelf) -> None:
    product = linked(body(client, f"/travel/products/{shelf.product.pk}/"))
    fair = linked(body(client, f"/travel/news/{shelf.fair.pk}/"))

    assert product["offers"] == {
        "@type": "AggregateOffer",
        "lowPrice": "120.00",
        "highPrice": "350.00",
        "priceCurrency": "THB",
    }
    assert (fair["@type"], fair["startDate"], fair["endDate"]) == ("Event", "2026-11-25", "2026-11-27")


def test_what_a_unit_wrote_is_text_and_its_links_are_safe(client: Client, register: Register, at: datetime) -> None:
    written = "<script>alert(1)</script>\n\nดู https://www.example.go.th/a?b=1&c=2 และ javascript:alert(1)"
    item = item_shown(register.unit, at, PublishedKind.NEWS, {"title": "</script><b>ข่าว", "body": written})

    page = body(client, f"/travel/news/{item.pk}/")

    assert "<script>alert" not in page
    assert "<b>ข่าว" not in page
    assert 'href="https://www.example.go.th/a?b=1&amp;c=2" rel="nofollow"' in page
    assert 'href="javascript:' not in page
    assert linked(page)["headline"] == "</script><b>ข่าว"


def test_around_a_point_the_nearest_comes_first_with_its_distance(
    client: Client, shelf: Shelf, register: Register, at: datetime
) -> None:
    item_shown(register.unit, at, PublishedKind.PLACE, {"title": "น้ำตกไกล", "latitude": "14.15", "longitude": "101.37"})

    page = body(client, "/travel/near/?near=14.05,101.38&within=25")

    assert page.index("วัดต้นโพธิ์</a>") < page.index("น้ำตกไกล</a>")
    assert "1.1 กม." in page
    assert "น้ำตกไกล" not in body(client, "/travel/near/?near=14.05,101.38&within=10")


def test_a_press_on_the_map_and_a_district_become_a_point_of_the_address(
    client: Client, shelf: Shelf, register: Register
) -> None:
    pressed = client.get("/travel/near/?at.x=160&at.y=250")
    assert pressed.status_code == 302
    assert re.search(r"near=1\d\.\d+%2C\+10\d\.\d+", pressed["Location"])

    register.unit.versions.update(latitude="14.04", longitude="101.36")
    chosen = client.get("/travel/near/?province=25&district=2501")
    assert "near=14.04%2C+101.36" in chosen["Location"]
    assert "วัดต้นโพธิ์" in body(client, chosen["Location"])
    assert client.get("/travel/near/th.svg").headers["Content-Type"] == "image/svg+xml"


def test_the_calendar_has_the_fair_on_each_of_its_days_and_as_a_file(client: Client, shelf: Shelf) -> None:
    month = body(client, "/travel/calendar/?month=2026-11")
    one = body(client, f"/travel/news/{shelf.fair.pk}.ics")

    assert month.count(f'<li><a href="/travel/news/{shelf.fair.pk}/"') == 3
    assert "พฤศจิกายน 2569" in month
    assert f'<h3><a class="link-text" href="/travel/news/{shelf.fair.pk}/"' in month
    assert "November 2026" in body(client, "/en/travel/calendar/?month=2026-11")
    assert "ยังไม่มีกิจกรรมในเดือนนี้" in body(client, "/travel/calendar/?month=2026-10")
    for feed in (one, body(client, "/travel/calendar/25.ics"), body(client, "/travel/calendar/all.ics")):
        assert f"UID:news-{shelf.fair.pk}@testserver" in feed
        assert "DTEND;VALUE=DATE:20261128" in feed
    assert "BEGIN:VEVENT" not in body(client, "/travel/calendar/27.ics")
    assert client.get("/travel/calendar/all.ics")["Content-Type"].startswith("text/calendar")


def test_a_reader_reports_a_problem_and_gets_a_number(client: Client, shelf: Shelf) -> None:
    address = f"/travel/places/{shelf.place.pk}/problem/"
    assert "csrfmiddlewaretoken" in body(client, address)

    short = client.post(address, {"kind": "WRONG", "text": ""})
    trap = client.post(address, {"kind": "WRONG", "text": "เวลาเปิดไม่ตรง", "website": "http://x.example"})
    sent = client.post(address, {"kind": "CLOSED", "text": "ปิดไปแล้ว", "contact": "a@example.com"}, follow=True)

    assert (short.status_code, trap.status_code) == (422, 422)
    report = ProblemReport.objects.get()
    assert f"เลขที่ {report.pk}" in sent.content.decode()
    assert (report.item_id, report.item_title) == (shelf.place.pk, "วัดต้นโพธิ์")
    assert "ปิดไปแล้ว" not in body(client, f"/travel/places/{shelf.place.pk}/")


def test_a_form_without_its_token_is_refused(shelf: Shelf) -> None:
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(f"/travel/places/{shelf.place.pk}/problem/", {"kind": "WRONG", "text": "ไม่มีโทเค็น"})

    assert refused.status_code == 403
    assert not ProblemReport.objects.exists()


def test_too_many_reports_from_one_address_are_told_to_wait(client: Client, shelf: Shelf) -> None:
    address = f"/travel/places/{shelf.place.pk}/problem/"
    for number in range(policies.PER_SENDER[0][0]):
        assert client.post(address, {"kind": "OTHER", "text": f"เรื่องที่ {number} นะ"}).status_code == 302

    stopped = client.post(address, {"kind": "OTHER", "text": "อีกเรื่องหนึ่ง"})

    assert stopped.status_code == 429
    assert "โปรดลองใหม่" in stopped.content.decode()


@pytest.mark.parametrize(
    "address", ["/travel/", "/travel/places/", "/travel/provinces/25/", "/travel/near/?near=14.05,101.37"]
)
def test_a_visit_leaves_no_cookie(address: str, client: Client, shelf: Shelf) -> None:
    assert not client.get(address).cookies


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("travel:home", "/travel/"),
        ("travel:item-list", "/travel/places/"),
        ("travel:province", "/travel/provinces/25/"),
        ("travel:near", "/travel/near/?near=14.05,101.37"),
        ("travel:calendar", "/travel/calendar/"),
        ("travel:item", "/travel/places/{place}/"),
    ],
)
def test_a_page_costs_what_is_committed_and_a_kept_one_its_state_alone(
    name: str, address: str, client: Client, shelf: Shelf
) -> None:
    address = address.format(place=shelf.place.pk)
    CACHE.clear()

    with CaptureQueriesContext(connection) as made:
        client.get(address)
    with CaptureQueriesContext(connection) as kept:
        client.get(address)

    counts = json.loads(COUNTS.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        counts[name] = len(made)
        COUNTS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert len(made) == counts.get(name), "\n".join(query["sql"][:150] for query in made)
    assert len(kept) <= 2


def test_what_is_shown_is_suggested_by_its_words(client: Client, shelf: Shelf) -> None:
    found = json.loads(body(client, "/travel/suggestions.json?text=ต้นโพธิ"))["items"]

    assert [one["url"] for one in found] == [f"/travel/places/{shelf.place.pk}/"]
    assert found[0]["label"] == "วัดต้นโพธิ์"
    assert "ปราจีนบุรี" in found[0]["note"]
    assert 'data-suggest="/en/travel/suggestions.json"' in body(client, "/en/travel/search/")
