"""The public pages of figures: what they say, to whom, of when; right the second after a certificate and its end."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localgov.certification import services as certification
from localgov.certification.models import Level
from localgov.figures.models import Figure, Stage
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person, Register, newest
from tests.portal.conftest import Write

pytestmark = pytest.mark.django_db

PAGES = ("/", "/regions/central/", "/provinces/25/", "/districts/2501/", "/domains/6/", "/domains/6/population_total/")


def main(client: Client, address: str) -> str:
    """What a reader sees of a page: its main part, in one line."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().partition("<main")[2].split())


@pytest.mark.parametrize("address", PAGES)
def test_anybody_reads_it_with_its_year_coverage_and_time(
    client: Client, register: Register, figures: Write, address: str
) -> None:
    figures(register.unit, {"population_total": 6325, "household_count": 2100})

    shown = main(client, address)

    assert "6,325" in shown
    assert "จาก 1 ของ" in shown
    assert '<option value="2570" selected>' in shown
    assert "Set-Cookie" not in client.get(address).headers


def test_before_the_first_year_the_register_stands_and_words_say_what_will_come(
    client: Client, register: Register
) -> None:
    for address in ("/", "/provinces/25/"):
        shown = main(client, address)
        assert "ยังไม่มีปีงบประมาณที่เปิดให้บันทึก" in shown
        assert "ตามทะเบียนวันนี้" in shown
    assert client.get("/domains/6/").status_code == 200
    assert client.get("/domains/6/population_total/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/regions/middle/",
            "/provinces/10/",
            "/provinces/99/",
            "/provinces/2501/",
            "/districts/9999/",
            "/districts/25/",
        ),
        *("/domains/9/", "/domains/0/", "/domains/6/none/", "/domains/7/population_total/"),
        *(
            "/domains/6/secret_count/",
            "/domains/6/salary_of_one/",
            "/domains/6/office_phone/",
            "/domains/7/shelter_has/",
        ),
        *("/domains/6/secret_count.csv", "/domains/6/salary_of_one.json", "/domains/7/population_total.csv"),
        *("/domains/6/population_total.csv?year=2569", "/domains/6/population_total.json?stage=all"),
    ],
)
def test_what_is_not_there_or_not_open_is_told_in_words(client: Client, figures: Write, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "ไม่มี" in response.content.decode()


def test_an_unknown_choice_is_said_and_the_usual_one_shown(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6325})

    shown = main(client, "/?year=2400&stage=secret")

    assert "ไม่มีข้อมูลของปีที่ขอ" in shown
    assert "ไม่รู้จักระดับการรับรองที่ขอ" in shown
    assert "6,325" in shown
    assert "ไม่มีพื้นที่ที่ขอ" in main(client, "/domains/6/?province=10")


def test_a_closed_question_is_on_no_page_at_any_stage(client: Client, register: Register, figures: Write) -> None:
    for stage in Stage:
        figures(
            register.unit, {"population_total": 1, "secret_count": 7_777_777, "salary_of_one": 8_888_888}, stage=stage
        )

    for address in (*PAGES, "/domains/6/?province=25", "/domains/6/?region=central"):
        for slug in ("", "both", "unit", "recorded"):
            shown = client.get(address, {"stage": slug}).content.decode()
            assert "7,777,777" not in shown
            assert "8,888,888" not in shown
            assert "จำนวนที่ไม่เปิดเผย" not in shown


def test_two_countries_that_differ_in_small_counts_alone_give_the_same_pages_and_files(
    client: Client, register: Register, figures: Write
) -> None:
    addresses = [
        *(f"{page}?stage={stage}" for page in PAGES for stage in ("both", "unit", "recorded")),
        *(f"/domains/7/?{place}" for place in ("", "province=25", "region=central")),
        *(
            f"/domains/7/{code}{ending}"
            for code in ("disabled_count", "disabled_amount")
            for ending in ("/", ".csv", ".json")
        ),
    ]

    def everything(*counts: int) -> list[str]:
        for unit, count in zip((register.unit, register.town, register.other_unit), counts, strict=True):
            for stage in Stage:
                figures(unit, {"disabled_count": count, "disabled_amount": count * 9600}, stage=stage)
        # Another state of the data, as a certificate would leave behind: kept answers are made anew.
        RosterEntry.objects.filter(organisation=register.unit).update(name=f"ก{counts}")
        return [client.get(address).content.decode() for address in addresses]

    assert everything(1, 40, 9) == everything(8, 40, 3)
    assert everything(8, 41, 3) != everything(8, 40, 3)


