"""Amendments, returns and revocations: which revision is in force, and what its certificates and figures say."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from localgov.access.decision import Denied
from localgov.audit.models import Event
from localgov.certification import selectors, services
from localgov.certification.changes import changes_between
from localgov.certification.models import Certificate, Lapse, Level
from localgov.certification.selectors.standing import Standing, certificate_views
from localgov.figures.models import Figure, Stage
from localgov.filings.models import Sheet
from localgov.filings.services import Stale, sheet_take_action
from localgov.filings.states import Action, Status
from localgov.forms import selectors as forms
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, newest

SheetIn = Callable[[Status], Sheet]
Fill = Callable[..., Sheet]


@pytest.fixture
def amended(
    sheet_in: SheetIn, fill: Fill, entry: RosterEntry, recorder: Person, verifier: Person, at: datetime
) -> Callable[..., Sheet]:
    """Certifies all by both levels, then amends a sheet and has it verified: revision 2 waits for the executive."""

    def amend(section: str = "domain_1", **answers: object) -> Sheet:
        if not Sheet.objects.filter(filing__roster_entry=entry, status=Status.CERTIFIED_PROVINCE).exists():
            sheet_in(Status.CERTIFIED_PROVINCE)
        lock = newest(entry, section).lock
        services.amend(actor=recorder.actor, at=at, entry=entry, section=section, lock=lock, note="ปรับปรุง")
        fill(section, answers or {"male": 3101, "total": 6326})
        for person, action in ((recorder, Action.SUBMIT), (verifier, Action.VERIFY)):
            lock = newest(entry, section).lock
            sheet_take_action(actor=person.actor, at=at, entry=entry, section=section, action=action, lock=lock)
        return newest(entry, section)

    return amend


def figure(question: str, stage: Stage) -> object:
    found = Figure.objects.filter(question=question, stage=stage).first()
    return found.number if found else None


def standings(sheet: Sheet) -> dict[tuple[int, str], Standing]:
    """Of one sheet code: standing by revision and level, the newest certificate of each."""
    views = certificate_views(filing=sheet.filing, numbers={})
    return {
        (view.certificate.sheet.revision, view.certificate.level): view.standing
        for view in reversed(views)
        if view.certificate.sheet.section == sheet.section
    }


def test_an_amendment_of_the_unit_alone_never_displaces_what_both_certified(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet = amended()

    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    for level in Level:
        in_force = selectors.sheet_in_force(filing=sheet.filing, section="domain_1", level=level)
        assert in_force is not None
        assert in_force.revision == 1
    assert (figure("total", Stage.UNIT), figure("total", Stage.PROVINCE)) == (6325, 6325)
    assert standings(sheet) == {
        (1, Level.UNIT): Standing.IN_FORCE,
        (1, Level.PROVINCE): Standing.IN_FORCE,
        (2, Level.UNIT): Standing.WAITING,
    }


def test_a_revision_certified_by_both_supersedes_the_one_before(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = amended()
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())

    assert (figure("total", Stage.UNIT), figure("total", Stage.PROVINCE)) == (6326, 6326)
    assert standings(sheet)[1, Level.UNIT] == Standing.SUPERSEDED
    assert standings(sheet)[2, Level.PROVINCE] == Standing.IN_FORCE


def test_only_what_was_amended_is_signed_again(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, at: datetime
) -> None:
    amended()

    certificates = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    assert [(one.sheet.section, one.sheet.revision) for one in certificates] == [("domain_1", 2)]


def test_the_amended_text_names_its_base_and_every_change(
    amended: Callable[..., Sheet], entry: RosterEntry, recorder: Person, executive: Person, at: datetime
) -> None:
    first = amended()
    base = Certificate.objects.get(sheet__filing=first.filing, sheet__section="domain_1", level=Level.UNIT)

    (certificate,) = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    amends = json.loads(certificate.snapshot)["amends"]
    assert (amends["revision"], amends["certificate"], amends["sha256"]) == (1, base.number, base.sha256)
    assert (amends["because"]["action"], amends["because"]["reason"]) == ("AMEND", "ปรับปรุง")
    by = {"id": recorder.user.pk, "name": recorder.user.display_name}
    people = {"unit": "คน"}
    assert amends["changes"] == [
        {"question": "male", "old": {"value": 3100} | people, "new": {"value": 3101} | people, "by": by},
        {"question": "total", "old": {"value": 6325} | people, "new": {"value": 6326} | people, "by": by},
    ]


def test_rows_that_came_went_and_changed_are_told(entry: RosterEntry) -> None:
    rows = [uuid4() for _ in range(3)]

    def body(*numbers: tuple[UUID, int]) -> dict[str, Any]:
        cells = [{"id": str(row), "values": {"village_no": {"value": number}}} for row, number in numbers]
        return {"sheet": {"code": "domain_1"}, "answers": {}, "registers": {"village": cells}}

    form = forms.compiled(entry.round.form_version_id)
    found = changes_between(form, body((rows[0], 1), (rows[1], 2)), body((rows[1], 3), (rows[2], 4)))

    assert [(one["question"], one.get("op"), one["row"]) for one in found] == [
        ("village_no", None, str(rows[1])),
        ("village", "add", str(rows[2])),
        ("village", "delete", str(rows[0])),
    ]
    assert (found[0]["old"], found[0]["new"]) == ({"value": 2}, {"value": 3})


def test_an_amendment_does_not_wait_for_another_one_that_is_being_recorded(
    amended: Callable[..., Sheet], entry: RosterEntry, recorder: Person, executive: Person, at: datetime
) -> None:
    amended("domain_1")
    services.amend(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_2",
        lock=newest(entry, "domain_2").lock,
        note="ปรับปรุง",
    )

    certificates = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    assert [one.sheet.section for one in certificates] == ["domain_1"]


def test_what_the_province_returned_must_be_certified_again_before_anything_else(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    services.province_return(
        actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ไม่ตรงทะเบียน"
    )
    services.unit_take_back(
        actor=executive.actor, at=at, entry=entry, section="domain_2", lock=newest(entry, "domain_2").lock
    )

    with pytest.raises(Denied, match=r"ยังเหลือ: ประชากร \(กำลังบันทึก\)$"):
        services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())


def test_the_province_returns_an_amendment_and_the_first_revision_stays(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = amended()
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    services.province_return(
        actor=province_certifier.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=newest(entry, "domain_1").lock,
        note="ยังไม่ตรง",
    )

    after = newest(entry, "domain_1")
    assert (after.revision, after.status, after.returned_note) == (3, Status.RECORDING, "ยังไม่ตรง")
    assert standings(sheet)[2, Level.UNIT] == Standing.ENDED
    assert standings(sheet)[1, Level.PROVINCE] == Standing.IN_FORCE
    assert figure("total", Stage.PROVINCE) == 6325


def test_taking_back_an_amendment_puts_the_revision_before_in_force_again(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = amended()
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())

    services.province_take_back(
        actor=province_certifier.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=newest(entry, "domain_1").lock,
    )

    assert figure("total", Stage.PROVINCE) == 6325
    assert standings(sheet)[1, Level.PROVINCE] == Standing.IN_FORCE


def test_an_order_opens_a_revision_with_its_reason(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    services.order_amendment(
        actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ตรวจพบไม่ตรง"
    )

    after = newest(entry, "domain_1")
    assert (after.revision, after.returned_note, after.recorder_ids) == (2, "ตรวจพบไม่ตรง", sheet.recorder_ids)
    assert figure("total", Stage.PROVINCE) == 6325


def revoke(department_officer: Person, entry: RosterEntry, at: datetime, lock: int) -> Sheet:
    return services.revoke(
        actor=department_officer.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=lock,
        note="ข้อมูลเท็จ",
        order_number="7/2570",
    )


def test_opening_an_amendment_does_not_escape_a_revocation(
    sheet_in: SheetIn, fill: Fill, entry: RosterEntry, recorder: Person, department_officer: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    services.amend(actor=recorder.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ปรับปรุง")
    fill("domain_1", {"male": 3101, "total": 6326})
    sheet.refresh_from_db()

    going_on = revoke(department_officer, entry, at, sheet.lock)

    sheet.refresh_from_db()
    assert sheet.status == Status.CLOSED
    assert (going_on.revision, going_on.status, going_on.answers["male"]["v"]) == (2, Status.RECORDING, 3101)
    assert selectors.sheet_in_force(filing=sheet.filing, section="domain_1", level=Level.UNIT) is None
    assert figure("total", Stage.PROVINCE) is None


def test_a_revocation_brings_no_superseded_revision_back(
    amended: Callable[..., Sheet],
    entry: RosterEntry,
    executive: Person,
    province_certifier: Person,
    department_officer: Person,
    at: datetime,
) -> None:
    amended()
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())

    after = revoke(department_officer, entry, at, newest(entry, "domain_1").lock)

    assert (after.revision, after.status) == (3, Status.RECORDING)
    assert set(standings(after).values()) == {Standing.ENDED}
    assert {lapse.order_number for lapse in Lapse.objects.all()} == {"7/2570"}
    assert figure("total", Stage.UNIT) is None


def test_nothing_is_revoked_that_both_have_not_certified(
    sheet_in: SheetIn, entry: RosterEntry, department_officer: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)

    with pytest.raises(Denied, match="ไม่มีการรับรองให้เพิกถอน"):
        revoke(department_officer, entry, at, sheet.lock)


def test_a_revocation_of_what_changed_meanwhile_is_refused(
    sheet_in: SheetIn, entry: RosterEntry, department_officer: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    with pytest.raises(Stale):
        revoke(department_officer, entry, at, sheet.lock - 1)


def test_a_whole_signature_is_taken_back_at_once(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    signature = Certificate.objects.values_list("signature", flat=True)[0]

    sheets = services.signature_take_back(
        actor=executive.actor, at=at, entry=entry, signature=signature, note="พบข้อผิดพลาด"
    )

    assert {sheet.status for sheet in sheets} == {Status.VERIFIED}
    assert Lapse.objects.filter(kind=Lapse.Kind.TAKEN_BACK, reason="พบข้อผิดพลาด").count() == 3
    with pytest.raises(Denied, match="ถูกถอนหรือสิ้นผลไปแล้ว"):
        services.signature_take_back(actor=executive.actor, at=at, entry=entry, signature=signature)


def test_a_signature_is_taken_back_whole_or_not_at_all(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    signature = Certificate.objects.values_list("signature", flat=True)[0]
    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())
    services.province_take_back(
        actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=newest(entry, "domain_1").lock
    )

    with pytest.raises(Denied):
        services.signature_take_back(actor=executive.actor, at=at, entry=entry, signature=signature)

    sheet.refresh_from_db()
    assert sheet.status == Status.CERTIFIED_LAO
    assert not Lapse.objects.filter(certificate__level=Level.UNIT).exists()


def test_signing_and_ending_are_recorded(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    services.unit_take_back(actor=executive.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock)

    signed, ended = Event.objects.filter(type__startswith="certificate.").order_by("pk")
    assert (signed.type, signed.target_label, len(signed.data["certificates"])) == (
        "certificate.sign",
        "อบต.บ้านสาธิต",
        3,
    )
    assert (ended.type, ended.data["kind"]) == ("certificate.end", Lapse.Kind.TAKEN_BACK)


def test_an_amendment_of_the_unit_s_own_will_is_not_shown_as_returned(
    sheet_in: SheetIn, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    services.amend(actor=recorder.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ปรับปรุง")

    assert newest(entry, "domain_1").returned_note == ""
    assert sheet.steps.get(action=Action.AMEND).note == "ปรับปรุง"
