"""Answers open to everyone: the same bytes for all, kept by what they show, right the second after a change."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from localgov.ui import public
from localgov.ui.public import PublicAnswer
from localgov.ui.public_cache import CACHE, Kept, PublicCache


class Told(PublicAnswer):
    """An answer whose state and text the test sets; counts how often it is made."""

    parameters = ("year",)
    state = "1"
    made = 0

    def version(self) -> str:
        return self.state

    def get(self, request: HttpRequest) -> HttpResponse:
        type(self).made += 1
        return HttpResponse(f"{self.state} {request.GET.dict()} {request.get_full_path()}", content_type="text/plain")


@pytest.fixture(autouse=True)
def _new() -> None:
    CACHE.clear()
    Told.state, Told.made = "1", 0


def ask(path: str = "/", **headers: str) -> Any:
    return Told.as_view()(RequestFactory().get(path, headers=headers))


def test_is_made_once_for_a_state_and_anew_the_moment_it_changes() -> None:
    first, second = ask(), ask()
    Told.state = "2"
    third = ask()

    assert first.content == second.content
    assert first["ETag"] == second["ETag"] != third["ETag"]
    assert third.content.startswith(b"2 ")
    assert Told.made == 2


def test_says_304_without_being_made_to_who_has_the_state() -> None:
    etag = ask()["ETag"]
    CACHE.clear()

    assert ask(**{"If-None-Match": etag}).status_code == 304
    assert Told.made == 1
    Told.state = "2"
    assert ask(**{"If-None-Match": etag}).status_code == 200


def test_tells_shared_caches_to_ask_each_time() -> None:
    response = ask()

    assert response["Cache-Control"] == "public, no-cache"
    assert response["Vary"] == "Accept-Encoding"


def test_unknown_parameters_neither_reach_the_page_nor_fill_the_room() -> None:
    plain = ask("/")
    asked = ask("/?utm_source=x&a=b")

    assert asked.content == plain.content
    assert asked["ETag"] == plain["ETag"]
    assert Told.made == 1


def test_known_parameters_have_one_order_and_no_blanks() -> None:
    assert ask("/?year=2570&x=1").content == ask("/?x=2&year=2570&year=").content
    assert Told.made == 1
    assert ask("/?year=2569").content != ask("/?year=2570").content


def test_is_packed_for_who_takes_that() -> None:
    packed, plain = ask(**{"Accept-Encoding": "gzip, br"}), ask()

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    assert packed["Content-Type"] == plain["Content-Type"] == "text/plain"
    assert int(packed["Content-Length"]) == len(packed.content)


def test_a_long_query_is_answered_but_not_kept() -> None:
    ask(f"/?year={'9' * 400}")

    assert CACHE.size == 0


def test_a_host_that_is_not_ours_is_refused() -> None:
    with pytest.raises(DisallowedHost):
        Told.as_view()(RequestFactory().get("/", headers={"host": "example.com"}))


def test_another_build_is_another_state(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask()["ETag"]
    monkeypatch.setattr(public, "build_stamp", lambda: "another")

    assert ask()["ETag"] != before


def test_the_room_for_answers_is_bounded_in_bytes() -> None:
    cache = PublicCache(limit=20_000)
    for number in range(50):
        cache.put((str(number),), Kept(etag="e", headers=(), packed=b"x" * 1000))
        cache.get(("0",))

    assert cache.size <= 20_000
    assert cache.get(("0",)) is not None  # used all the time
    assert cache.get(("1",)) is None
    assert cache.get(("49",)) is not None
    cache.put(("huge",), Kept(etag="e", headers=(), packed=b"x" * 10_000))
    assert cache.get(("huge",)) is None


def test_no_room_keeps_nothing() -> None:
    cache = PublicCache(limit=0)
    cache.put(("a",), Kept(etag="e", headers=(), packed=b""))

    assert cache.get(("a",)) is None
