"""Every address, asked by those who have no business there: nobody, the next province, and senders of nonsense.

The addresses come from the URLconf. One whose parts `world.parts_of` does not know fails by its name: a new page joins by a
line there. What the whole country shares stands in `SHARED`; everything else of our unit is 404 for a stranger.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import is_valid_path

from localgov.access.roles import RoleCode
from localgov.accounts.models import User
from localgov.filings.models import Sheet
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, Register
from tests.house.addresses import ADDRESSES, Address
from tests.house.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.house]

#: Of the country: a stranger may open them, though he finds nothing of our unit there.
SHARED = frozenset(
    {
        "forms:version-detail",
        "forms:version-differences",
        "forms:version-workbook",
        "rounds:round-detail",
        "rounds:round-extend",
        "rounds:time-act-list",
        "certification:province-certify-many",
    }
)
#: Posts that carry no token on purpose.
WITHOUT_TOKEN = frozenset({"ui:text-size"})
#: What no answer to a stranger holds: our unit's name and code, its people, a number that it recorded.
OURS = ("บ้านสาธิต", "6250101", "recorder ตัวอย่าง", "executive ตัวอย่าง", "3,100", "ลับเฉพาะ")
#: Addresses that show anybody whose certificate it is, who signed it by which order, and the answers that the form opens;
#: and what stays hidden there (answers that are not open are tested with the page itself).
IN_PUBLIC = "/certificates/"
HIDDEN_IN_PUBLIC = ("recorder ตัวอย่าง", "เหตุผลลับเฉพาะ")
#: Addresses at which everyone reads that our unit is and what it is called, and no more than that of what is not certified.
NAMED_IN_PUBLIC = ("/units", "/provinces/", "/districts/", "/sitemap")
#: What a list may be asked for in the address, pointing at our unit without the words of `OURS`.
POINTED = {"province": "25", "province_code": "25", "district": "2501", "district_code": "2501", "name": "านสาธิ"}
POINTED |= {"text": "านสาธิ", "code": "625010", "fiscal_year": "2570", "state": "", "export": ""}
#: Nonsense in an address's query.
NONSENSE = {
    "page": "๙๙๙๙",
    "per_page": "-1",
    "sort": "\x00",
    "fiscal_year": "9" * 40,
    "province": "\x00",
    "name": "\x00",
}
NONSENSE |= {"text": "\x00" * 3, "code": "%" * 500, "district": "9" * 300, "date": "31/02/๒๕๗๐", "time": "25:61"}
NONSENSE |= {"receipt": "\x00", "next": "//example.com", "question": "\x00", "as_of": "\x00", "state": "\x00"}
#: Nonsense as one part of a path.
HOSTILE = ("-1", "9" * 30, "9" * 5000, "๒๕๗๐", "x" * 3000, "\x00", "..", "' OR 1=1 --")


@pytest.fixture
def other_administrator(register: Register, person: Callable[..., Person]) -> Person:
    """The handed-down account of the unit in the next province: makes people there."""
    return person("6270101", register.other_unit, RoleCode.UNIT_ADMINISTRATOR)


@pytest.fixture
def strangers(stranger: Person, stranger_officer: Person, other_administrator: Person) -> dict[str, Client]:
    """Everybody whose business lies in the next province."""
    people = {"unit": stranger, "officer": stranger_officer, "administrator": other_administrator}
    return {who: _watched(someone.client()) for who, someone in people.items()}


@pytest.fixture
def holder_of_all(register: Register, person: Callable[..., Person]) -> Client:
    """Passes every door of the country, so that each view itself meets the nonsense."""
    return _watched(person("all", register.department, *RoleCode).client())


def _watched(client: Client) -> Client:
    """A client that answers 500 as a browser would see it."""
    client.raise_request_exception = False
    return client


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals are what these tests are about; only what breaks is logged."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def _all_rows() -> dict[str, str]:
    """A digest of every table of the product: what no stranger's request may change."""
    tables = sorted(model._meta.db_table for model in apps.get_models() if model.__module__.startswith("localgov."))
    digests = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"
            )
            digests[table] = cursor.fetchone()[0]
    return digests


def _named(response: HttpResponseBase, path: str) -> list[str]:
    """Which words of ours an answer holds. A page of refusal repeats the address that was asked: that tells nothing."""
    if response.streaming:
        text = b"".join(response.streaming_content).decode("utf-8", "replace")  # type: ignore[attr-defined]
    else:
        text = response.content.decode("utf-8", "replace")  # type: ignore[attr-defined]
    text = text.replace(path, "").replace(quote(path), "")
    ours = HIDDEN_IN_PUBLIC if path.startswith(IN_PUBLIC) else OURS[2:] if path.startswith(NAMED_IN_PUBLIC) else OURS
    return [word for word in ours if word in text]


def _fault(who: str, method: str, path: str, response: HttpResponseBase, expected: tuple[int, ...]) -> list[str]:
    """What is wrong with an answer to someone who has no business there, in a line each."""
    asked = f"{who or 'nobody'} {method} {path[:90]}"
    status = response.status_code
    faults = [] if status in expected else [f"{asked}: {status}, expected {expected}"]
    return faults + [f"{asked}: names {word}" for word in _named(response, path)]


