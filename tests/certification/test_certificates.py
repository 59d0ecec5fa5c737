"""What a certificate freezes, and what the database itself refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.certification import declarations, selectors, services
from localgov.certification.models import Certificate, Lapse, Level
from localgov.certification.selectors.certificate_page import certificate_page, certificates_named
from localgov.certification.selectors.texts import texts_of
from localgov.figures.models import Figure, Stage
from localgov.filings.models import RegisterRow, Sheet
from localgov.filings.selectors.judging import judge
from localgov.filings.selectors.workspace import workspace
from localgov.filings.services import Stale, answers_save, sheet_take_action
from localgov.filings.services.changes import AddRow, SetAnswer
from localgov.filings.states import Action, Status
from localgov.lib.canonical import canonical_bytes, sha256_hex
from localgov.lib.identifiers import check_code, hash_prefix
from localgov.rounds.models import RosterEntry
from tests.conftest import CLEAN, Person, Register, newest

SheetIn = Callable[[Status], Sheet]
Fill = Callable[..., Sheet]


def freeze(entry: RosterEntry, section: str, at: datetime) -> tuple[str, str]:
    """The text and hash of a sheet as it stands."""
    space = workspace(entry=entry, round=entry.round)
    sheet = space.sheets[section]
    judgement = judge(space=space, section=section, last_year={}, at=at)
    return texts_of(space, [sheet], {section: judgement})[section]


def test_the_same_sheet_gives_the_same_bytes(sheet_in: SheetIn, entry: RosterEntry, at: datetime) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
    assert certificate is not None

    again, once_more = freeze(entry, "domain_1", at), freeze(entry, "domain_1", at)

    assert again == once_more == (certificate.snapshot, certificate.sha256)
    raw = certificate.snapshot.encode()
    assert canonical_bytes(json.loads(raw)) == raw
    assert sha256_hex(raw) == certificate.sha256


def test_the_text_names_unit_form_year_and_hands(sheet_in: SheetIn, recorder: Person, verifier: Person) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
    assert certificate is not None

    body = json.loads(certificate.snapshot)

    assert body["unit"] == {
        "code": "6250101",
        "district": "2501",
        "district_name": "เมืองปราจีนบุรี",
        "name": "อบต.บ้านสาธิต",
        "province": "25",
        "province_name": "ปราจีนบุรี",
        "type": "SAO",
        "type_name": "องค์การบริหารส่วนตำบล",
    }
    assert (body["fiscal_year"], body["revision"], body["form"]["version"]) == (2570, 1, "small.1")
    assert body["people"]["recorders"] == [{"id": recorder.user.pk, "name": recorder.user.display_name}]
    assert body["people"]["verifier"]["id"] == verifier.user.pk
    assert body["people"]["verifier"]["name"] == verifier.user.display_name


def test_an_answer_that_is_no_longer_asked_is_not_certified(
    fill: Fill, entry: RosterEntry, recorder: Person, verifier: Person, executive: Person, at: datetime
) -> None:
    for section in CLEAN:
        fill(section)
    fill("domain_2", {"tap": False})
    for section in CLEAN:
        for person, action in ((recorder, Action.SUBMIT), (verifier, Action.VERIFY)):
            lock = newest(entry, section).lock
            sheet_take_action(actor=person.actor, at=at, entry=entry, section=section, action=action, lock=lock)

    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    sheet = newest(entry, "domain_2")
    assert sheet.answers["tap_households"]["v"] == 2000
    body = json.loads(Certificate.objects.get(sheet=sheet).snapshot)
    assert body["answers"] == {"price": {"unit": "บาท/ลบ.ม.", "value": "8.5"}, "tap": {"value": False}}
    assert not Figure.objects.filter(question="tap_households", stage=Stage.UNIT).exists()


def test_rows_of_a_register_are_certified_in_order(
    fill: Fill, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    fill("domain_1")
    first, second = uuid4(), uuid4()
    people = {first: (1, 3000), second: (2, 3325)}
    changes: list[AddRow | SetAnswer] = [AddRow("village", row) for row in people]
    for row, (number, count) in people.items():
        values = {"village_no": number, "village_name": f"บ้าน {number}", "village_people": count}
        changes += [SetAnswer(code, value, 0, "village", row) for code, value in values.items()]
    answers_save(actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes)

    body = json.loads(freeze(entry, "domain_1", at)[0])

    assert [row["id"] for row in body["registers"]["village"]] == [str(first), str(second)]
    assert body["registers"]["village"][1]["values"]["village_people"] == {"unit": "คน", "value": 3325}


def test_a_signature_covers_what_was_seen_and_nothing_else(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet_in(Status.VERIFIED)
    seen = {section: newest(entry, section).lock for section in CLEAN}

    for other in ({}, {**seen, "domain_1": seen["domain_1"] - 1}, {key: seen[key] for key in ("domain_1", "domain_2")}):
        with pytest.raises(Stale):
            services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4(), seen=other)
    assert not Certificate.objects.exists()
    assert len(services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4(), seen=seen)) == 3


def test_a_machine_signs_nothing(sheet_in: SheetIn, entry: RosterEntry, at: datetime) -> None:
    sheet_in(Status.VERIFIED)

    with pytest.raises(Denied, match="ต้องเป็นบุคคล"):
        services.unit_certify(actor=system_actor("คำสั่ง", RoleCode.EXECUTIVE), at=at, entry=entry, signature=uuid4())


def test_the_unit_s_signature_does_not_pass_for_the_province_s(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    signature = Certificate.objects.values_list("signature", flat=True)[0]

    certificates = services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=signature)

    assert {certificate.level for certificate in certificates} == {Level.PROVINCE}
    assert Certificate.objects.count() == 6


def test_many_units_in_one_act_tell_each_refusal(
    sheet_in: SheetIn, entry: RosterEntry, register: Register, province_certifier: Person, at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    others = RosterEntry.objects.select_related("round").filter(round=entry.round).exclude(pk=entry.pk)

    outcomes = {
        outcome.entry.code: outcome
        for outcome in services.province_certify_many(
            actor=province_certifier.actor, at=at, entries=[entry, *others], signature=uuid4()
        )
    }

    assert len(outcomes[entry.code].certificates) == 3
    assert "ไม่มีด้านที่ อปท. รับรองแล้ว" in outcomes["4250102"].reason
    assert "ผู้รับรองระดับจังหวัด" in outcomes["6270101"].reason


def copy_of(certificate: Certificate, **changes: object) -> Certificate:
    """An unsaved certificate like another."""
    fields = {field.attname: getattr(certificate, field.attname) for field in Certificate._meta.concrete_fields}
    del fields["id"], fields["recorded_at"]
    return Certificate(**fields | {"number": "รบ.2570-9999999", "signature": uuid4()} | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": "0" * 64, "level": Level.PROVINCE},
        {"snapshot": "{}", "level": Level.PROVINCE},
        {},
        {"level": "OTHER"},
    ],
    ids=["another hash", "another text", "a second one in force", "an unknown level"],
)
def test_the_database_refuses_a_certificate_that_cannot_be(changes: dict[str, object], sheet_in: SheetIn) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
    assert certificate is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(certificate, **changes).save()


@pytest.mark.parametrize("model", [Certificate, Lapse])
@pytest.mark.parametrize("sql", ["UPDATE {} SET recorded_at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_certificates_and_their_ends_stay(
    model: type[Certificate] | type[Lapse],
    sql: str,
    sheet_in: SheetIn,
    entry: RosterEntry,
    executive: Person,
    at: datetime,
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    services.unit_take_back(actor=executive.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(model._meta.db_table))
    assert model.objects.exists()


def test_the_page_recomputes_the_hash_and_notices_any_change(sheet_in: SheetIn, recorder: Person) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    certificate = selectors.certificate_of(sheet=sheet, level=Level.PROVINCE)
    assert certificate is not None
    page = certificate_page(actor=recorder.actor, address=certificate.address)
    assert page is not None
    assert page.verification.holds
    assert page.verification.same_as_other

    forged = copy_of(certificate, snapshot=certificate.snapshot.replace("6325", "6326"))
    forged.sheet = sheet
    spaced = copy_of(certificate, snapshot=certificate.snapshot.replace(",", ", ", 1))
    spaced.sheet = sheet

    assert not replace(page, certificate=forged).verification.same_hash
    assert not replace(page, certificate=spaced).verification.canonical
    assert not replace(page, certificate=forged).verification.holds


def test_a_certificate_is_found_by_number_and_by_check_code(
    sheet_in: SheetIn, recorder: Person, stranger: Person
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
    assert certificate is not None

    by_number = certificates_named(actor=recorder.actor, text=f" {certificate.number} ")
    by_code = certificates_named(actor=recorder.actor, text=certificate.code.lower().replace("-", " "))

    assert by_number == [certificate]
    assert {one.level for one in by_code} == {Level.UNIT, Level.PROVINCE}
    assert certificates_named(actor=recorder.actor, text="ไม่ใช่เลขที่") == []
    assert certificates_named(actor=stranger.actor, text=certificate.number) == []
    assert certificates_named(actor=stranger.actor, text=certificate.code) == []


def test_a_check_code_is_the_beginning_of_its_hash() -> None:
    sha256 = sha256_hex("ทดสอบ".encode())

    assert hash_prefix(check_code(sha256)) == sha256[:20]


def test_a_declaration_is_kept_with_its_version(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    kept = set(Certificate.objects.values_list("level", "declaration_version", "declaration"))

    assert kept == {(level, one.version, one.text) for level, one in declarations.CURRENT.items()}


def test_register_rows_of_a_certified_sheet_stay(
    fill: Fill, sheet_in: SheetIn, entry: RosterEntry, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)

    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterRow.objects.create(sheet=sheet, register="village", row_id=uuid4(), position=1)
