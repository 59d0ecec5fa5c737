"""The public list of websites: in it the second it is recorded, and never a person."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.test import Client
from django.urls import reverse

from localgov.directory import services
from localgov.directory.models import AdministratorRecord, WebsiteRecord
from localgov.directory.services.demo import demo_records_make
from localgov.organisations.models import OrganisationVersion, RegisterImport
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import FIRST_DAY, NOW, Person
from tests.directory.test_info11 import PERSON

ADDRESS = "https://www.ban-satit.example.go.th/"


def table(client: Client) -> list[dict[str, str]]:
    """The rows of the CSV file."""
    response = client.get("/websites.csv")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def page(client: Client, **query: str) -> str:
    """The list as a stranger sees it."""
    return client.get(reverse("websites:website-list"), query).content.decode().partition("<main")[2]


def test_anybody_finds_it_the_second_it_is_recorded_and_never_a_person(
    client: Client, entry: RosterEntry, recorder: Person, stranger: Person, at: datetime
) -> None:
    assert "ban-satit" not in page(client)
    neighbour = RosterEntry.objects.select_related("round").get(round=entry.round, code="6270101")
    services.website_record(actor=stranger.actor, at=at, entry=neighbour, address="www.a.example.go.th", seen=0)
    services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[PERSON], seen=0)
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=ADDRESS, seen=0)

    shown, rows = page(client), table(client)

    assert f'href="{ADDRESS}"' in shown
    assert [(row["province"], row["type"], row["name"], row["website"]) for row in rows] == [
        ("ปราจีนบุรี", "องค์การบริหารส่วนตำบล", "อบต.บ้านสาธิต", ADDRESS),
        ("สระแก้ว", "องค์การบริหารส่วนตำบล", "อบต.เพื่อนบ้าน", "http://www.a.example.go.th/"),
    ]
    everything = shown + str(rows)
    assert not [word for word in (*vars(PERSON).values(), "recorder") if word in everything]


def test_programs_read_the_same_list_as_json_with_its_source_and_day(
    client: Client, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=ADDRESS, seen=0)

    answer = client.get("/websites.json").json()

    assert (answer["count"], answer["as_of"]) == (1, "2026-11-20")
    assert "กรมส่งเสริมการปกครองท้องถิ่น" in answer["source"]
    (row,) = answer["data"]
    assert (row["code"], row["website"], row["fiscal_year"], row["recorded_on"]) == (
        entry.code, ADDRESS, 2570, "2026-11-20",
    )  # fmt: skip


def test_a_cell_that_a_spreadsheet_would_run_stands_as_text(
    client: Client, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=ADDRESS, seen=0)
    OrganisationVersion.objects.filter(organisation=entry.organisation).update(full_name='=HYPERLINK("http://x")')

    assert [row["name"] for row in table(client)] == ['\'=HYPERLINK("http://x")']


def test_the_newest_year_holds_and_a_unit_without_a_website_leaves_the_list(
    client: Client, entry: RosterEntry, round_2569: Round, recorder: Person, at: datetime
) -> None:
    before = RosterEntry.objects.select_related("round").get(round=round_2569, code=entry.code)
    common = {"actor": recorder.actor, "at": at, "seen": 0}
    services.website_record(**common, entry=before, address=ADDRESS)  # type: ignore[arg-type]
    assert [row["fiscal_year"] for row in table(client)] == ["2569"]

    services.website_record(**common, entry=entry, address=None)  # type: ignore[arg-type]

    assert table(client) == []


def test_a_unit_that_is_no_more_is_not_listed(
    client: Client, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=ADDRESS, seen=0)
    OrganisationVersion.objects.filter(organisation=entry.organisation).update(
        in_force=DateRange(FIRST_DAY, NOW.date())
    )

    assert table(client) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"province": "25"}, True),
        ({"province": "27"}, False),
        ({"unit_type": "SAO"}, True),
        ({"unit_type": "PAO"}, False),
        ({"name": "สาธิต"}, True),
        ({"name": "ไม่มีชื่อนี้"}, False),
        ({"province": "xx", "page": "-1"}, True),
    ],
)
def test_it_is_searched_by_province_type_and_name(
    query: dict[str, str], found: bool, client: Client, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=ADDRESS, seen=0)

    assert (ADDRESS in page(client, **query)) is found


def test_a_demonstration_has_records_and_a_real_installation_never_made_up_ones(
    round_2570: Round, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    with pytest.raises(ValueError, match="demonstration"):
        demo_records_make(at=at, round=round_2570, share=100)
    RegisterImport.objects.create(source="DEMO", effective_date=at.date())
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)

    assert demo_records_make(at=at, round=round_2570, share=100) == 3
    assert demo_records_make(at=at, round=round_2570, share=100) == 0

    assert WebsiteRecord.objects.filter(organisation=entry.organisation).count() == 1
    lists = AdministratorRecord.objects.prefetch_related("people")
    assert [one.people.count() for one in lists] == [1, 1, 1, 1]
