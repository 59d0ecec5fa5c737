"""The feeds of news: what is shown, newest first, as programs read it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from localgov.lib.atom import FeedEntry, feed_text
from tests.conftest import NOW
from tests.travel.conftest import Shelf

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("code", ["all", "25", "6250101"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_feed_tells_the_news_of_its_place_and_nothing_else(
    client: Client, shelf: Shelf, code: str, prefix: str
) -> None:
    answer = client.get(f"{prefix}/travel/news/{code}.atom")
    feed = ElementTree.fromstring(answer.content)
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert links["self"] == f"http://testserver{prefix}/travel/news/{code}.atom"
    assert client.get(str(links["alternate"])).status_code == 200
    entries = [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")]
    assert entries == [f"http://testserver{prefix}/travel/news/{shelf.fair.pk}/"]
    assert f'href="{prefix}/travel/news/{code}.atom"' in client.get(str(links["alternate"])).content.decode()


def test_a_place_without_news_has_an_empty_feed_and_no_place_has_none(client: Client, shelf: Shelf) -> None:
    assert b"<entry>" not in client.get("/travel/news/27.atom").content
    for code in ("10", "9999999", "x", "๒๕", "6250101x"):
        assert client.get(f"/travel/news/{code}.atom").status_code == 404


def test_what_xml_cannot_hold_is_left_out_and_the_rest_escaped() -> None:
    entry = FeedEntry("https://example.go.th/1", "ก <b> & \x00\x0b\ud800", NOW, "อบต.")
    feed = ElementTree.fromstring(
        feed_text([entry], title="ข", url="u", page="p", language="th", since=NOW).encode("utf-8")
    )

    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "ก <b> & "
    assert feed.findtext(f"{ATOM}updated") == NOW.isoformat()
