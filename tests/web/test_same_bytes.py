"""The same past moment, asked a year later, after a year of acts, is answered with the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from localgov.certification import services as certification
from localgov.certification.models import Certificate
from localgov.filings import services as filings
from localgov.filings.models import Sheet
from localgov.filings.services.changes import AddRow, SetAnswer
from localgov.filings.states import Action, Status
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_day_end
from localgov.organisations.models import OrganisationVersion
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry
from localgov.rounds.scopes import Reach, Scope
from localgov.rounds.services.dates import Order
from localgov.ui.moments import moment_suffix
from tests.conftest import Person, newest, round_make
from tests.filings.test_standings import database_now


def asked(moment: datetime, entry: RosterEntry, who: Person, certificate: Certificate) -> dict[str, bytes]:
    """Every page, file and command that tells the past, by name."""
    client = who.client()
    unit = {"fiscal_year": 2570, "unit_code": entry.code}
    pages = {
        "board": reverse("monitoring:status"),
        "units": reverse("monitoring:unit-status"),
        "scores": reverse("scoring:score-list"),
        "score": reverse("scoring:score-detail", kwargs=unit),
        "filing": reverse("filings:filing-detail", kwargs=unit),
        "sheet": reverse("filings:sheet-detail", kwargs={**unit, "number": 1}),
        "timeline": reverse("filings:filing-timeline", kwargs=unit),
        "certificates": reverse("certification:certificate-list", kwargs=unit),
        "certificate": reverse("certification:certificate-detail", kwargs={"address": certificate.address}),
    }
    found = {}
    for name, address in pages.items():
        response = client.get(address + moment_suffix(moment))
        assert response.status_code == 200, name
        found[name] = response.content.partition(b"<main")[2].partition(b"</main>")[0]
        assert "(ไม่ใช่ปัจจุบัน)".encode() in found[name], name
    for name in ("board", "units", "scores"):
        response = client.get(f"{pages[name]}{moment_suffix(moment)}&export=xlsx")
        found[f"{name}.xlsx"] = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    out = io.StringIO()
    call_command("score_indicator7", "--fiscal-year", "2570", "--as-of", moment.isoformat(), "--json", stdout=out)
    return found | {"score.json": out.getvalue().encode()}


@pytest.fixture
def before(
    entry: RosterEntry,
    sheet_in: Callable[[Status], Sheet],
    recorder: Person,
    verifier: Person,
    at: datetime,
) -> Certificate:
    """Our unit certified by both levels, with a register row whose name is told."""
    village = uuid4()
    cells = [("village_no", 1), ("village_name", "บ้านกลาง"), ("village_people", 6325)]
    filings.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[AddRow("village", village), *(SetAnswer(code, cell, 0, "village", village) for code, cell in cells)],
    )
    sheet_in(Status.CERTIFIED_PROVINCE)
    return Certificate.objects.filter(sheet__section="domain_1").latest("pk")


def a_year(
    entry: RosterEntry,
    people: dict[str, Person],
    small_form: FormVersion,
    fill: Callable[..., Sheet],
    at: datetime,
) -> None:
    """Amended, certified again, ordered, revoked, returned, extended; renamed; a new round, an excuse."""

    def take(who: str, action: Action, note: str = "") -> None:
        filings.sheet_take_action(
            actor=people[who].actor, at=at, entry=entry, section="domain_1", action=action,
            lock=newest(entry, "domain_1").lock, note=note,
        )  # fmt: skip

    row: dict[str, Any] = {"actor": people["recorder"].actor, "at": at, "entry": entry, "section": "domain_1"}
    certification.amend(**row, lock=newest(entry, "domain_1").lock, note="ปรับ")
    fill("domain_1", {"male": 3000, "female": 3325})
    village = newest(entry, "domain_1").rows.get()
    filings.answers_save(
        **row, batch=uuid4(), changes=[SetAnswer("village_name", "บ้านใหม่", 1, "village", village.row_id)]
    )
    take("recorder", Action.SUBMIT)
    take("verifier", Action.RETURN, "ตรวจใหม่")
    take("recorder", Action.SUBMIT)
    take("verifier", Action.VERIFY)
    certification.unit_certify(actor=people["executive"].actor, at=at, entry=entry, signature=uuid4())
    certification.province_certify(actor=people["province_certifier"].actor, at=at, entry=entry, signature=uuid4())
    certification.revoke(
        actor=people["department_officer"].actor, at=at, entry=entry, section="domain_1",
        lock=newest(entry, "domain_1").lock, note="ข้อมูลเท็จ", order_number="9/2570",
    )  # fmt: skip
    later = {name: bangkok_day_end(date(2027, 9, 30)) for name in ("due_at", "last_new_at", "last_edit_at")}
    rounds.round_extend(
        actor=people["department_officer"].actor, at=at, round_id=entry.round_id, reach=Reach(Scope.PROVINCE, "25"),
        order=Order("ว 1", "น้ำท่วม"), key=uuid4(), **later,
    )  # fmt: skip
    neighbour = RosterEntry.objects.get(round=entry.round, code="2250101")
    rounds.roster_excuse(
        actor=people["department_officer"].actor, at=at, entry_id=neighbour.pk, excused_from=at.date(), reason="ยุบ"
    )
    round_make(small_form, 2571, at)
    OrganisationVersion.objects.filter(organisation=entry.organisation).update(full_name="ทต.ชื่อใหม่", name="ชื่อใหม่")
    for person in people.values():
        type(person.user).objects.filter(pk=person.user.pk).update(display_name=f"{person.user.username} ชื่อใหม่")
        person.user.refresh_from_db()


def test_a_year_later_a_past_moment_has_the_same_bytes(
    entry: RosterEntry,
    before: Certificate,
    small_form: FormVersion,
    fill: Callable[..., Sheet],
    recorder: Person,
    verifier: Person,
    executive: Person,
    province_certifier: Person,
    department_officer: Person,
    at: datetime,
) -> None:
    people = {
        "recorder": recorder,
        "verifier": verifier,
        "executive": executive,
        "province_certifier": province_certifier,
        "department_officer": department_officer,
    }
    moment = database_now()
    with time_machine.travel(moment + timedelta(minutes=1), tick=True):
        first = asked(moment, entry, department_officer, before)

    a_year(entry, people, small_form, fill, at)

    with time_machine.travel(moment + timedelta(days=365), tick=True):
        again = asked(moment, entry, department_officer, before)
        now = department_officer.client().get(reverse("scoring:score-list")).content.decode()
    for name, content in first.items():
        assert again[name] == content, name
    assert "2571" in now


def test_a_moment_to_come_is_refused_and_no_file_goes_out(entry: RosterEntry, department_officer: Person) -> None:
    client = department_officer.client()

    for name in ("monitoring:status", "monitoring:unit-status", "scoring:score-list"):
        response = client.get(reverse(name), {"date": "1/1/2600", "export": "xlsx"})
        assert response.status_code == 200
        assert "ยังมาไม่ถึง" in response.content.decode()
        assert "ข้อมูลปัจจุบัน" in response.content.decode()


def test_the_past_is_read_only_and_leads_from_page_to_page(
    entry: RosterEntry, before: Certificate, recorder: Person
) -> None:
    unit = {"fiscal_year": 2570, "unit_code": entry.code}
    moment = database_now()
    with time_machine.travel(moment + timedelta(minutes=1), tick=True):
        client = recorder.client()
        filing = client.get(reverse("filings:filing-detail", kwargs=unit) + moment_suffix(moment)).content.decode()
        sheet = reverse("filings:sheet-detail", kwargs={**unit, "number": 1})
        page = client.get(sheet + moment_suffix(moment)).content.decode()
        timeline = client.get(reverse("filings:filing-timeline", kwargs=unit)).content.decode()

    assert f'href="{sheet}?date=' in filing
    assert "data-save-url" not in page
    assert "sheet-actions" not in page
    assert "ข้อมูล ณ เวลานี้" in timeline


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_has_no_past_here_either(
    who: str, entry: RosterEntry, before: Certificate, request: pytest.FixtureRequest
) -> None:
    moment = database_now()
    unit = {"fiscal_year": 2570, "unit_code": entry.code}
    with time_machine.travel(moment + timedelta(minutes=1), tick=True):
        client = request.getfixturevalue(who).client()
        for name, place in (
            ("filings:filing-detail", unit),
            ("filings:sheet-detail", {**unit, "number": 1}),
            ("filings:filing-timeline", unit),
            ("certification:certificate-list", unit),
            ("certification:certificate-detail", {"address": before.address}),
            ("scoring:score-detail", unit),
        ):
            assert client.get(reverse(name, kwargs=place) + moment_suffix(moment)).status_code == 404
        board = client.get(reverse("monitoring:unit-status") + moment_suffix(moment)).content.decode()
    assert "อบต.บ้านสาธิต" not in board


def test_before_its_certificate_there_is_none(entry: RosterEntry, before: Certificate, recorder: Person) -> None:
    moment = before.recorded_at - timedelta(microseconds=1)
    with time_machine.travel(database_now() + timedelta(minutes=1), tick=True):
        address = reverse("certification:certificate-detail", kwargs={"address": before.address})
        assert recorder.client().get(address + moment_suffix(moment)).status_code == 404
