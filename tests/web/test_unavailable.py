"""While the database is away: 503 with the time to ask again, for each kind of request in its own way; never a bare 500."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler, DatabaseError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from config.statements import prepared_cursor
from localgov.web import errors


@pytest.fixture
def _unguarded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Real connections that no test transaction surrounds; nothing is written through them."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def answer_while_away(request: HttpRequest, folder: Path) -> HttpResponse:
    """What the handler of errors answers when the database's socket is not there."""
    away = ConnectionHandler({"default": settings.DATABASES["default"] | {"HOST": str(folder)}})["default"]
    try:
        away.cursor()
    except OperationalError:
        return errors.server_error(request)
    raise AssertionError("the database answered from an empty folder")


@pytest.mark.usefixtures("_unguarded")
def test_a_page_says_what_is_certain_and_when_to_ask_again(tmp_path: Path) -> None:
    response = answer_while_away(RequestFactory().get("/home/"), tmp_path)

    assert (response.status_code, response["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, str(errors.RETRY_AFTER))
    assert "ฐานข้อมูลไม่ตอบชั่วขณะ" in response.content.decode()


@pytest.mark.usefixtures("_unguarded")
def test_a_script_gets_the_reason_as_json(tmp_path: Path) -> None:
    request = RequestFactory().post("/filings/", headers={"Accept": "application/json"})

    response = answer_while_away(request, tmp_path)

    assert (response.status_code, response["Content-Type"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "application/json")


@pytest.mark.usefixtures("_unguarded")
def test_htmx_gets_a_notice_above_its_page(tmp_path: Path) -> None:
    request = RequestFactory().get("/home/", headers={"HX-Request": "true"})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]

    response = answer_while_away(request, tmp_path)

    assert (response.status_code, response["HX-Retarget"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "#messages")
    assert errors.UNAVAILABLE in response.content.decode()


def test_a_fault_of_the_program_stays_a_fault_of_the_program() -> None:
    statuses = []
    for fault in (ProgrammingError("relation does not exist"), DatabaseError("?"), ValueError("?")):
        try:
            raise fault
        except Exception:
            statuses.append(errors.server_error(RequestFactory().get("/")).status_code)

    assert statuses == [HTTPStatus.INTERNAL_SERVER_ERROR] * 3


@pytest.mark.usefixtures("_unguarded")
def test_a_database_that_only_reads_is_away() -> None:
    """What the old primary says when another has taken its place and it came back as a replica."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        with pytest.raises(DatabaseError) as refused:
            cursor.execute("CREATE TABLE never (id int)")
    try:
        raise refused.value
    except DatabaseError:
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert connection.connection is None  # the next request looks for the one that writes


def test_the_process_says_that_it_lives_without_asking_the_database() -> None:
    """No database is allowed in this test."""
    response = Client().get("/livez")

    assert (response.status_code, response.json()) == (HTTPStatus.OK, {"status": "alive"})


@pytest.mark.usefixtures("_unguarded")
def test_a_connection_that_the_database_ended_since_the_last_request_is_made_anew() -> None:
    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ended = cursor.fetchone()[0]
    other = ConnectionHandler({"default": settings.DATABASES["default"]})["default"]
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    other.close()
    connection.close_if_unusable_or_obsolete()  # as each request begins

    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != ended
