"""Who may open which page of a filing, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from localgov.access.roles import RoleCode
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.lib.thai_calendar import bangkok_date, format_date_short, last_day_before
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person, Register, newest
from tests.filings.conftest import UNIT, words

pytestmark = pytest.mark.django_db

READ = ("", "1/", "2/", "timeline/", "1/steps/submit/", "1/steps/verify/")
RECORD = ("1/rows/village/new/",)
POSTS = ("1/answers/", "1/carry/")
WATCHERS = (
    "recorder",
    "verifier",
    "executive",
    "unit_administrator",
    "district_officer",
    "province_officer",
    "province_certifier",
    "department_officer",
    "auditor",
)


@pytest.mark.parametrize("who", WATCHERS)
@pytest.mark.parametrize("path", READ)
def test_is_read_by_everyone_above_and_inside_the_unit(
    request: pytest.FixtureRequest, entry: RosterEntry, fill: Callable[..., Sheet], who: str, path: str
) -> None:
    fill("domain_1")

    assert request.getfixturevalue(who).client().get(UNIT + path).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
@pytest.mark.parametrize("path", [*READ, *RECORD])
def test_is_not_there_for_the_next_province(
    request: pytest.FixtureRequest, entry: RosterEntry, fill: Callable[..., Sheet], who: str, path: str
) -> None:
    fill("domain_1")
    status = request.getfixturevalue(who).client().get(UNIT + path).status_code

    # An officer holds no right to record anywhere: the door refuses before the unit is looked for.
    assert status == (403 if who == "stranger_officer" and path in RECORD else 404)


@pytest.mark.parametrize("path", POSTS)
def test_takes_nothing_from_the_next_province(entry: RosterEntry, stranger: Person, path: str) -> None:
    assert stranger.client().post(UNIT + path).status_code == 404
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("who", ["verifier", "executive", "district_officer", "province_officer", "auditor"])
@pytest.mark.parametrize("path", [*POSTS, *RECORD])
def test_refuses_roles_that_do_not_record(
    request: pytest.FixtureRequest, entry: RosterEntry, who: str, path: str
) -> None:
    assert request.getfixturevalue(who).client().post(UNIT + path).status_code == 403


@pytest.mark.parametrize("path", POSTS)
def test_posts_are_not_pages(entry: RosterEntry, recorder: Person, path: str) -> None:
    assert recorder.client().get(UNIT + path).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["9/", "0/", "4/", "1/steps/certify-lao/", "1/steps/nonsense/", "1/rows/people/new/", "1/rows/village/nonsense/"],
)
def test_what_the_form_does_not_hold_is_not_there(entry: RosterEntry, recorder: Person, path: str) -> None:
    assert recorder.client().get(UNIT + path).status_code == 404


def test_a_stranger_is_sent_to_sign_in(entry: RosterEntry, client: object) -> None:
    from django.test import Client

    response = Client().get(UNIT)

    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_the_menu_leads_a_recorder_to_the_own_unit(entry: RosterEntry, recorder: Person) -> None:
    response = recorder.client().get("/filings/")

    assert response.status_code == 302
    assert response["Location"] == UNIT


def test_the_menu_shows_an_office_its_units_alone(entry: RosterEntry, province_officer: Person) -> None:
    text = words(province_officer.client().get("/filings/"))

    assert "อบต.บ้านสาธิต" in text
    assert "อบต.เพื่อนบ้าน" not in text


def test_finds_a_unit_by_a_part_of_its_name(entry: RosterEntry, department_officer: Person) -> None:
    text = words(department_officer.client().get("/filings/", {"name": "เพื่อน"}))

    assert "อบต.เพื่อนบ้าน" in text
    assert "อบต.บ้านสาธิต" not in text


def test_shows_state_progress_desk_and_due_date(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet], at: datetime
) -> None:
    fill("domain_1", {"male": 3100, "female": 3225, "total": 6000})

    text = words(recorder.client().get(UNIT))

    assert f"กำลังบันทึก รอผู้บันทึก ตั้งแต่ {format_date_short(bangkok_date(at))}" in text
    assert "ต้องแก้ 1" in text
    assert f"ครบกำหนด {format_date_short(last_day_before(entry.round.due_at))}" in text
    assert "ยังไม่เริ่ม" in text


def test_says_which_domain_does_not_concern_the_unit(
    entry: RosterEntry, register: Register, person: Callable[..., Person]
) -> None:
    town = person("town", register.town, RoleCode.RECORDER)
    response = town.client().get("/filings/2570/4250102/")

    assert "อปท. ประเภทนี้ไม่ต้องบันทึกด้านนี้" in words(response)
    assert town.client().get("/filings/2570/4250102/3/").status_code == 404


def test_switches_between_the_years_of_the_unit(entry: RosterEntry, round_2569: Round, recorder: Person) -> None:
    response = recorder.client().get(UNIT)

    assert "/filings/2569/6250101/" in response.content.decode()
    assert recorder.client().get("/filings/2569/6250101/").status_code == 200


def test_says_why_a_domain_came_back(
    entry: RosterEntry, recorder: Person, verifier: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet = sheet_in(Status.SUBMITTED)
    verifier.client().post(f"{UNIT}1/steps/return/", {"lock": sheet.lock, "note": "ประชากรชายไม่ตรงทะเบียน"})

    for path in ("", "1/"):
        text = words(recorder.client().get(UNIT + path))
        assert "ประชากรชายไม่ตรงทะเบียน" in text
        assert "ส่งกลับ" in text


def test_shows_help_unit_and_last_years_value_beside_a_question(
    entry: RosterEntry, recorder: Person, round_2569: Round, fill_year: Callable[..., Sheet]
) -> None:
    fill_year(2569, "domain_1", {"male": 3087})

    text = words(recorder.client().get(f"{UNIT}1/"))

    assert "ตามทะเบียนราษฎร" in text
    assert "ปีก่อน 3,087 ยกมา ประชากรชาย" in text


def test_hides_what_is_not_asked(entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]) -> None:
    fill("domain_2", {"tap": False})

    body = recorder.client().get(f"{UNIT}2/").content.decode()

    question = body.split('id="q-tap_households"')[1].split(">")[0]
    assert question.endswith("hidden")


def test_a_watcher_reads_without_any_box(
    entry: RosterEntry, province_officer: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1")

    response = province_officer.client().get(f"{UNIT}1/")

    assert "3,100" in words(response)
    assert 'name="a-male"' not in response.content.decode()
    assert "data-record" not in response.content.decode().split("<form", 2)[-1].split(">")[0]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.VERIFIED, Status.CERTIFIED_LAO])
def test_a_locked_domain_has_no_box_and_says_why(
    entry: RosterEntry, recorder: Person, sheet_in: Callable[[Status], Sheet], status: Status
) -> None:
    sheet_in(status)

    response = recorder.client().get(f"{UNIT}1/")

    assert 'name="a-male"' not in response.content.decode()
    assert f"แก้ไขไม่ได้ในสถานะ “{status.label}”" in words(response)


def test_what_was_typed_never_becomes_markup(
    entry: RosterEntry, recorder: Person, verifier: Person, fill: Callable[..., Sheet]
) -> None:
    hostile = '"><script>alert(1)</script>'
    fill("domain_1", {"male": hostile, "village": None})
    recorder.client().post(f"{UNIT}1/rows/village/new/", {"w-village_name": '[0, "", ""]', "a-village_name": hostile})

    for who in (recorder, verifier):
        for path in ("1/", "timeline/", "1/steps/submit/"):
            body = who.client().get(UNIT + path).content.decode()
            assert "<script>alert" not in body


def test_a_unit_that_left_reads_why(entry: RosterEntry, recorder: Person) -> None:
    RosterEntry.objects.filter(pk=entry.pk).update(excused_from=date(2026, 11, 1), excused_reason="ยุบรวมกับเทศบาล")

    assert "ยุบรวมกับเทศบาล" in words(recorder.client().get(UNIT))


@pytest.mark.parametrize(("path", "most"), [("", 13), ("1/", 13), ("timeline/", 13)])
def test_costs_few_queries_however_much_is_filled(
    entry: RosterEntry,
    recorder: Person,
    sheet_in: Callable[[Status], Sheet],
    django_assert_max_num_queries: Callable[[int], object],
    path: str,
    most: int,
) -> None:
    sheet_in(Status.RECORDING)
    client = recorder.client()
    client.get(UNIT + path)

    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        client.get(UNIT + path)


def test_offers_a_row_that_is_there(entry: RosterEntry, recorder: Person) -> None:
    client = recorder.client()
    client.post(f"{UNIT}1/rows/village/new/", {"w-village_no": '[0, "[]", ""]', "a-village_no": "๓"})
    (row,) = newest(entry, "domain_1").rows.all()

    response = client.get(f"{UNIT}1/rows/village/{row.row_id}/")

    assert response.status_code == 200
    assert "แถวที่ 1" in words(response)
    assert 'value="3"' in response.content.decode()