def test_nobody_reads_nothing_but_the_public_pages(world: World) -> None:
    faults = []
    for address in ADDRESSES:
        path = address.path(world.parts(address))
        for method in ("GET", "POST"):
            response = _watched(Client()).generic(method, path)
            faults += _fault("", method, path, response, _for_nobody(address, method))
            if not address.is_public and "/accounts/login/?next=" not in response.headers.get("Location", ""):
                faults.append(f"{method} {path} does not lead to the sign-in page")

    assert not faults, "\n".join(faults)


def _for_nobody(address: Address, method: str) -> tuple[int, ...]:
    """The statuses that a request of nobody may meet."""
    if not address.is_public:
        return (302,)
    if not address.answers(method.lower()):
        return (405,)
    return (200, 302, 404) if method == "GET" else (200, 302, 400, 422)


def test_a_part_of_a_page_sends_nobody_to_sign_in(world: World) -> None:
    for address in ADDRESSES:
        if address.is_public:
            continue
        response = _watched(Client()).get(address.path(world.parts(address)), headers={"hx-request": "true"})

        assert (address.name, response.status_code) == (address.name, 401)
        assert response["HX-Redirect"].startswith("/accounts/login/?next=")


def test_the_next_province_reads_nothing_of_ours(world: World, strangers: dict[str, Client]) -> None:
    before = _all_rows()
    faults = []
    for who, client in strangers.items():
        for address in ADDRESSES:
            path = address.path(world.parts(address))
            for headers in ({}, {"hx-request": "true"}):
                response = client.get(path, headers=headers)
                faults += _fault(who, "GET", path, response, _for_strangers(address))

    assert not faults, "\n".join(faults)
    assert _all_rows() == before


def _for_strangers(address: Address) -> tuple[int, ...]:
    """The statuses that a stranger with roles of his own may meet, reading or writing."""
    if address.parts and not address.is_public and address.name not in SHARED:
        return (403, 404, 405)
    return (200, 302, 403, 404, 405, 409, 422)


def test_a_list_pointed_at_us_shows_the_next_province_nothing(world: World, strangers: dict[str, Client]) -> None:
    faults = []
    for who, client in strangers.items():
        for address in ADDRESSES:
            path = address.path(world.parts(address))
            for query in (POINTED, POINTED | {"export": "xlsx"}):
                faults += _fault(who, "GET", path, client.get(path, query), _for_strangers(address))

    assert not faults, "\n".join(faults)


#: Acts on the own account or the own province; those that could reach us have a test of their own.
OWN_ACTS = frozenset({"account_login", "account_logout", "account_change_password", "accounts:issue-all"})
#: Says which of the codes that were sent it does not find, or shows again what was typed.
REPEATS = frozenset(
    {"certification:province-certify-many", "rounds:round-extend", "notices:circular-write", "directory:office-website"}
    | {f"publishing:{kind}-add" for kind in ("news", "product", "place")}
)


def _bodies(world: World) -> tuple[dict[str, Any], ...]:
    """What is posted: nothing, and a form whose every field that could name something names something of ours."""
    sheet = Sheet.objects.get(filing__roster_entry=world.entry, section="domain_1", is_newest=True)
    ours: dict[str, Any] = dict.fromkeys(("entry", "entries", "entry_id", "roster_entry", "chosen"), world.entry.pk)
    ours |= dict.fromkeys(("organisation", "organisation_id", "office", "place"), world.register.unit.pk)
    ours |= dict.fromkeys(("unit", "units", "pick", "shown", "code", "organisation_code"), world.entry.code)
    ours |= dict.fromkeys(("user", "user_id", "person", "pk", "id"), world.recorder.user.pk)
    ours |= dict.fromkeys(("declared", "agree", "accepted", "confirmed", "confirm"), "on")
    ours |= dict.fromkeys(("note", "reason", "order_number"), "ทดลองเข้ามา")
    ours |= {"lock": sheet.lock, "signature": str(uuid4()), "batch": str(uuid4()), "section": "domain_1", "number": 1}
    ours |= {"recorder": ["domain_1"], "verifier": ["domain_1"], "last_day": "1/1/2570", "delete": "1", "row-seq": "0"}
    ours |= {"seen": f'{{"{world.entry.code}": {{"domain_1": {sheet.lock}}}}}', "role": RoleCode.EXECUTIVE.value}
    return {}, ours | {"a-male": "9", "w-male": '[0, "3100", ""]'}


def test_the_next_province_changes_nothing_of_ours(world: World, strangers: dict[str, Client]) -> None:
    bodies = _bodies(world)
    faults = []
    for who, client in strangers.items():
        before = _all_rows()
        for address in ADDRESSES:
            if address.name in OWN_ACTS:
                continue
            path = address.path(world.parts(address))
            for body in bodies:
                response = client.post(path, body)
                found = _fault(who, "POST", path, response, _for_strangers(address))
                faults += [fault for fault in found if address.name not in REPEATS or "names" not in fault]
        if _all_rows() != before:
            faults.append(
                f"{who} changed rows of {[table for table, was in before.items() if _all_rows()[table] != was]}"
            )

    assert not faults, "\n".join(faults)


