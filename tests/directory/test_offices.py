"""เว็บไซต์ สถจ.: told by the office itself, read by everybody the second it is told."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from localgov.access.decision import Denied
from localgov.audit.models import Event
from localgov.directory import services
from localgov.directory.models import OfficeWebsite
from localgov.directory.selectors import offices
from tests.conftest import NOW, Person

FORM = "directory:office-website"
ADDRESS = "https://www.prachinlocal.example.go.th/"


def listed(client: Client) -> dict[str, str]:
    """Province → website, as a stranger reads the file."""
    rows = csv.DictReader(io.StringIO(client.get("/office-websites.csv").content.decode("utf-8-sig")))
    return {row["province"]: row["website"] for row in rows}


def tell(who: Person, *, has: str = "yes", address: str = "", seen: int = 0) -> int:
    """The page as an officer fills it; the status of the answer."""
    return who.client().post(reverse(FORM), {"has": has, "address": address, "seen": seen}).status_code


def test_the_officer_of_another_province_writes_his_own_office_alone(
    client: Client, province_officer: Person, stranger_officer: Person, recorder: Person
) -> None:
    assert tell(stranger_officer, address="www.sakaeo.example.go.th") == 302
    assert listed(client) == {"ปราจีนบุรี": "", "สระแก้ว": "http://www.sakaeo.example.go.th/"}

    ours = offices.own_office(province_officer.actor, on=NOW.date())
    assert ours is not None
    for other in (stranger_officer, recorder):
        with pytest.raises(Denied):
            services.office_website_record(actor=other.actor, at=NOW, office=ours, address=ADDRESS, seen=0)
    assert recorder.client().get(reverse(FORM)).status_code == 403
    assert listed(client)["ปราจีนบุรี"] == ""


def test_everybody_reads_it_the_second_it_is_told_and_that_there_is_none(
    client: Client, province_officer: Person
) -> None:
    before = client.get(reverse("websites:office-list"))
    assert tell(province_officer, address="www.prachinlocal.example.go.th") == 302
    page = client.get(reverse("websites:office-list")).content.decode()
    assert 'href="http://www.prachinlocal.example.go.th/"' in page
    assert before.headers["ETag"] != client.get(reverse("websites:office-list")).headers["ETag"]

    standing = OfficeWebsite.objects.get()
    assert tell(province_officer, has="no", seen=standing.pk) == 302
    cells = client.get(reverse("websites:office-list")).content.decode()
    assert "prachinlocal" not in cells
    assert ">ไม่มี<" in cells
    row = client.get("/office-websites.json").json()["data"][0]
    told = (row["province"], row["has_website"], row["website"], row["recorded_on"])
    assert told == ("ปราจีนบุรี", False, None, NOW.date().isoformat())
    assert Event.objects.filter(type="office.website").count() == 2


@pytest.mark.parametrize("typed", ["", "บ้านสาธิต", "bansang001@bansang.go.th", "http://a b.go.th"])
def test_what_is_no_address_gets_its_reason_and_stays_in_the_box(province_officer: Person, typed: str) -> None:
    answer = province_officer.client().post(reverse(FORM), {"has": "yes", "address": typed, "seen": 0})

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert typed in answer.content.decode()
    assert not OfficeWebsite.objects.exists()


def test_whoever_opened_the_page_before_another_wrote_overwrites_nothing(province_officer: Person) -> None:
    assert tell(province_officer, address=ADDRESS) == 302

    late = province_officer.client().post(reverse(FORM), {"has": "no", "address": "", "seen": 0})

    assert late.status_code == 409
    assert "บันทึกไว้แล้วระหว่างที่ท่านเปิดหน้านี้" in late.content.decode()
    assert ADDRESS in late.content.decode()
    assert OfficeWebsite.objects.get().url == ADDRESS


def test_a_second_press_of_the_same_writes_no_second_line(province_officer: Person) -> None:
    assert tell(province_officer, address=ADDRESS) == 302
    assert tell(province_officer, address=ADDRESS, seen=OfficeWebsite.objects.get().pk) == 302
    assert OfficeWebsite.objects.count() == 1


def test_the_database_refuses_what_is_no_address(province_officer: Person) -> None:
    office = offices.own_office(province_officer.actor, on=NOW.date())
    assert office is not None
    with pytest.raises(IntegrityError, match="office_website_address"), transaction.atomic():
        OfficeWebsite.objects.create(organisation_id=office.organisation_id, url="บ้าน", actor_label="ทดสอบ", at=NOW)