def test_small_counts_are_called_small(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"disabled_count": 3})

    assert "น้อยกว่า 10" in main(client, "/domains/7/?province=25")
    figures(register.town, {"disabled_count": 40})
    RosterEntry.objects.filter(organisation=register.unit).update(name="ข")
    shown = main(client, "/domains/7/?province=25")
    assert "ประมาณ 45" in shown
    assert "1 แห่งมีน้อยกว่า 10 จึงไม่เปิดเผย" in shown


def test_right_the_second_after_each_certificate_and_its_end(
    client: Client,
    sheet_in: Callable[[Status], Sheet],
    entry: RosterEntry,
    province_certifier: Person,
    department_officer: Person,
    at: datetime,
) -> None:
    page, question = "/domains/1/", "/domains/1/total/"

    sheet_in(Status.CERTIFIED_LAO)
    assert "6,325" not in main(client, page)
    assert "6,325" in main(client, f"{page}?stage=unit")
    assert "6,325" in main(client, f"{question}?stage=recorded")
    certification.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())
    assert "6,325" in main(client, page)
    assert "6,325" in main(client, question)
    assert json.loads(client.get("/domains/1/total.json").content)["records"][0]["value"] == "6325"
    certification.revoke(
        actor=department_officer.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=newest(entry, "domain_1").lock,
        note="ทดสอบ",
        order_number="มท 0810.7/1",
    )
    assert "6,325" not in main(client, page)
    assert "6,325" not in main(client, f"{page}?stage=unit")


def test_a_save_renews_only_what_shows_the_recorded_figures(
    client: Client, register: Register, fill: Callable[..., Sheet]
) -> None:
    kept = [*PAGES[:4], "/domains/1/", "/domains/1/total/", "/units/"]
    kept += ["/websites/", "/travel/", "/travel/provinces/25/", "/sitemap.xml"]
    renewed = ["/?stage=recorded", "/domains/1/?stage=recorded"]
    fill("domain_1")
    before = {address: client.get(address)["ETag"] for address in kept + renewed}

    fill("domain_1", {"male": 3101})

    assert [one for one in before if client.get(one)["ETag"] != before[one]] == renewed


def test_an_excused_unit_leaves_the_page_at_once(
    client: Client, register: Register, figures: Write, public_round: Round
) -> None:
    figures(register.unit, {"population_total": 6325})
    assert "6,325" in main(client, "/")

    RosterEntry.objects.filter(organisation=register.unit).update(excused_from="2026-11-01", excused_reason="ยุบรวม")

    assert "6,325" not in main(client, "/")


def test_files_hold_the_same_as_the_page_in_plain_columns(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6325, "size_class": "small"})
    figures(register.other_unit, {"population_total": None, "size_class": "large"})

    rows = list(csv.DictReader(io.StringIO(client.get("/domains/6/population_total.csv").content.decode("utf-8-sig"))))
    choices = json.loads(client.get("/domains/6/size_class.json").content)

    assert [(row["area_code"], row["value"], row["units_answered"], row["units_due"]) for row in rows] == [
        ("", "6325", "1", "3"),
        ("25", "6325", "1", "2"),
        ("27", "", "0", "1"),
    ]
    assert rows[2]["units_without_data"] == "1"
    assert {(one["area_code"], one["choice"], one["value"]) for one in choices["records"]} >= {
        ("", "small", "1"),
        ("25", "small", "1"),
        ("27", "small", "0"),
        ("27", "large", "1"),
    }


def test_the_way_down_keeps_the_choice_of_year_and_stage(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6325}, stage=Stage.UNIT)

    assert 'href="/regions/central/?stage=unit"' in main(client, "/?stage=unit")
    assert 'href="/provinces/25/?stage=unit"' in main(client, "/regions/central/?stage=unit")
    assert 'href="/districts/2501/?stage=unit"' in main(client, "/provinces/25/?stage=unit")
    assert 'href="/domains/6/?province=25&amp;stage=unit"' in main(client, "/provinces/25/?stage=unit")


#: Statements of a page, with its frame's: the first time in a state of the data, and again in another language.
STATEMENTS = {
    "/": (12, 4),
    "/regions/central/": (9, 2),
    "/provinces/25/": (13, 6),
    "/districts/2501/": (9, 4),
    "/domains/6/": (7, 2),
    "/domains/6/population_total/": (10, 2),
    "/domains/6/population_total.csv": (7, 2),
}


@pytest.mark.parametrize("address", STATEMENTS)
def test_the_number_of_statements_is_committed(
    client: Client, register: Register, figures: Write, address: str
) -> None:
    figures(register.unit, {"population_total": 6325})
    client.get(address)  # forms and the like are compiled once a process
    RosterEntry.objects.filter(organisation=register.unit).update(name="เปลี่ยนแล้ว")

    with CaptureQueriesContext(connection) as first:
        client.get(address)
    with CaptureQueriesContext(connection) as again:
        client.get(f"/en{address}")

    assert (len(first), len(again)) == STATEMENTS[address]