def test_the_next_province_hands_down_no_account_of_ours(world: World, stranger_officer: Person) -> None:
    stranger_officer.client().post("/accounts/issue/all/")

    assert not User.objects.filter(organisation__code__contains="25", is_handed_down=True).exists()
    assert User.objects.filter(organisation=world.register.other_unit, is_handed_down=True).exists()


@pytest.mark.parametrize("who", ["recorder", "stranger", ""], ids=["ours", "stranger", "nobody"])
def test_no_post_is_taken_without_its_token(request: pytest.FixtureRequest, world: World, who: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if who:
        client.cookies = request.getfixturevalue(who).client().cookies
    before = _all_rows()

    taken = {a.name for a in ADDRESSES if client.post(a.path(world.parts(a))).status_code != 403}

    assert taken == WITHOUT_TOKEN
    assert _all_rows() == before


def test_nonsense_in_an_address_is_not_found(world: World, holder_of_all: Client) -> None:
    faults = []
    told = set()
    for address in ADDRESSES:
        known = dict(world.parts(address))
        for part in address.parts:
            for nonsense in HOSTILE:
                path = address.path(known | {part: nonsense})
                if not _leads_somewhere(path):  # one and the same answer for all such addresses, so asked for once each
                    if nonsense in told:
                        continue
                    told.add(nonsense)
                for status in (holder_of_all.get(path).status_code, holder_of_all.post(path).status_code):
                    if status not in _for_nonsense(part, nonsense):
                        faults.append(f"{path[:90]}: {status}")

    assert not faults, "\n".join(faults)


def _leads_somewhere(path: str) -> bool:
    """Whether any view is asked at all, or would be with a slash at the end."""
    return bool(is_valid_path(unquote(path)) or is_valid_path(f"{unquote(path)}/"))


def _for_nonsense(part: str, nonsense: str) -> tuple[int, ...]:
    """Not found, or refused before it is looked for; a year without a round may be asked about (its score is 0)."""
    is_year = part == "fiscal_year" and nonsense.isascii() and nonsense.isdigit()
    return (200, 404, 405, 422) if is_year else (404, 405, 422)


def test_nonsense_in_a_query_breaks_no_page(world: World, holder_of_all: Client, recorder: Person) -> None:
    faults = []
    for client in (holder_of_all, _watched(recorder.client())):
        for address in ADDRESSES:
            path = address.path(world.parts(address))
            for query in (NONSENSE, NONSENSE | {"export": "xlsx"}):
                if (status := client.get(path, query).status_code) >= 500:
                    faults.append(f"{path}: {status}")

    assert not faults, "\n".join(faults)


#: Text that no database column or no reader of JSON takes as it is.
UNREADABLE = ("\x00", "[" * 5000, "[" * 400 + "]" * 400, "9" * 5000, "-1", "๙๙๙")


def test_nonsense_in_a_form_breaks_no_page(world: World, holder_of_all: Client, recorder: Person) -> None:
    names = set(_bodies(world)[1]) | {"title", "display_name", "username", "email", "text", "name", "use", "w-female"}
    # The cast was not handed down, yet holds the usernames that handing down gives: those acts have tests of their own.
    addresses = [one for one in ADDRESSES if one.name not in OWN_ACTS and not one.name.startswith("accounts:issue")]
    faults = []
    for client in (holder_of_all, _watched(recorder.client())):
        for address in addresses:
            path = address.path(world.parts(address))
            for nonsense in UNREADABLE:
                if (status := client.post(path, dict.fromkeys(names, nonsense)).status_code) >= 500:
                    faults.append(f"{path} with {nonsense[:9]!r}: {status}")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("nonsense", [*UNREADABLE, "ก\x00ข", "\ud800"])
def test_nonsense_in_an_answer_is_kept_as_typed_or_refused(entry: RosterEntry, recorder: Person, nonsense: str) -> None:
    client = _watched(recorder.client())
    page = f"/filings/2570/{entry.code}/1/"
    answers = [
        {"code": "male", "value": nonsense},
        {"code": "male", "value": {"missing": "NO_DATA", "reason": nonsense}},
    ]
    answers += [{"op": "note", "code": "total", "note": nonsense}, {"code": nonsense, "value": 1}]
    with contextlib.suppress(ValueError, RecursionError):
        answers.append({"code": "female", "value": json.loads(nonsense)})
    for answer in answers:
        body = json.dumps({"batch": str(uuid4()), "changes": [answer, {"code": "total", "value": 5}]})
        response = client.post(f"{page}answers/", body, content_type="application/json")
        assert response.status_code in (200, 422), answer

    typed = nonsense.encode("utf-8", "replace").decode()
    assert client.post(page, {"w-male": '[0, "", ""]', "a-male": typed}).status_code in (302, 409)
    assert client.get(page).status_code == 200
