"""ข้อมูล อปท.: the list for everyone as page, CSV and JSON; it says how near a name is, and holds nothing but the register."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from html import unescape

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.test import Client

from localgov.directory import services as directory
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry
from tests.conftest import FIRST_DAY, NOW, Person, Register
from tests.directory.test_info11 import PERSON
from tests.organisations.register_files import row
from tests.portal.test_unit_search import ROWS, enter

pytestmark = pytest.mark.django_db


def seen(client: Client, **query: str) -> str:
    """The page's main part."""
    response = client.get("/units/", query)
    assert response.status_code == 200
    return unescape(response.content.decode().partition("<main")[2].partition("</main>")[0])


def table(client: Client) -> list[dict[str, str]]:
    """The rows of the CSV file."""
    response = client.get("/units.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_name_is_found_and_leads_to_its_page(client: Client) -> None:
    enter(*ROWS)

    page = seen(client, text="อบต หนองบัว ขอนแก่น")

    assert 'href="/units/6400101/"' in page
    assert "6250204" not in page
    assert "ไม่พบชื่อนี้" not in page


def test_it_says_when_only_something_like_it_was_found(client: Client) -> None:
    enter(*ROWS)

    assert "ไม่พบชื่อนี้ตรงตัว แสดงชื่อที่ใกล้เคียง" in seen(client, text="สุไหงโกรก")
    assert "ไม่พบชื่อนี้ในพื้นที่หรือประเภทที่ระบุ" in seen(client, text="อบต.เมืองเก่า ขอนแก่น")
    assert "ลองลดเงื่อนไข" in seen(client, text="ไม่มีวันพบชื่อนี้")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"province": "40"}, {"3400103", "5400102", "6400101"}),
        ({"region": "northeast", "unit_type": "SAO"}, {"6400101"}),
        ({"province": "40", "district": "4007"}, {"5400102"}),
        ({"province": "96", "region": "north"}, {"4960106"}),
    ],
)
def test_it_is_narrowed_by_area_and_type(query: dict[str, str], found: set[str], client: Client) -> None:
    enter(*ROWS)

    page = seen(client, **query)

    assert {code for code in (one["id"] for one in ROWS) if f"/units/{code}/" in page} == found


@pytest.mark.parametrize(
    "query",
    [
        {"province": "xx", "district": "9999", "unit_type": "'", "region": "\x00", "page": "-1"},
        {"text": "%_\\" * 40, "page": "๙๙"},
        {"text": "\x00 ' OR 1=1 --"},
        {"text": "ก" * 5000},
    ],
)
def test_nonsense_gets_a_page_in_words(query: dict[str, str], client: Client) -> None:
    enter(*ROWS)

    assert "ค้นหา" in seen(client, **query)


def test_files_hold_every_unit_of_today_in_thai_order_with_its_page(client: Client) -> None:
    enter(*ROWS, row("6250299", "เกาะสมมติ", area="12.5", lat="13.9", lng="101.7"))

    rows, answer = table(client), client.get("/units.json").json()

    names = [one["name"] for one in rows]
    assert names[:2] == ["องค์การบริหารส่วนตำบลเกาะสมมติ", "เทศบาลนครขอนแก่น"]
    assert (answer["count"], [one["name"] for one in answer["data"]]) == (len(ROWS) + 1, names)
    island = answer["data"][0]
    assert (island["code"], island["province_en"], island["area_km2"]) == ("6250299", "Prachin Buri", 12.5)
    assert (island["latitude"], island["website_status"], island["website"]) == (13.9, "not_recorded", None)
    assert rows[0]["page"] == island["page"] == "http://testserver/units/6250299/"


def test_files_follow_websites_and_the_register_and_name_no_person(
    client: Client, register: Register, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    states = {one["code"]: one["website_status"] for one in table(client)}
    assert states["6250101"] == "not_recorded"
    directory.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[PERSON], seen=0)
    directory.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)

    assert {one["code"]: one["website_status"] for one in table(client)}["6250101"] == "none"
    everything = client.get("/units.json").content.decode() + str(table(client)) + seen(client)
    assert [word for word in (*vars(PERSON).values(), "recorder") if str(word) in everything] == []

    OrganisationVersion.objects.filter(organisation=register.unit).update(in_force=DateRange(FIRST_DAY, NOW.date()))

    assert "6250101" not in {one["code"] for one in table(client)}
