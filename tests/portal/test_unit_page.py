"""A unit's page shows what is certified and open, its names of old, and nothing else; right the second after a change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.test import Client
from django.urls import reverse

from localgov.certification import services as certification
from localgov.certification.models import Certificate
from localgov.directory import services as directory
from localgov.directory.models import WebsiteRecord
from localgov.figures.models import Stage
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms.models import FormVersion
from localgov.organisations.models import Kind, Organisation, OrganisationVersion, Succession
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import FIRST_DAY, Person, Register, organisation_make, round_make
from tests.directory.test_info11 import PERSON
from tests.portal.conftest import Write
from tests.publishing.making import item_made, item_shown

PAGE, DOMAIN_6, DOMAIN_7 = "/units/6250101/", "/units/6250101/domains/6/", "/units/6250101/domains/7/"


def seen(client: Client, address: str, **query: str) -> str:
    """The words of a page without the frame, tags and repeated blanks."""
    response = client.get(address, query)
    assert response.status_code == 200
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def test_a_citizen_reads_the_certified_figures_of_open_questions_alone(
    client: Client, register: Register, figures: Write
) -> None:
    figures(
        register.unit,
        {
            "population_total": 6325,
            "staff_total": 41,
            "secret_count": 777,
            "salary_of_one": 55555,
            "size_class": "small",
        },
    )
    figures(register.unit, {"household_count": 2100}, stage=Stage.UNIT)
    figures(register.unit, {"area_km2": 88}, stage=Stage.RECORDED)

    page, domain = seen(client, PAGE), seen(client, DOMAIN_6)

    assert "6,325" in page
    assert "6,325" in domain
    assert "41 คน" in page
    hidden = ("777", "55555", "55,555", "2,100", "88 ตร.กม.", "จำนวนที่ไม่เปิดเผย", "เงินเดือน", "โทรศัพท์สำนักงาน")
    assert [word for word in hidden if word in page + domain] == []
    everywhere = "".join(
        seen(client, one, stage=stage) for one in (PAGE, DOMAIN_6) for stage in ("unit", "recorded", "x")
    )
    assert [word for word in ("777", "55555", "55,555") if word in everywhere] == []


def test_what_is_not_certified_is_read_only_by_asking_and_says_so(
    client: Client, register: Register, figures: Write
) -> None:
    figures(register.unit, {"household_count": 2100}, stage=Stage.RECORDED)

    assert "2,100" not in seen(client, PAGE) + seen(client, PAGE, stage="unit")
    recorded = seen(client, PAGE, stage="recorded")
    assert "2,100" in recorded
    assert "รวมข้อมูลที่ยังไม่ผ่านการตรวจสอบหรือรับรอง" in recorded


def test_a_small_count_of_persons_is_only_called_small(client: Client, register: Register, figures: Write) -> None:
    figures(register.unit, {"disabled_count": 7})

    shown = seen(client, DOMAIN_7) + seen(client, PAGE)

    assert "น้อยกว่า 10" in shown
    assert " 7 คน" not in shown


def test_years_stand_as_a_line_with_its_numbers_in_words_and_gaps(
    client: Client, register: Register, figures: Write, earlier_rounds: None
) -> None:
    for year, number in ((2568, 100), (2570, 130), (2569, None)):
        figures(register.unit, {"household_count": number}, year=year)

    html = client.get(PAGE).content.decode()

    assert "2566: – · 2567: – · 2568: 100 · 2569: ไม่มีข้อมูล · 2570: 130" in html
    assert html.count("<circle") >= 2
    assert '<svg viewBox="0 0 96 28"' in html


def test_it_stands_among_similar_units_by_their_median_in_words(
    client: Client, register: Register, at: datetime, small_world: list[Organisation], figures: Write
) -> None:
    for number, other in enumerate(small_world):
        figures(other, {"household_count": 1000 + number, "disabled_count": 3})
    figures(register.unit, {"household_count": 1500, "disabled_count": 300})

    page = seen(client, PAGE)

    compared = page.partition("ผลเทียบ")[2]
    assert "องค์การบริหารส่วนตำบลอีก 5 แห่งในจังหวัดปราจีนบุรี" in page
    assert re.search(r"จำนวนครัวเรือน \(ครัวเรือน\) 1,500 1,002 มากกว่าค่ากลาง", compared)
    assert "อันดับที่" not in page


def test_right_the_second_after_each_act(
    client: Client,
    sheet_in: Callable[[Status], Sheet],
    entry: RosterEntry,
    register: Register,
    province_certifier: Person,
    department_officer: Person,
    at: datetime,
) -> None:
    address = "/units/6250101/domains/1/"
    sheet = sheet_in(Status.CERTIFIED_LAO)
    assert "3,100" not in seen(client, address)
    assert "3,100" in seen(client, address, stage="unit")
    assert "รอจังหวัดรับรอง" in seen(client, PAGE)

    certification.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())

    assert "3,100" in seen(client, address)
    page = client.get(PAGE).content.decode()
    signed = Certificate.objects.filter(sheet__filing__roster_entry=entry)
    assert signed.exists()
    assert all(reverse("certificates:certificate-check", args=[one.address]) in page for one in signed)
    assert "executive ตัวอย่าง" not in page
    assert "นายกองค์การบริหารส่วนตำบล" in page
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    sheet.refresh_from_db()
    certification.revoke(
        actor=department_officer.actor,
        at=at,
        entry=entry,
        section=sheet.section,
        lock=sheet.lock,
        note="ตัวเลขไม่ตรงทะเบียนราษฎร",
        order_number="มท 0001/2570",
    )

    assert "3,100" not in seen(client, address)


def test_old_names_and_what_became_of_a_unit(client: Client, register: Register, public_round: Round) -> None:
    change, end = date(2024, 10, 1), date(2026, 10, 1)
    old = OrganisationVersion.objects.get(organisation=register.unit)
    OrganisationVersion.objects.filter(pk=old.pk).update(in_force=DateRange(FIRST_DAY, change))
    old.pk, old.name, old.full_name, old.in_force = None, "บ้านใหม่", "เทศบาลตำบลบ้านใหม่", DateRange(change, end)
    old.save()
    Succession.objects.create(predecessor=register.unit, successor=register.town, effective_date=end)

    page, successor = seen(client, PAGE), seen(client, "/units/4250102/")

    assert "เทศบาลตำบลบ้านใหม่" in page.partition("ข้อมูล อปท. 8 ด้าน")[0]
    assert "พ้นจากทะเบียนตั้งแต่ 1 ต.ค. 2569 รวมเข้ากับ ทม.สาธิตเมือง" in page
    assert "อบต.บ้านสาธิต 1 ม.ค. 2563 ถึงก่อน 1 ต.ค. 2567" in page
    assert "รวมจาก เทศบาลตำบลบ้านใหม่" in successor


def test_a_code_that_is_no_unit_says_so(client: Client, register: Register) -> None:
    for address in ("/units/9999999/", "/units/P25/", "/units/6250101/domains/9/", "/units/9999999/domains/1/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "หน้า" in response.content.decode()


def test_the_website_as_it_was_told_and_never_a_person(
    client: Client, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    assert "ยังไม่ได้บันทึกเว็บไซต์" in seen(client, PAGE)
    directory.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[PERSON], seen=0)
    directory.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)
    assert "แจ้งว่าไม่มีเว็บไซต์" in seen(client, PAGE)

    told = directory.website_record(
        actor=recorder.actor, at=at, entry=entry, address="https://www.ban.example.go.th/", seen=_newest(entry)
    )

    html = client.get(PAGE).content.decode()
    assert told
    assert 'href="https://www.ban.example.go.th/"' in html
    assert [word for word in (*vars(PERSON).values(), "recorder") if str(word) in html] == []


def test_what_the_unit_publishes_stands_there_once_the_province_checked_it(
    client: Client, register: Register, public_round: Round, at: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    item_made(register.unit, at, PublishedKind.NEWS, {"title": "ข่าวที่รอตรวจ"})
    item_made(register.other_unit, at, PublishedKind.NEWS, {"title": "ข่าวของเพื่อนบ้าน"})
    before = seen(client, PAGE)

    place = item_shown(register.unit, at, PublishedKind.PLACE)

    html = client.get(PAGE).content.decode()
    assert "วัดต้นโพธิ์" not in before
    assert f'href="/travel/places/{place.pk}/"' in html
    assert "วัดต้นโพธิ์" in html
    assert 'loading="lazy"' in html
    assert [word for word in ("ข่าวที่รอตรวจ", "ข่าวของเพื่อนบ้าน") if word in html] == []


def test_search_engines_read_what_it_is(client: Client, register: Register, public_round: Round) -> None:
    OrganisationVersion.objects.filter(organisation=register.unit).update(
        latitude="14.05", longitude="101.37", full_name="</script><script>alert(1)"
    )

    html = client.get(PAGE).content.decode()

    data = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert (data["@type"], data["identifier"], data["geo"]["latitude"]) == ("GovernmentOrganization", "6250101", 14.05)
    assert "<script>alert(1)" not in html


def _newest(entry: RosterEntry) -> int:
    return WebsiteRecord.objects.filter(organisation=entry.organisation).latest("pk").pk


@pytest.fixture
def earlier_rounds(public_round: Round, public_form: FormVersion, at: datetime) -> None:
    """FY 2568 and 2569 of the same form."""
    for year in (2568, 2569):
        round_make(public_form, year, at)


@pytest.fixture
def small_world(register: Register) -> list[Organisation]:
    """Five more อบต. of our province, before the round opens."""
    return [
        organisation_make(
            f"625020{number}", Kind.UNIT, f"อบต.ที่ {number}", f"th.25.2501.625020{number}.", unit_type="SAO", province="25",
            district="2501",
        )
        for number in range(5)
    ]  # fmt: skip


def test_a_unit_that_continues_another_shows_its_years_as_such(
    client: Client,
    register: Register,
    figures: Write,
    small_world: list[Organisation],
    earlier_rounds: None,
    at: datetime,
) -> None:
    old, new = small_world[0], register.unit
    begun = date(2026, 10, 1)
    OrganisationVersion.objects.filter(organisation=new).update(in_force=DateRange(begun, None))
    OrganisationVersion.objects.filter(organisation=old).update(in_force=DateRange(FIRST_DAY, begun))
    RosterEntry.objects.filter(organisation=new, round__fiscal_year_be__lt=2570).delete()
    Succession.objects.create(predecessor=old, successor=new, effective_date=begun)
    for year, unit, number in ((2568, old, 100), (2569, old, 110), (2570, old, 999), (2570, new, 120)):
        figures(unit, {"household_count": number, "population_total": number}, year=year)

    html, page, domain = client.get(PAGE).content.decode(), seen(client, PAGE), seen(client, DOMAIN_6)

    words = "2568 (อบต.ที่ 0): 100 · 2569 (อบต.ที่ 0): 110 · 2570: 120"
    assert words in page
    assert words in domain
    assert html.count('class="former"') % 2 == 0
    assert 'class="former"' in html
    assert "999" not in page + domain
    assert "อบต.ที่ 0 (ปี 2568 ถึง 2569 ก่อนเปลี่ยนเป็น อปท. นี้เมื่อ 1 ต.ค. 2569)" in page
    then = seen(client, PAGE, year="2569")
    assert "ข้อมูลของปีที่เลือกเป็นของหน่วยเดิม คือ อบต.ที่ 0" in then
    assert "110" in then
    records = json.loads(client.get(f"{PAGE}figures.json").content)["data"]
    told = {
        (one["fiscal_year"], one["unit_code"]): one["value"] for one in records if one["question"] == "household_count"
    }
    assert told == {(2570, "6250101"): 120, (2569, "6250200"): 110, (2568, "6250200"): 100}


def test_what_merged_units_told_stands_side_by_side_and_is_never_added(
    client: Client, register: Register, figures: Write, small_world: list[Organisation], earlier_rounds: None
) -> None:
    for number, old in enumerate(small_world[:2]):
        Succession.objects.create(predecessor=old, successor=register.unit, effective_date=date(2026, 10, 1))
        figures(old, {"household_count": 400 + number}, year=2569)
    figures(register.unit, {"household_count": 820}, year=2570)

    html, page = client.get(PAGE).content.decode(), seen(client, PAGE)

    assert re.search(r"อบต.ที่ 0 2569 .*400 .*อบต.ที่ 1 2569 .*401", page.partition("ก่อนรวมกัน")[2])
    assert "801" not in page
    assert "2569: 4" not in page
    assert 'class="former"' not in html


def test_the_figures_of_a_unit_as_files_tell_four_sorts_of_answers_apart(
    client: Client, register: Register, figures: Write, earlier_rounds: None
) -> None:
    figures(
        register.unit,
        {"household_count": 2100, "area_km2": None, "disabled_count": 7, "size_class": "small", "secret_count": 777},
    )
    figures(register.unit, {"household_count": 2000}, year=2569)
    figures(register.unit, {"staff_total": 4141}, stage=Stage.RECORDED)

    whole = json.loads(client.get(f"{PAGE}figures.json").content)
    told = {(one["fiscal_year"], one["question"]): one for one in whole["data"]}
    lines = client.get(f"{PAGE}figures.csv", {"year": "2570"}).content.decode("utf-8-sig").splitlines()

    assert {year for year, _code in told} == {2568, 2569, 2570}
    assert told[2570, "household_count"] | {"as_of": None} == {
        "fiscal_year": 2570, "stage": "PROVINCE", "unit_code": "6250101", "unit_name": "อบต.บ้านสาธิต", "domain": "domain_6",
        "question": "household_count", "label": "จำนวนครัวเรือน", "value": 2100, "value_label": None, "measure": "ครัวเรือน",
        "status": "value", "as_of": None,
    }  # fmt: skip
    status = {code: one["status"] for (year, code), one in told.items() if year == 2570}
    assert [status[code] for code in ("area_km2", "disabled_count", "staff_total", "size_class")] == [
        "no_data", "small", "not_told", "value",
    ]  # fmt: skip
    assert told[2570, "disabled_count"]["value"] is None
    assert told[2570, "size_class"]["value_label"] == "ขนาดเล็ก"
    assert [word for word in ("777", "4141", "secret_count", "office_phone") if word in json.dumps(whole)] == []
    assert len(lines) - 1 == sum(1 for year, _code in told if year == 2570)
    assert f'href="{PAGE}figures.csv"' in client.get(PAGE).content.decode()
