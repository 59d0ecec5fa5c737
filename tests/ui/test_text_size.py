"""Text Size ก ก ก (MISSION R2.3)."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_keeps_the_chosen_size_on_every_page(client: Client) -> None:
    response = client.post("/text-size/", {"size": "3", "next": "/_gallery/?page=2"})

    assert response["Location"] == "/_gallery/?page=2"
    assert 'data-text-size="3"' in client.get("/_gallery/").content.decode()


@pytest.mark.parametrize("size", ["", "4", "huge", '1"><script>'])
def test_ignores_a_size_that_there_is_not(client: Client, size: str) -> None:
    client.post("/text-size/", {"size": size})
    client.cookies["text_size"] = size

    assert 'data-text-size="1"' in client.get("/_gallery/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_never_leads_to_a_foreign_address(client: Client, target: str) -> None:
    assert client.post("/text-size/", {"size": "2", "next": target})["Location"] == "/"


def test_refuses_reading_by_get(client: Client) -> None:
    assert client.get("/text-size/").status_code == 405
