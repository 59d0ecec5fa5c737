"""Certifying by the unit and the province, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from localgov.access.decision import Denied
from localgov.certification import selectors, services
from localgov.certification.models import Certificate, Lapse, Level
from localgov.figures.models import Figure, Stage
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.services import Stale, sheet_take_action
from localgov.filings.states import Action, Status
from localgov.lib.canonical import sha256_hex
from localgov.rounds.models import RosterEntry
from tests.conftest import CLEAN, Person, newest

SheetIn = Callable[[Status], Sheet]


def test_one_signature_gives_one_certificate_for_each_sheet(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    certificates = list(Certificate.objects.order_by("pk"))
    assert [certificate.sheet.section for certificate in certificates] == list(CLEAN)
    assert len({certificate.signature for certificate in certificates}) == 1
    assert {certificate.signer_position for certificate in certificates} == {"นายกองค์การบริหารส่วนตำบล"}
    assert {certificate.signer_organisation for certificate in certificates} == {"อบต.บ้านสาธิต"}


def test_the_province_certifies_the_same_hash(sheet_in: SheetIn) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    unit = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
    province = selectors.certificate_of(sheet=sheet, level=Level.PROVINCE)
    assert unit is not None
    assert province is not None
    assert unit.sha256 == province.sha256 == sha256_hex(unit.snapshot.encode())
    assert '"total":{"unit":"คน","value":6325}' in unit.snapshot


def test_the_executive_waits_until_every_sheet_is_verified(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, verifier: Person, at: datetime
) -> None:
    sheet_in(Status.SUBMITTED)
    sheet_take_action(
        actor=verifier.actor,
        at=at,
        entry=entry,
        section="domain_1",
        action=Action.VERIFY,
        lock=newest(entry, "domain_1").lock,
    )

    with pytest.raises(Denied, match=r"ยังเหลือ: น้ำ \(ส่งตรวจแล้ว\) · ชุมชน"):
        services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    assert not Certificate.objects.exists()


def test_the_same_signature_twice_has_one_effect(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet_in(Status.VERIFIED)
    signature = uuid4()

    first = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=signature)
    second = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=signature)

    assert [certificate.pk for certificate in second] == [certificate.pk for certificate in first]
    assert StepTaken.objects.filter(action=Action.CERTIFY_LAO).count() == len(CLEAN)


def test_who_recorded_may_not_certify(
    sheet_in: SheetIn, entry: RosterEntry, recorder: Person, at: datetime, person: Callable[..., Person]
) -> None:
    from localgov.access.actor import Actor, Grant
    from localgov.access.roles import RoleCode

    sheet_in(Status.VERIFIED)
    both = Actor(
        user_id=recorder.user.pk,
        label="คนเดียว",
        grants=(Grant(RoleCode.EXECUTIVE, entry.path), *recorder.actor.grants),
    )

    with pytest.raises(Denied, match="คนละคนกับผู้บันทึก"):
        services.unit_certify(actor=both, at=at, entry=entry, signature=uuid4())


def test_a_stranger_certifies_nothing(
    sheet_in: SheetIn, entry: RosterEntry, stranger: Person, stranger_officer: Person, at: datetime
) -> None:
    sheet_in(Status.VERIFIED)
    with pytest.raises(Denied):
        services.unit_certify(actor=stranger.actor, at=at, entry=entry, signature=uuid4())
    with pytest.raises(Denied):
        services.province_certify(actor=stranger_officer.actor, at=at, entry=entry, signature=uuid4())

    assert not Certificate.objects.exists()


def test_the_province_returns_a_sheet_into_a_new_revision(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)

    services.province_return(
        actor=province_certifier.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=sheet.lock,
        note="ประชากรชายไม่ตรงทะเบียน",
    )

    after = newest(entry, "domain_1")
    assert (after.revision, after.status, after.returned_note) == (2, Status.RECORDING, "ประชากรชายไม่ตรงทะเบียน")
    assert after.answers == sheet.answers
    assert Lapse.objects.get().kind == Lapse.Kind.RETURNED
    assert not Figure.objects.filter(question="total", stage=Stage.UNIT).exists()


def test_the_unit_takes_back_until_the_province_has_certified(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)

    services.unit_take_back(actor=executive.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock)

    assert newest(entry, "domain_1").status == Status.VERIFIED
    assert selectors.certificate_of(sheet=sheet, level=Level.UNIT) is None
    again = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    assert [certificate.sheet.section for certificate in again] == ["domain_1"]


def test_the_province_takes_back_within_seven_days(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, executive: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    with pytest.raises(Denied, match="7 วัน"):
        services.province_take_back(
            actor=province_certifier.actor, at=at + timedelta(days=7), entry=entry, section="domain_1", lock=sheet.lock
        )
    with pytest.raises(Denied):
        services.unit_take_back(actor=executive.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock)
    services.province_take_back(actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock)
    assert newest(entry, "domain_1").status == Status.CERTIFIED_LAO


def test_an_amendment_leaves_the_certified_revision_in_force(
    sheet_in: SheetIn,
    entry: RosterEntry,
    recorder: Person,
    fill: Callable[..., Sheet],
    at: datetime,
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    services.amend(
        actor=recorder.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ทะเบียนราษฎรปรับปรุง"
    )
    fill("domain_1", {"male": 3101, "total": 6326})

    in_force = selectors.sheet_in_force(filing=sheet.filing, section="domain_1", level=Level.PROVINCE)
    assert in_force is not None
    assert in_force.revision == 1
    assert Figure.objects.get(question="total", stage=Stage.PROVINCE).number == 6325
    assert Figure.objects.get(question="total", stage=Stage.RECORDED).number == 6326


def test_a_stale_view_of_the_sheet_is_refused(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)

    with pytest.raises(Stale):
        services.province_return(
            actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock - 1, note="x"
        )


def test_the_department_revokes_with_an_order(
    sheet_in: SheetIn, entry: RosterEntry, department_officer: Person, province_officer: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    with pytest.raises(Denied):
        services.revoke(
            actor=province_officer.actor,
            at=at,
            entry=entry,
            section="domain_1",
            lock=sheet.lock,
            note="x",
            order_number="1/2570",
        )
    with pytest.raises(Denied, match="เลขที่คำสั่ง"):
        services.revoke(
            actor=department_officer.actor,
            at=at,
            entry=entry,
            section="domain_1",
            lock=sheet.lock,
            note="ข้อมูลเท็จ",
            order_number=" ",
        )
    services.revoke(
        actor=department_officer.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=sheet.lock,
        note="ข้อมูลเท็จ",
        order_number="1/2570",
    )
    assert Lapse.objects.filter(kind=Lapse.Kind.REVOKED).count() == 2
    assert selectors.sheet_in_force(filing=sheet.filing, section="domain_1", level=Level.UNIT) is None


def test_certificates_are_never_rewritten(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(sha256="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.all().delete()