@pytest.mark.parametrize("address", ["/", "/provinces/25/"])
def test_parts_that_are_kept_follow_the_state_of_the_data(
    client: Client, register: Register, figures: Write, address: str
) -> None:
    figures(register.unit, {"population_total": 6325})
    assert main(client, address).count("6,325") > 1  # in a tile, and below
    Figure.objects.filter(organisation=register.unit).update(number=7001)
    RosterEntry.objects.filter(organisation=register.unit).update(name="เปลี่ยนแล้ว")

    shown = main(client, address)

    assert shown.count("7,001") > 1
    assert "6,325" not in shown


def test_english_has_the_same_figures(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6325})

    assert "รายภาค" in main(client, "/")
    assert "รายภาค" not in main(client, "/en/")  # parts of a page are kept for each language
    assert "6,325" in main(client, "/en/provinces/25/")
    assert "Prachin Buri" in main(client, "/en/provinces/25/")
    assert reverse("portal:home") == "/"


def test_the_country_leads_to_units_and_the_units_stand_under_their_place(
    client: Client, register: Register, figures: Write
) -> None:
    figures(register.unit, {"population_total": 6325})

    assert f'action="{reverse("portal:unit-list")}"' in main(client, "/")
    for address in ("/provinces/25/", "/districts/2501/"):
        shown = main(client, f"{address}?stage=recorded")
        assert 'href="/units/6250101/?stage=recorded"' in shown
        assert "/units/6270101/" not in shown


def test_search_engines_learn_what_a_page_is(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6325})

    dataset = client.get("/domains/6/population_total/").content.decode()

    assert '"@type": "Dataset"' in dataset or '"@type":"Dataset"' in dataset
    assert "/domains/6/population_total.csv" in dataset
    assert "BreadcrumbList" in client.get("/districts/2501/").content.decode()
    assert "BreadcrumbList" not in client.get("/").content.decode()
    assert "SearchAction" in client.get("/").content.decode()


def test_levels_are_what_the_stages_say() -> None:
    assert {level.value for level in Level} == {Stage.UNIT.value, Stage.PROVINCE.value}


@pytest.mark.parametrize(
    ("page", "file"), [("/domains/6/", "/domains/6"), ("/domains/6/population_total/", "/domains/6/population_total")]
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_set_of_data_says_its_terms_its_time_and_where_its_files_are(
    client: Client, register: Register, figures: Write, page: str, file: str, language: str
) -> None:
    figures(register.unit, {"population_total": 6325})
    prefix = "http://testserver" + ("/en" if language == "en" else "")

    html = client.get(f"{prefix}{page}?stage=recorded").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    found, way = (json.loads(one) for one in blocks)

    assert found["@type"] == "Dataset"
    assert found["license"] == f"{prefix}/about/terms/"
    assert client.get(found["license"]).status_code == 200
    assert found["temporalCoverage"] == "2026-10-01/2027-09-30"
    assert found["creator"]["@type"] == "GovernmentOrganization"
    files = {one["encodingFormat"]: one["contentUrl"] for one in found["distribution"]}
    assert files == {
        "text/csv": f"{prefix}{file}.csv?stage=recorded",
        "application/json": f"{prefix}{file}.json?stage=recorded",
    }
    assert all(client.get(one).status_code == 200 for one in files.values())
    assert way["itemListElement"][0]["item"] == f"{prefix}/"


def test_the_files_of_a_domain_hold_every_open_question_and_no_other(
    client: Client, register: Register, figures: Write
) -> None:
    figures(register.unit, {"population_total": 6325, "secret_count": 12})

    rows = list(csv.DictReader(io.StringIO(client.get("/domains/6.csv").content.decode("utf-8-sig"))))
    whole = json.loads(client.get("/domains/6.json").content)

    assert rows[0].keys() == whole["records"][0].keys()
    assert {row["question"] for row in rows} == {one["question"] for one in whole["questions"]}
    assert "secret_count" not in {row["question"] for row in rows}
    shown = [row for row in rows if (row["question"], row["area_code"]) == ("population_total", "25")]
    assert [row["value"] for row in shown] == ["6325"]
    assert '"6250101"' not in client.get("/domains/6.json").content.decode()
    for closed in ("/domains/9.csv", "/domains/6.json?year=2569", "/domains/6.csv?stage=all"):
        assert client.get(closed).status_code == 404
