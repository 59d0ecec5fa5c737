"""Pages of rounds: who may open them, what they show, opening a year in a browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from localgov.forms.models import FormVersion
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person
from tests.rounds.test_opening import open_year

pytestmark = pytest.mark.django_db

DATES = {"due": "15 มิ.ย. 2571", "last_new": "31/8/2571", "last_edit": "๓๐ กันยายน ๒๕๗๑"}


@pytest.fixture
def dated(small_form: FormVersion, department_officer: Person, at: datetime) -> Round:
    """FY 2570, due 15 June 2570."""
    return open_year(department_officer.actor, at, small_form)


def opening(version: FormVersion, **changes: str) -> dict[str, str]:
    return {"form_version": str(version.pk), "fiscal_year": "2571", "profile": "PROVINCE", **DATES, **changes}


def department_pages(entry: RosterEntry) -> list[str]:
    return [
        reverse("rounds:round-open"),
        reverse("rounds:round-extend", args=[entry.round_id]),
        reverse("rounds:round-reopen", args=[entry.round_id]),
        reverse("rounds:roster-add", args=[entry.round_id]),
        reverse("rounds:roster-excuse", args=[entry.pk]),
    ]


def test_everyone_sees_rounds_and_of_the_roster_only_the_own_units(
    entry: RosterEntry, recorder: Person, stranger: Person, province_officer: Person, department_officer: Person
) -> None:
    page = reverse("rounds:round-detail", args=[entry.round_id])
    seen = {
        someone.user.username: someone.client().get(page).content.decode()
        for someone in (recorder, stranger, province_officer, department_officer)
    }
    assert "อบต.บ้านสาธิต" in seen["recorder"]
    assert "ทม.สาธิตเมือง" not in seen["recorder"]
    assert "อบต.บ้านสาธิต" not in seen["stranger"]
    assert "อบต.เพื่อนบ้าน" in seen["stranger"]
    assert "ทม.สาธิตเมือง" in seen["p25"]
    assert "อบต.เพื่อนบ้าน" not in seen["p25"]
    assert "อบต.เพื่อนบ้าน" in seen["dla1"]
    assert "ให้พ้นหน้าที่" in seen["dla1"]
    assert "ให้พ้นหน้าที่" not in seen["p25"]


def test_the_list_says_due_day_and_number_of_units(dated: Round, recorder: Person) -> None:
    text = recorder.client().get(reverse("rounds:round-list")).content.decode()
    assert "15 มิ.ย. 2570" in text
    assert "ข้อมูลตัวอย่าง" in text
    assert "เปิดปีงบประมาณ" not in text


def test_an_account_without_the_right_is_refused(entry: RosterEntry, operator: Person) -> None:
    pages = [reverse("rounds:round-list"), reverse("rounds:round-detail", args=[entry.round_id])]
    assert {operator.client().get(page).status_code for page in pages} == {403}


def test_nobody_signed_in_is_sent_to_sign_in(entry: RosterEntry) -> None:
    assert {Client().get(page).status_code for page in department_pages(entry)} == {302}


def test_acts_of_the_department_are_refused_to_all_others(
    entry: RosterEntry, recorder: Person, stranger: Person, province_certifier: Person, form_owner: Person
) -> None:
    for someone in (recorder, stranger, province_certifier, form_owner):
        for page in department_pages(entry):
            assert (someone.client().get(page).status_code, someone.client().post(page).status_code) == (403, 403)


def test_the_department_opens_its_pages_and_404_is_said_of_what_is_not_there(
    entry: RosterEntry, department_officer: Person
) -> None:
    client = department_officer.client()
    assert {client.get(page).status_code for page in department_pages(entry)} == {200}
    for name in (
        "round-detail",
        "round-extend",
        "round-reopen",
        "time-act-list",
        "reopening-end",
        "roster-add",
        "roster-excuse",
    ):
        assert client.get(reverse(f"rounds:{name}", args=[999_999])).status_code == 404


def test_a_year_is_opened_after_a_second_look(dated: Round, department_officer: Person) -> None:
    client, page = department_officer.client(), reverse("rounds:round-open")
    proposal = client.get(page).content.decode()
    assert 'value="2571"' in proposal
    assert 'value="15 มิ.ย. 2571"' in proposal
    data = opening(dated.form_version)
    second_look = client.post(page, data).content.decode()
    assert "โปรดตรวจทานก่อนเปิดรอบ" in second_look
    assert "31 ส.ค. 2571" in second_look
    back = client.post(page, {**data, "edit": "yes"}).content.decode()
    assert 'value="31/8/2571"' in back
    assert Round.objects.count() == 1
    done = client.post(page, {**data, "confirmed": "yes"})
    opened = Round.objects.get(fiscal_year_be=2571)
    assert done.headers["Location"] == reverse("rounds:round-detail", args=[opened.pk])
    assert opened.due_at.isoformat() == "2028-06-15T17:00:00+00:00"
    assert opened.roster.count() == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fiscal_year": "2570"}, "ปีงบประมาณ 2570 ไปแล้ว"),
        ({"fiscal_year": "2575"}, "ไม่ครอบคลุมปี 2575"),
        ({"fiscal_year": "ปีหน้า"}, "ต้องเป็นปี พ.ศ. 4 หลัก"),
        ({"fiscal_year": "2027"}, "ต้องเป็นปี พ.ศ. 4 หลัก"),
        ({"due": "31 ก.พ. 2571"}, "ไม่มีวันที่ 31 ในเดือนกุมภาพันธ์"),
        ({"due": ""}, "โปรดกรอก “วันครบกำหนด”"),
        ({"last_new": "1 มิ.ย. 2571"}, "ต้องไม่ก่อนวันครบกำหนด"),
        ({"form_version": "999999"}, "โปรดเลือกจากรายการ"),
        ({"profile": "EVERYTHING"}, "โปรดเลือกจากรายการ"),
    ],
)
def test_an_unusable_opening_comes_back_with_the_reason(
    changes: dict[str, str], sentence: str, round_2570: Round, department_officer: Person
) -> None:
    data = opening(round_2570.form_version, **changes)
    response = department_officer.client().post(reverse("rounds:round-open"), {**data, "confirmed": "yes"})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Round.objects.count() == 1


def test_a_unit_is_excused_and_the_roster_says_why(entry: RosterEntry, department_officer: Person) -> None:
    client, page = department_officer.client(), reverse("rounds:roster-excuse", args=[entry.pk])
    outside = client.post(page, {"excused_from": "1 ม.ค. 2700", "reason": "ยุบรวม"})
    assert outside.status_code == 422
    assert "ต้องไม่หลังวันสุดท้ายที่แก้ไขได้" in outside.content.decode()
    done = client.post(page, {"excused_from": "1 ม.ค. 2570", "reason": "ยุบรวมกับ ทม.สาธิตเมือง"}, follow=True)
    assert "พ้นหน้าที่ตั้งแต่ 1 ม.ค. 2570: ยุบรวมกับ ทม.สาธิตเมือง" in done.content.decode()


def test_a_unit_that_is_on_the_roster_or_unknown_is_not_added(entry: RosterEntry, department_officer: Person) -> None:
    page = reverse("rounds:roster-add", args=[entry.round_id])
    for code, sentence in (("6250101", "อยู่ในบัญชีรายชื่อ"), ("0000000", "ทะเบียนวันนี้ไม่มี"), ("", "โปรดกรอก")):
        response = department_officer.client().post(page, {"organisation_code": code})
        assert response.status_code == 422
        assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"words": "บ้านสาธิต"}, {"6250101"}),
        ({"words": "42501"}, {"4250102"}),
        ({"province": "27"}, {"6270101"}),
        ({"unit_type": "PAO"}, {"2250101"}),
        ({"standing": "excused"}, set()),
        ({"province": "99", "unit_type": "x"}, {"6250101", "4250102", "2250101", "6270101"}),
    ],
)
def test_the_roster_is_searched(
    query: dict[str, str], names: set[str], entry: RosterEntry, department_officer: Person
) -> None:
    page = reverse("rounds:round-detail", args=[entry.round_id])
    text = department_officer.client().get(page, query).content.decode()
    table = text[text.index('id="list"') :]
    assert {code for code in ("6250101", "4250102", "2250101", "6270101") if f">{code}<" in table} == names


def test_the_roster_page_costs_a_fixed_number_of_queries(
    entry: RosterEntry,
    department_officer: Person,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    client, page = department_officer.client(), reverse("rounds:round-detail", args=[entry.round_id])
    client.get(page)
    with django_assert_num_queries(9):
        client.get(page)
