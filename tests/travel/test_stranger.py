"""No address, filter, feed or count of the public site tells of an item that is not shown; nonsense gets words, never 500."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.test import Client

from localgov.organisations.models import OrganisationVersion
from localgov.publishing import services as publishing
from localgov.publishing.states import PublishedKind
from localgov.travel import looks
from localgov.travel.models import ProblemReport
from tests.conftest import FIRST_DAY, NOW, Register
from tests.publishing.making import WRITER
from tests.travel.conftest import HIDDEN, Shelf

#: Every page and feed on which an item may stand, asked in the ways in which the hidden ones would be found.
PLACES_TO_LOOK = (
    "/travel/",
    "/travel/search/",
    "/travel/search/?text=ลับ",
    "/travel/search/?text=ลับ&what=news",
    "/travel/places/",
    "/travel/places/?kind=SACRED",
    "/travel/places/?text=ลับ&district=2501&province=25",
    "/travel/products/",
    "/travel/news/",
    "/travel/provinces/25/",
    "/travel/provinces/25/?what=places&text=ลับ",
    "/travel/near/?near=14.05,101.37&within=100",
    "/travel/calendar/?month=2026-11",
    "/travel/calendar/?month=2026-11&province=25",
    "/travel/calendar/all.ics",
    "/travel/calendar/25.ics",
    "/travel/suggestions.json?text=ลับ",
    "/travel/news/all.atom",
    "/travel/news/25.atom",
    "/travel/news/6250101.atom",
)


def body(client: Client, address: str) -> str:
    """What a stranger reads at an address; a calendar file as a program reads it."""
    response = client.get(address)
    assert response.status_code == 200, address
    text: str = response.content.decode().replace("\r\n ", "")
    return text


@pytest.mark.parametrize("address", PLACES_TO_LOOK)
def test_nothing_hidden_is_found_in_either_language(address: str, client: Client, shelf: Shelf) -> None:
    for found in (body(client, address), body(client, f"/en{address}")):
        assert HIDDEN not in found
        for item in shelf.hidden:
            slug = looks.SLUGS[PublishedKind(item.kind)]  # the number alone may be a province's code too
            assert not re.search(rf"/travel/{slug}/{item.pk}\b", found)
            assert f"news-{item.pk}@" not in found


def test_counts_are_of_what_is_shown(client: Client, shelf: Shelf) -> None:
    assert "พบ <strong>3</strong> รายการ" in body(client, "/travel/search/")
    assert "ปราจีนบุรี <b>3</b>" in body(client, "/travel/")
    assert "พบ <strong>1</strong> รายการ" in body(client, "/travel/places/")


def test_an_item_that_is_not_shown_is_the_same_404_as_one_that_never_was(client: Client, shelf: Shelf) -> None:
    never = client.get("/travel/places/999999/")
    assert never.status_code == 404
    words = _plain(never.content.decode())
    assert "ไม่มีรายการนี้ให้แสดง" in words
    for item in shelf.hidden:
        slug = looks.SLUGS[PublishedKind(item.kind)]
        for address in (f"/travel/{slug}/{item.pk}/", f"/en/travel/{slug}/{item.pk}/"):
            assert client.get(address).status_code == 404
        assert _plain(client.get(f"/travel/{slug}/{item.pk}/").content.decode()) == words
        form = f"/travel/{slug}/{item.pk}/problem/"
        assert client.get(form).status_code == 404
        assert client.post(form, {"kind": "WRONG", "text": "มีจริงไหม"}).status_code == 404
        assert client.get(f"/travel/news/{item.pk}.ics").status_code == 404
    assert client.get(f"/travel/news/{shelf.place.pk}/").status_code == 404  # another kind's number
    assert not ProblemReport.objects.exists()


def _plain(page: str) -> str:
    """The page's own words, without the number of the request."""
    return re.sub(r">[0-9a-f]{12}<", "", page.partition("<main")[2].partition("</main>")[0])


def test_what_ceases_to_be_shown_is_gone_with_the_next_asking(
    client: Client, shelf: Shelf, register: Register, at: datetime
) -> None:
    address = f"/travel/places/{shelf.place.pk}/"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304

    publishing.item_display(actor=WRITER, at=at, item_id=shelf.place.pk, displayed=False)

    assert client.get(address, headers={"if-none-match": etag}).status_code == 404
    assert "วัดต้นโพธิ์" not in body(client, "/travel/")
    OrganisationVersion.objects.filter(organisation=register.unit).update(in_force=DateRange(FIRST_DAY, NOW.date()))
    assert client.get(f"/travel/products/{shelf.product.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/travel/places/?page=9999", "ไม่มีหน้า “9999”"),
        ("/travel/places/?page=abc", "ไม่มีหน้า “abc”"),
        ("/travel/places/?kind=NO_SUCH", "ใช้ไม่ได้"),
        ("/travel/search/?province=99&district=x&what=%00", "ใช้ไม่ได้"),
        ("/travel/search/?text=%00%00", ""),
        ("/travel/search/?text=" + "ก" * 500, "ใช้ไม่ได้"),
        ("/travel/near/?near=abc", "abc"),
        ("/travel/near/?near=0,0", "พิกัด 0, 0"),
        ("/travel/near/?near=101.5,13.9", "สลับกัน"),
        ("/travel/near/?near=14,101&within=7", "ใช้ไม่ได้"),
        ("/travel/near/?at.x=0&at.y=0", "นอกแผนที่"),
        ("/travel/near/?at.x=9999999&at.y=๙", ""),
        ("/travel/near/?at.x=" + "9" * 5000 + "&at.y=1", ""),
        ("/travel/calendar/?month=abc", "ไม่มีเดือน “abc”"),
        ("/travel/calendar/?month=9999-99&province=00", "ไม่รู้จักจังหวัด"),
    ],
)
def test_nonsense_gets_words(address: str, words: str, client: Client, shelf: Shelf) -> None:
    assert words in body(client, address)


@pytest.mark.parametrize(
    "address",
    [
        "/travel/nothing/",
        "/travel/provinces/10/",
        "/travel/provinces/xx/",
        "/travel/calendar/xx.ics",
        f"/travel/places/{'9' * 25}/",
        "/travel/thanks/forged/",
        "/en/travel/problems/",
    ],
)
def test_what_there_is_not_is_404_in_words(address: str, client: Client, shelf: Shelf) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "<h1" in response.content.decode()
