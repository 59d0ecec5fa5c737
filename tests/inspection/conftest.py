"""What only the database's owner can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from localgov.filings.models import Sheet
from localgov.filings.states import Status

Tamper = Callable[..., None]


@pytest.fixture
def tamper() -> Tamper:
    """Runs SQL as the owner with every trigger off: what no one should, and somebody might."""

    def run(sql: str, *parameters: str | int) -> None:
        with triggers_off(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    return run


@contextmanager
def triggers_off() -> Iterator[None]:
    """No trigger fires, foreign keys included; only a superuser of the machine may say so."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


@contextmanager
def app_role() -> Iterator[None]:
    """As the serving role sees the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE localgov_app")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


@pytest.fixture
def certified(sheet_in: Callable[[Status], Sheet]) -> Sheet:
    """Our unit, certified at both levels."""
    return sheet_in(Status.CERTIFIED_PROVINCE)
