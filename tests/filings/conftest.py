"""Addresses of our unit's filing, and saving as a browser without script does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from localgov.filings import services
from localgov.filings.models import Sheet
from localgov.filings.services.changes import AddRow, AnyChange, SetAnswer
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, Register, newest

UNIT = "/filings/2570/6250101/"
_HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)">')


@pytest.fixture
def send() -> Callable[..., Any]:
    """Posts a batch as the page's script does: `send(client, 1, {"op": "set", …}, …)`."""

    def post(client: Client, number: int, *changes: dict[str, Any], unit: str = UNIT, batch: str = "") -> Any:
        body = {"batch": batch or str(uuid4()), "changes": list(changes)}
        return client.post(f"{unit}{number}/answers/", data=json.dumps(body), content_type="application/json")

    return post


@pytest.fixture
def fill_year(register: Register, recorder: Person, at: datetime) -> Callable[..., Sheet]:
    """Answers a sheet of our unit in any year: `fill_year(2569, "domain_1", {…}, rows={"village": [{…}]})`."""

    def write(
        year: int, section: str, answers: dict[str, Any], rows: dict[str, list[dict[str, Any]]] | None = None
    ) -> Sheet:
        entry = RosterEntry.objects.select_related("round").get(round__fiscal_year_be=year, organisation=register.unit)
        changes: list[AnyChange] = [SetAnswer(code, answer, 0) for code, answer in answers.items()]
        for code, values in (rows or {}).items():
            for row in values:
                row_id = uuid4()
                changes.append(AddRow(code, row_id))
                changes += [SetAnswer(column, value, 0, code, row_id) for column, value in row.items()]
        services.answers_save(actor=recorder.actor, at=at, entry=entry, section=section, batch=uuid4(), changes=changes)
        return newest(entry, section)

    return write


def hidden_boxes(response: Any) -> dict[str, str]:
    """The hidden boxes of a page: what a plain post brings back besides what a person typed."""
    return {found["name"]: unescape(found["value"]) for found in _HIDDEN.finditer(response.content.decode())}


def words(response: Any) -> str:
    """The page without its tags, blanks folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
