"""Circulars: whom they reach, what is frozen, receipts; the stranger from the next province first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.db import DatabaseError, connection, transaction

from localgov.access.decision import Denied
from localgov.audit.models import Event
from localgov.notices import services, uploads
from localgov.notices.models import Addressee, Circular, Receipt
from localgov.notices.services import Audience
from localgov.notices.states import CircularState, ReceiptKind
from localgov.organisations.models import Kind, OrganisationVersion
from tests.conftest import Person, Register, organisation_make
from tests.filings.test_files import PNG  # the smallest picture
from tests.notices.conftest import TEXT

pytestmark = pytest.mark.django_db

OFFICES = ("PROVINCE", "DISTRICT")


def codes(circular: Circular) -> set[str]:
    return set(circular.addressees.values_list("organisation__code", flat=True))


@pytest.mark.parametrize(
    "audience",
    [
        Audience(everywhere=False, provinces=["25"]),
        Audience(everywhere=False, districts=["2501"]),
        Audience(everywhere=False, units=["6250101"]),
        Audience(everywhere=False, units=["P25"]),
        Audience(everywhere=False, provinces=["27", "25"]),
    ],
)
def test_the_next_province_addresses_nobody_of_ours(
    audience: Audience, register: Register, stranger_officer: Person, at: datetime
) -> None:
    with pytest.raises(Denied, match="ในสังกัดของท่าน"):
        services.circular_draft(actor=stranger_officer.actor, at=at, text=TEXT, audience=audience)

    assert not Circular.objects.exists()


def test_a_choice_outside_the_tree_reaches_nobody_even_if_it_got_into_the_row(
    register: Register, draft: Callable[..., Circular], stranger_officer: Person, at: datetime
) -> None:
    circular = draft(stranger_officer)
    Circular.objects.update(everywhere=False, provinces=["25"], districts=["2501"], units=["6250101"])

    with pytest.raises(Denied, match="ยังไม่มีหน่วยงาน"):
        services.circular_publish(actor=stranger_officer.actor, at=at, circular_id=circular.pk)

    assert not Addressee.objects.exists()


def test_the_next_province_neither_sees_nor_changes_our_circular(
    published: Callable[..., Circular], stranger: Person, stranger_officer: Person, at: datetime
) -> None:
    circular = published()

    for someone in (stranger, stranger_officer):
        assert not Circular.objects.visible_to(someone.actor).exists()
        services.circular_open(actor=someone.actor, at=at, circular=circular)
        for act in (services.circular_acknowledge, services.circular_correct, services.circular_publish):
            with pytest.raises(Denied):
                act(actor=someone.actor, at=at, circular_id=circular.pk)
        with pytest.raises(Denied):
            services.circular_withdraw(actor=someone.actor, at=at, circular_id=circular.pk, reason="ไม่ใช่ของเรา")
        with pytest.raises(Denied):
            services.file_attach(actor=someone.actor, at=at, circular_id=circular.pk, name="a", content=PNG)
    assert not Receipt.objects.exists()
    circular.refresh_from_db()
    assert circular.state == CircularState.PUBLISHED


@pytest.mark.parametrize(
    ("who", "audience", "expected"),
    [
        ("department_officer", Audience(), {"6250101", "4250102", "2250101", "6270101"}),
        ("department_officer", Audience(unit_types=["SAO"]), {"6250101", "6270101"}),
        ("department_officer", Audience(unit_types=[], office_kinds=OFFICES), {"P25", "P27", "D2501", "D2701"}),
        ("department_officer", Audience(everywhere=False, provinces=["27"]), {"6270101"}),
        ("department_officer", Audience(everywhere=False, districts=["2501"]), {"6250101"}),
        (
            "department_officer",
            Audience(everywhere=False, unit_types=["TOWN"], provinces=["25"], units=["6270101"]),
            {"4250102", "6270101"},
        ),
        ("province_officer", Audience(office_kinds=OFFICES), {"6250101", "4250102", "2250101", "D2501"}),
        ("district_officer", Audience(), {"6250101"}),
    ],
)
def test_it_reaches_whom_path_and_type_say(
    who: str, audience: Audience, expected: set[str], published: Callable[..., Circular], request: pytest.FixtureRequest
) -> None:
    circular = published(request.getfixturevalue(who), audience=audience)

    assert codes(circular) == expected
    assert circular.addressee_count == len(expected)


def test_addressees_are_those_of_the_day_and_a_unit_that_joins_later_is_none(
    published: Callable[..., Circular], register: Register, recorder: Person
) -> None:
    circular = published()
    organisation_make(
        "6250199", Kind.UNIT, "อบต.ตั้งใหม่", "th.25.2501.6250199.", unit_type="SAO", province="25", district="2501"
    )
    old = OrganisationVersion.objects.get(organisation=register.unit)
    OrganisationVersion.objects.filter(pk=old.pk).update(in_force=DateRange(date(2020, 1, 1), date(2026, 11, 21)))

    assert codes(circular) == {"6250101", "4250102", "2250101"}
    assert circular.addressees.get(organisation=register.unit).version == old
    assert Circular.objects.visible_to(recorder.actor).get() == circular


def test_a_draft_is_seen_by_its_office_alone_and_what_is_published_by_those_above(
    draft: Callable[..., Circular],
    district_officer: Person,
    province_officer: Person,
    department_officer: Person,
    recorder: Person,
    auditor: Person,
    at: datetime,
) -> None:
    circular = draft(district_officer)
    everybody = (district_officer, province_officer, department_officer, auditor, recorder)

    assert [Circular.objects.visible_to(one.actor).exists() for one in everybody] == [True, False, False, False, False]
    services.circular_publish(actor=district_officer.actor, at=at, circular_id=circular.pk)
    assert all(Circular.objects.visible_to(one.actor).exists() for one in everybody)
    with pytest.raises(Denied, match="หน่วยงานอื่น"):
        services.circular_withdraw(actor=province_officer.actor, at=at, circular_id=circular.pk, reason="สั่งจากบน")


def test_the_first_of_a_unit_opens_and_acknowledges_it_once(
    published: Callable[..., Circular],
    recorder: Person,
    executive: Person,
    province_officer: Person,
    auditor: Person,
    at: datetime,
) -> None:
    circular = published()

    for reader in (recorder, executive, province_officer, auditor):
        services.circular_open(actor=reader.actor, at=at, circular=circular)
    services.circular_acknowledge(actor=executive.actor, at=at, circular_id=circular.pk)
    with pytest.raises(Denied, match="รับทราบแล้ว"):
        services.circular_acknowledge(actor=recorder.actor, at=at, circular_id=circular.pk)
    with pytest.raises(Denied, match="ไม่ได้ส่งถึง"):
        services.circular_acknowledge(actor=auditor.actor, at=at, circular_id=circular.pk)

    receipts = {one.kind: one.actor_label for one in Receipt.objects.all()}
    assert receipts == {ReceiptKind.OPENED: "recorder ตัวอย่าง", ReceiptKind.ACKNOWLEDGED: "executive ตัวอย่าง"}
    assert Event.objects.get(type="circular.acknowledge").path == "th.25.2501.6250101."


def test_a_correction_replaces_the_version_before_and_asks_anew(
    published: Callable[..., Circular], province_officer: Person, recorder: Person, at: datetime
) -> None:
    actor = province_officer.actor
    first = published()
    services.circular_acknowledge(actor=recorder.actor, at=at, circular_id=first.pk)

    begun = services.circular_correct(actor=actor, at=at, circular_id=first.pk)
    assert services.circular_correct(actor=actor, at=at, circular_id=first.pk) == begun
    with pytest.raises(Denied, match="แก้ไขเรื่องใด"):
        services.circular_publish(actor=actor, at=at, circular_id=begun.pk)
    text = replace(TEXT, finish_on=date(2026, 12, 31), change_note="เลื่อนวันที่ให้เสร็จ")
    services.circular_draft(actor=actor, at=at, text=text, audience=Audience(), circular_id=begun.pk)
    second = services.circular_publish(actor=actor, at=at, circular_id=begun.pk)

    first.refresh_from_db()
    assert (first.state, first.end_reason, second.version) == (CircularState.REPLACED, "เลื่อนวันที่ให้เสร็จ", 2)
    assert not second.receipts.exists()
    with pytest.raises(Denied, match="ไม่ต้องรับทราบ"):
        services.circular_acknowledge(actor=recorder.actor, at=at, circular_id=first.pk)
    with pytest.raises(Denied, match="มีฉบับแก้ไขแทนแล้ว"):
        services.circular_withdraw(actor=actor, at=at, circular_id=first.pk, reason="ซ้ำ")


def test_a_withdrawal_needs_a_reason_and_a_correction_of_it_is_refused(
    published: Callable[..., Circular], province_officer: Person, at: datetime
) -> None:
    actor = province_officer.actor
    circular = published()
    begun = services.circular_correct(actor=actor, at=at, circular_id=circular.pk)
    Circular.objects.filter(pk=begun.pk).update(change_note="แก้วันที่")

    with pytest.raises(Denied, match="เหตุผล"):
        services.circular_withdraw(actor=actor, at=at, circular_id=circular.pk, reason=" ")
    services.circular_withdraw(actor=actor, at=at, circular_id=circular.pk, reason="ส่งผิดเรื่อง")

    with pytest.raises(Denied, match="ออกเป็นหนังสือใหม่"):
        services.circular_publish(actor=actor, at=at, circular_id=begun.pk)
    assert set(Event.objects.values_list("type", flat=True)) >= {"circular.publish", "circular.withdraw"}
    services.circular_discard(actor=actor, circular_id=begun.pk)
    with pytest.raises(Denied, match="เผยแพร่แล้วแก้ไขไม่ได้"):
        services.circular_discard(actor=actor, circular_id=circular.pk)


@pytest.mark.parametrize(
    ("changes", "audience", "sentence"),
    [
        ({"number": " "}, Audience(), "เลขที่หนังสือ"),
        ({"finish_on": date(2026, 11, 18)}, Audience(), "ต้องไม่ก่อนวันที่ของหนังสือ"),
        ({}, Audience(unit_types=[]), "โปรดเลือกประเภท"),
        ({}, Audience(everywhere=False), "โปรดเลือกจังหวัด"),
    ],
)
def test_an_unusable_draft_is_refused_with_the_reason(
    changes: dict[str, Any], audience: Audience, sentence: str, draft: Callable[..., Circular]
) -> None:
    with pytest.raises(Denied, match=sentence):
        draft(audience=audience, **changes)


def test_a_unit_writes_none_and_an_empty_letter_does_not_go_out(
    draft: Callable[..., Circular], recorder: Person, province_officer: Person, at: datetime
) -> None:
    with pytest.raises(Denied, match="เจ้าหน้าที่กรม"):
        draft(recorder)
    with pytest.raises(Denied, match="ยังไม่มีเนื้อความ"):
        services.circular_publish(actor=province_officer.actor, at=at, circular_id=draft(body=" ").pk)


def test_the_database_refuses_to_rewrite_what_was_published(
    published: Callable[..., Circular],
    draft: Callable[..., Circular],
    province_officer: Person,
    settings: Any,
    at: datetime,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    circular = draft()
    kept = services.file_attach(actor=province_officer.actor, at=at, circular_id=circular.pk, name="ก.png", content=PNG)
    services.circular_publish(actor=province_officer.actor, at=at, circular_id=circular.pk)
    other = published(number="อื่น")
    rewriting: list[Callable[[], object]] = [
        lambda: Circular.objects.filter(pk=circular.pk).update(subject="อื่น"),
        lambda: Circular.objects.filter(pk=circular.pk).update(state="DRAFT", published_at=None, addressee_count=0),
        lambda: Circular.objects.filter(pk=circular.pk).delete(),
        lambda: circular.files.all().delete(),
        lambda: circular.files.update(name="อื่น"),
        lambda: Addressee.objects.create(circular=circular, organisation_id=1, version_id=1),
        lambda: circular.addressees.all().delete(),
        lambda: Receipt.objects.create(
            circular=circular, addressee=other.addressees.order_by("pk")[0], kind="OPENED", actor_label="x", at=at
        ),
    ]
    for act in rewriting:
        with pytest.raises(DatabaseError):
            committed(act)
    with pytest.raises(Denied, match="แก้ไขไม่ได้"):
        services.file_remove(actor=province_officer.actor, file_id=kept.pk)


def committed(act: Callable[[], object]) -> None:
    """The act with what is checked at its commit."""
    with transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _package(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part in parts:
            package.writestr(part, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.7 x", ".pdf"),
        (PNG, ".png"),
        (_package("word/document.xml"), ".docx"),
        (_package("xl/workbook.xml"), ".xlsx"),
        (_package("ppt/presentation.xml"), ".pptx"),
    ],
)
def test_papers_are_known_by_their_content(content: bytes, suffix: str) -> None:
    assert uploads.look_at_paper(content).suffix == suffix


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ว่างเปล่า"),
        (b"<html>", "Word"),
        (_package("a.exe"), "Word"),
        (_package("word/document.xml", "word/vbaProject.bin"), "แมโคร"),
        (_package("xl/workbook.bin"), "แมโคร"),
        (b"PK\x03\x04 broken", "เสีย"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "รุ่นเก่า"),
        (b"PK\x03\x04" + b"x" * uploads.LARGEST, "ใหญ่เกิน"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_reason(content: bytes, sentence: str) -> None:
    with pytest.raises(uploads.NotAcceptable, match=sentence):
        uploads.look_at_paper(content)
