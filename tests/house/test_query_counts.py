"""Every list page has a committed count of SQL queries; a change of it is seen in review.

`UPDATE_QUERY_COUNTS=1 pytest tests/house/test_query_counts.py` writes the counts anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from localgov.notices import services as notices
from localgov.reports import services as letters
from localgov.reports.kinds import LetterKind
from localgov.reports.models import LetterRun
from localgov.rounds.models import RosterEntry
from localgov.ui.lists import ListPage
from localgov.ui.public_cache import CACHE
from tests.conftest import Person
from tests.reports.conftest import office_of, order_of

COUNTS = Path(__file__).parents[1] / "query_counts.json"

#: List page → who opens it in the measurement; a list that is missing here fails the test below.
READERS = {
    "accounts:executive-list": "department_officer",
    "accounts:issue": "department_officer",
    "accounts:officer-list": "department_officer",
    "accounts:people-list": "department_officer",
    "certification:exception-list": "department_officer",
    "certification:province-queue": "province_certifier",
    "directory:website-status": "department_officer",
    "directory:website-status-detail": "department_officer",
    "filings:filing-home": "department_officer",
    "websites:office-list": "department_officer",
    "websites:website-list": "department_officer",
    "forms:form-list": "form_owner",
    "forms:note-list": "department_officer",
    "inspection:act-list": "auditor",
    "inspection:filing-find": "auditor",
    "inspection:filing-story": "auditor",
    "heads:head-list": "auditor",
    "inspection:own-story": "auditor",
    "inspection:person-story": "auditor",
    "inspection:row-list": "auditor",
    "jobs:job-list": "department_officer",
    "library:item-list": "department_officer",
    "monitoring:activity": "department_officer",
    "monitoring:idle-list": "department_officer",
    "monitoring:lagging-list": "department_officer",
    "monitoring:pace": "department_officer",
    "monitoring:province-report": "department_officer",
    "monitoring:province-status": "department_officer",
    "mail:account-list": "department_officer",
    "mail:mail-list": "department_officer",
    "mail:reminder-list": "department_officer",
    "monitoring:status": "department_officer",
    "monitoring:survey-status": "department_officer",
    "monitoring:unit-activity": "department_officer",
    "monitoring:unit-status": "department_officer",
    "notices:addressee-list": "province_officer",
    "notices:circular-list": "recorder",
    "notices:sent-list": "province_officer",
    "organisations:district-detail": "department_officer",
    "problems:problem-list": "recorder",
    "organisations:office-detail": "department_officer",
    "organisations:unit-list": "department_officer",
    "publishing:news-list": "recorder",
    "publishing:place-list": "recorder",
    "publishing:product-list": "recorder",
    "publishing:queue": "province_officer",
    "portal:unit-list": "department_officer",
    "publishing:entry-duty-list": "department_officer",
    "publishing:entry-status": "department_officer",
    "publishing:entry-status-detail": "department_officer",
    "reports:letter-detail": "department_officer",
    "reports:run-detail": "department_officer",
    "reports:run-list": "department_officer",
    "reports:template-list": "department_officer",
    "rounds:round-detail": "department_officer",
    "rounds:round-list": "department_officer",
    "rounds:time-act-list": "department_officer",
    "scoring:score-list": "department_officer",
}


def list_pages() -> dict[str, str]:
    """URL name → route of every page made with the list machinery (the gallery's examples apart)."""
    found = {}
    for name, route, view in _walk(get_resolver(), ""):
        page = getattr(view, "view_class", None)
        if page is not None and issubclass(page, ListPage) and not name.startswith("ui:"):
            found[name] = route
    return found


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, str, object]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", str(pattern.pattern), pattern.callback
        else:
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def address(name: str, entry: RosterEntry, reader: Person) -> str:
    """The address of a list page; one that lies under a round shows the open one."""
    known = {
        "pk": entry.round_id,
        "person": reader.user.pk,
        "fiscal_year": entry.round.fiscal_year_be,
        "unit_code": entry.code,
        "province_code": entry.province_code,
        "place": 1,
    }
    if name.startswith("reports:"):
        known["pk"] = LetterRun.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    known["code"] = {"organisations:office-detail": "P25", "organisations:district-detail": "D2501"}.get(
        name, entry.code
    )
    route = list_pages()[name]
    return reverse(name, kwargs={key: value for key, value in known.items() if f":{key}>" in route})


def letter_of(sender: Person, entry: RosterEntry) -> int:
    """The number of a published circular about the round, of this sender."""
    text = notices.Text(number="1", dated=entry.due_at.date(), subject="เรื่อง", body="เนื้อความ", round_id=entry.round_id)
    at = entry.round.opened_at
    draft = notices.circular_draft(actor=sender.actor, at=at, text=text, audience=notices.Audience())
    return notices.circular_publish(actor=sender.actor, at=at, circular_id=draft.pk).pk


def test_every_list_page_is_measured() -> None:
    assert sorted(READERS) == sorted(list_pages())


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_list_page_costs_what_is_committed(
    name: str, entry: RosterEntry, at: datetime, request: pytest.FixtureRequest
) -> None:
    reader: Person = request.getfixturevalue(READERS[name])
    if name == "inspection:filing-story":
        request.getfixturevalue("fill")("domain_1")
    if name in ("reports:run-detail", "reports:letter-detail"):
        order = order_of(LetterKind.PROVINCE, entry.round, at)
        letters.run_make(actor=reader.actor, at=at, office=office_of(reader, at), order=order)
    client = reader.client()
    page = address(name, entry, reader)
    if name.startswith("notices:"):
        letter = letter_of(request.getfixturevalue("province_officer"), entry)
        page = page.replace(f"/notices/{entry.round_id}/", f"/notices/{letter}/")
    client.get(page)  # compiles the form and fills the session
    CACHE.clear()  # a public list is made anew

    with CaptureQueriesContext(connection) as queries:
        response = client.get(page)

    assert response.status_code == 200
    counts = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        counts[name] = len(queries)
        COUNTS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert len(queries) == counts.get(name), "\n".join(query["sql"][:150] for query in queries)
