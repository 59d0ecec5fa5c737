"""The pages of certification in a browser: who opens what, what each act does, what a second press does."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from localgov.access.roles import RoleCode
from localgov.certification import services
from localgov.certification.models import Certificate, Lapse, Level
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.states import Action, Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, Register, newest

SheetIn = Callable[[Status], Sheet]
ACTS = {
    "take-back-lao": Status.CERTIFIED_LAO,
    "return-by-province": Status.CERTIFIED_LAO,
    "take-back-province": Status.CERTIFIED_PROVINCE,
    "amend": Status.CERTIFIED_PROVINCE,
    "order-amendment": Status.CERTIFIED_PROVINCE,
    "revoke": Status.CERTIFIED_PROVINCE,
}
HOLDERS = {
    "take-back-lao": "executive",
    "return-by-province": "province_certifier",
    "take-back-province": "province_certifier",
    "amend": "recorder",
    "order-amendment": "province_certifier",
    "revoke": "department_officer",
}


def place(entry: RosterEntry) -> dict[str, Any]:
    return {"fiscal_year": entry.round.fiscal_year_be, "unit_code": entry.code}


def url(name: str, **kwargs: Any) -> str:
    return reverse(f"certification:{name}", kwargs=kwargs)


def unit_pages(entry: RosterEntry) -> dict[str, str]:
    """Every page about our unit, by name; there is at least one certificate."""
    certificate = Certificate.objects.order_by("pk")[0]
    signature = {**place(entry), "signature": certificate.signature}
    return {
        "unit-certify": url("unit-certify", **place(entry)),
        "province-certify": url("province-certify", **place(entry)),
        "signature-detail": url("signature-detail", **signature),
        "signature-take-back": url("signature-take-back", **signature),
        "certificate-detail": url("certificate-detail", address=certificate.address),
        "certificate-text": url("certificate-text", address=certificate.address),
        "certificate-pdf": url("certificate-pdf", address=certificate.address),
        "unit-pdf": url("unit-pdf", **place(entry)),
        **{act: url("sheet-act", **place(entry), number=1, act=act) for act in ACTS},
    }


def hidden(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of a page's form, as a browser would send them."""
    html = response.content.decode()
    found = re.findall(r'<input type="hidden" name="(signature|seen|lock)" value="([^"]*)"', html)
    return {name: value.replace("&quot;", '"') for name, value in found}


def sign(client: Client, address: str, **changes: Any) -> Any:
    """Open a signing page and sign."""
    data = {**hidden(client.get(address)), "declared": "on"} | changes  # type: ignore[arg-type]
    return client.post(address, data)


# --- who opens what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_finds_nothing_at_any_address(
    who: str, sheet_in: SheetIn, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = request.getfixturevalue(who).client()

    for name, address in unit_pages(entry).items():
        assert client.get(address).status_code == 404, name
        posted = client.post(address, {"signature": str(uuid4()), "seen": "{}", "declared": "on", "lock": 1})
        assert posted.status_code in (404, 405), name
    assert "อบต.บ้านสาธิต" not in client.get(url("province-queue")).content.decode()


@pytest.mark.parametrize(
    "who",
    [
        "recorder",
        "verifier",
        "executive",
        "unit_administrator",
        "district_officer",
        "province_officer",
        "province_certifier",
        "department_officer",
        "form_owner",
        "auditor",
    ],
)
def test_whoever_sees_the_filing_reads_its_certification(
    who: str, sheet_in: SheetIn, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = request.getfixturevalue(who).client()
    pages = unit_pages(entry)

    for name in ("unit-certify", "province-certify", "signature-detail", "certificate-detail", "certificate-text"):
        assert client.get(pages[name]).status_code == 200, name
    assert client.get(url("province-queue")).status_code == 200


def test_the_operator_reads_no_filing(sheet_in: SheetIn, entry: RosterEntry, operator: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    pages = unit_pages(entry).values()
    assert {operator.client().get(address).status_code for address in pages} == {403}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_refused_to_every_other_role(
    act: str,
    sheet_in: SheetIn,
    entry: RosterEntry,
    request: pytest.FixtureRequest,
) -> None:
    sheet = sheet_in(ACTS[act])
    address = unit_pages(entry)[act]
    steps = StepTaken.objects.count()
    everyone = {
        "recorder",
        "verifier",
        "executive",
        "unit_administrator",
        "district_officer",
        "province_officer",
        "province_certifier",
        "department_officer",
        "auditor",
    }

    for who in sorted(everyone - {HOLDERS[act]}):
        client = request.getfixturevalue(who).client()
        assert client.get(address).status_code == 403, who
        data = {"lock": sheet.lock, "note": "เหตุผล", "order_number": "1"}
        assert client.post(address, data).status_code == 403, who
    assert StepTaken.objects.count() == steps


@pytest.mark.parametrize("who", ["recorder", "verifier", "unit_administrator", "district_officer", "province_officer"])
def test_signing_is_refused_to_who_may_not(
    who: str, sheet_in: SheetIn, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = request.getfixturevalue(who).client()
    pages = unit_pages(entry)
    data = {"signature": str(uuid4()), "seen": "{}", "declared": "on"}
    before = Certificate.objects.count()

    for name in ("unit-certify", "province-certify"):
        assert client.post(pages[name], data).status_code == 403, name
        assert client.post(pages[name], {}).status_code == 403, name
    assert client.post(pages["signature-take-back"], {}).status_code in (403, 409)
    many = url("province-certify-many", fiscal_year=2570)
    assert client.get(many).status_code == 403
    assert client.post(many, {**data, "unit": [entry.code]}).status_code == 403
    assert Certificate.objects.count() == before
    assert not Lapse.objects.exists()


def test_pages_that_only_show_take_no_post(sheet_in: SheetIn, entry: RosterEntry, executive: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    pages = unit_pages(entry)
    client = executive.client()

    shown = [pages["signature-detail"], pages["certificate-detail"], pages["certificate-text"]]
    shown += [url("certify-list"), url("province-queue"), url("certificate-find")]
    assert {client.post(address).status_code for address in shown} == {405}


def test_nobody_signed_in_is_sent_to_sign_in(sheet_in: SheetIn, entry: RosterEntry) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    addresses = [*unit_pages(entry).values(), url("certify-list"), url("province-queue"), url("certificate-find")]
    assert {Client().get(address).status_code for address in addresses} == {302}


def test_what_is_not_there_is_404(sheet_in: SheetIn, entry: RosterEntry, executive: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = executive.client()
    missing = [
        url("unit-certify", fiscal_year=2571, unit_code=entry.code),
        url("unit-certify", fiscal_year=2570, unit_code="0000000"),
        url("signature-detail", **place(entry), signature=uuid4()),
        url("signature-take-back", **place(entry), signature=uuid4()),
        url("certificate-detail", address="2570-9999999"),
        url("sheet-act", **place(entry), number=9, act="amend"),
        url("sheet-act", **place(entry), number=1, act="submit"),
        url("sheet-act", **place(entry), number=1, act="certify-lao"),
    ]

    assert [client.get(address).status_code for address in missing] == [404] * len(missing)


# --- the unit signs ----------------------------------------------------------------------------------------------------


def test_the_menu_leads_a_unit_to_its_own_page_and_an_office_to_the_queue(
    entry: RosterEntry, executive: Person, province_certifier: Person
) -> None:
    assert executive.client().get(url("certify-list")).headers["Location"] == url("unit-certify", **place(entry))
    assert province_certifier.client().get(url("certify-list")).headers["Location"] == url("province-queue")


def test_the_executive_reads_signs_and_gets_a_certificate_for_each_domain(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person
) -> None:
    sheet_in(Status.VERIFIED)
    client = executive.client()
    address = url("unit-certify", **place(entry))
    page = client.get(address).content.decode()
    assert "recorder ตัวอย่าง" in page
    assert "verifier ตัวอย่าง" in page
    assert "ลงนามรับรอง 3 ด้าน" in page
    assert "ขอรับรองว่าข้อมูลขององค์กรปกครองส่วนท้องถิ่น" in page

    response = sign(client, address)

    assert response.status_code == 302
    result = client.get(response.headers["Location"]).content.decode()
    for certificate in Certificate.objects.all():
        assert certificate.number in result
        assert certificate.sha256 in result
        assert certificate.code in result
    assert Certificate.objects.count() == 3


def test_pressing_twice_or_going_back_and_pressing_again_signs_once(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person
) -> None:
    sheet_in(Status.VERIFIED)
    client = executive.client()
    address = url("unit-certify", **place(entry))
    data = {**hidden(client.get(address)), "declared": "on"}  # type: ignore[arg-type]

    first, second = client.post(address, data), client.post(address, data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert Certificate.objects.count() == 3
    assert StepTaken.objects.filter(action=Action.CERTIFY_LAO).count() == 3


def test_a_box_that_is_not_ticked_is_asked_for(sheet_in: SheetIn, entry: RosterEntry, executive: Person) -> None:
    sheet_in(Status.VERIFIED)

    response = sign(executive.client(), url("unit-certify", **place(entry)), declared="")

    assert response.status_code == 422
    assert "โปรดทำเครื่องหมายที่" in response.content.decode()
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("broken", [{"seen": "ไม่ใช่ JSON"}, {"seen": "[]"}, {"signature": "x"}, {"seen": "9" * 5000}])
def test_a_spoiled_form_signs_nothing(
    broken: dict[str, str], sheet_in: SheetIn, entry: RosterEntry, executive: Person
) -> None:
    sheet_in(Status.VERIFIED)

    response = sign(executive.client(), url("unit-certify", **place(entry)), **broken)

    assert response.status_code == 422
    assert not Certificate.objects.exists()


def test_what_changed_since_the_page_was_opened_is_not_signed(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: Any, verifier: Person
) -> None:
    from localgov.filings.services import sheet_take_action

    sheet_in(Status.VERIFIED)
    client = executive.client()
    address = url("unit-certify", **place(entry))
    data = {**hidden(client.get(address)), "declared": "on"}  # type: ignore[arg-type]
    for action in (Action.TAKE_BACK_VERIFICATION, Action.VERIFY):
        lock = newest(entry, "domain_2").lock
        sheet_take_action(actor=verifier.actor, at=at, entry=entry, section="domain_2", action=action, lock=lock)

    response = client.post(address, data)

    assert response.status_code == 409
    assert "มีการเปลี่ยนแปลงหลังจากที่ท่านเปิดดู" in response.content.decode()
    assert not Certificate.objects.exists()


def test_the_page_says_what_is_missing(sheet_in: SheetIn, entry: RosterEntry, executive: Person) -> None:
    sheet_in(Status.SUBMITTED)
    client = executive.client()
    address = url("unit-certify", **place(entry))

    page = client.get(address).content.decode()

    assert "ยังรับรองไม่ได้ ต้องตรวจสอบให้ครบทุกด้านก่อน ยังเหลือ: ประชากร (ส่งตรวจแล้ว)" in page
    assert 'name="declared"' not in page
    refused = client.post(address, {"signature": str(uuid4()), "seen": "{}", "declared": "on"})
    assert refused.status_code == 409


def test_doubtful_values_stand_with_their_reasons(
    fill: Callable[..., Sheet], sheet_in: SheetIn, entry: RosterEntry, executive: Person
) -> None:
    fill("domain_1")
    fill("domain_2", {"tap": True, "tap_households": 7000})

    page = executive.client().get(url("unit-certify", **place(entry))).content.decode()

    assert "ครัวเรือนมากกว่าประชากร 6,325 คน" in page
    assert "ผู้บันทึกไม่ได้ระบุเหตุผลรายข้อ" in page


def test_a_unit_that_has_not_begun_is_shown_what_to_record(entry: RosterEntry, executive: Person) -> None:
    page = executive.client().get(url("unit-certify", **place(entry))).content.decode()

    assert "ประชากร (ยังไม่เริ่ม)" in page
    assert "ยังไม่ตอบ 3 ข้อ" in page


def test_a_whole_signature_is_taken_back_on_its_page(sheet_in: SheetIn, entry: RosterEntry, executive: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = executive.client()
    address = unit_pages(entry)["signature-take-back"]
    assert "ถอนการรับรอง 3 ด้านพร้อมกัน" in client.get(address).content.decode()

    assert client.post(address, {"note": "พบข้อผิดพลาด"}).status_code == 302
    assert client.post(address, {"note": "พบข้อผิดพลาด"}).status_code == 409

    assert newest(entry, "domain_1").status == Status.VERIFIED
    assert "ถอนการรับรอง" in client.get(unit_pages(entry)["certificate-detail"]).content.decode()


# --- the province ------------------------------------------------------------------------------------------------------


def test_the_province_certifies_a_unit_on_its_page(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    response = sign(province_certifier.client(), url("province-certify", **place(entry)))

    assert response.status_code == 302
    assert newest(entry, "domain_1").status == Status.CERTIFIED_PROVINCE
    assert "ระดับจังหวัด" in province_certifier.client().get(response.headers["Location"]).content.decode()


def test_an_amendment_s_certifier_sees_old_new_and_who(
    sheet_in: SheetIn,
    fill: Callable[..., Sheet],
    entry: RosterEntry,
    recorder: Person,
    province_certifier: Person,
    at: Any,
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    services.amend(actor=recorder.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ทะเบียนใหม่")
    fill("domain_1", {"male": 3101, "total": 6326})

    page = province_certifier.client().get(url("province-certify", **place(entry))).content.decode()

    assert "เปลี่ยนจากฉบับที่ 1 ซึ่งรับรองแล้ว: 2 รายการ" in page
    assert "ขอแก้ไขข้อมูลที่รับรองแล้ว: ทะเบียนใหม่" in page
    rows = re.findall(r"<del>([^<]*)</del>.*?<ins>([^<]*)</ins>.*?data-label=\"ผู้แก้ไข\">([^<]*)<", page)
    assert rows == [("3,100", "3,101", "recorder ตัวอย่าง"), ("6,325", "6,326", "recorder ตัวอย่าง")]


def test_the_queue_shows_who_waits_longest_first(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, province_officer: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    page = province_certifier.client().get(url("province-queue")).content.decode()
    of_officer = province_officer.client().get(url("province-queue")).content.decode()

    assert "อบต.บ้านสาธิต" in page
    assert 'name="pick" value="6250101"' in page
    assert "ทม.สาธิตเมือง" not in page
    assert "อบต.บ้านสาธิต" in of_officer
    assert 'name="pick"' not in of_officer


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"district": "2501"}, True),
        ({"unit_type": "TOWN"}, False),
        ({"unit_type": "SAO"}, True),
        ({"name": "บ้านสาธิต"}, True),
        ({"name": "6250101"}, True),
        ({"name": "ไม่มี"}, False),
        ({"fiscal_year": "๙๙", "district": "9999", "sort": "x", "page": "-1"}, True),
        ({"sort": "-since"}, True),
    ],
)
def test_the_queue_is_filtered(
    query: dict[str, str], found: bool, sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    response = province_certifier.client().get(url("province-queue"), query)

    assert response.status_code == 200
    assert ("อบต.บ้านสาธิต" in response.content.decode()) is found


def test_the_queue_costs_the_same_whatever_its_size(
    sheet_in: SheetIn,
    entry: RosterEntry,
    province_certifier: Person,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = province_certifier.client()
    client.get(url("province-queue"))

    with django_assert_max_num_queries(8):
        client.get(url("province-queue"))


def test_many_units_are_reviewed_and_signed_in_one_act(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = province_certifier.client()
    address = url("province-certify-many", fiscal_year=2570)
    review = client.get(address, {"pick": [entry.code, "6270101"]})
    assert "1 แห่ง รวม 3 ด้าน" in review.content.decode()
    assert "อีก 1 แห่งที่เลือกไว้ไม่อยู่ในรายการที่รอแล้ว" in review.content.decode()
    data = {**hidden(review), "declared": "on", "unit": [entry.code, "4250102", "6270101"]}  # type: ignore[arg-type]

    first, second = client.post(address, data), client.post(address, data)

    for response in (first, second):
        page = response.content.decode()
        assert "รับรองแล้ว 1 แห่ง จาก 2 แห่ง ไม่พบ 1 แห่ง: 6270101" in page
        assert "ไม่มีด้านที่ อปท. รับรองแล้วและรอจังหวัดรับรอง" in page
    assert Certificate.objects.filter(level=Level.PROVINCE).count() == 3


def test_all_that_the_page_shows_can_be_picked_at_once(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = province_certifier.client()
    address = url("province-certify-many", fiscal_year=2570)

    assert "อบต.บ้านสาธิต" in client.get(address, {"shown": [entry.code], "all": "1"}).content.decode()
    assert "ยังไม่ได้เลือก อปท." in client.get(address, {"shown": [entry.code]}).content.decode()


def test_many_units_ask_for_the_box(sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    client = province_certifier.client()
    address = url("province-certify-many", fiscal_year=2570)
    data = {**hidden(client.get(address, {"pick": [entry.code]})), "unit": [entry.code]}  # type: ignore[arg-type]

    response = client.post(address, data)

    assert response.status_code == 422
    assert "อบต.บ้านสาธิต" in response.content.decode()
    assert not Certificate.objects.filter(level=Level.PROVINCE).exists()


# --- acts on one domain ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_asked_for_and_done(
    act: str, sheet_in: SheetIn, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    sheet_in(ACTS[act])
    client = request.getfixturevalue(HOLDERS[act]).client()
    address = unit_pages(entry)[act]
    asked = client.get(address)
    assert asked.status_code == 200
    data = {**hidden(asked), "note": "เหตุผลของการทดสอบ", "order_number": "7/2570"}

    done, again = client.post(address, data), client.post(address, data)

    assert done.status_code == 302
    assert again.status_code == 409
    assert client.get(done.headers["Location"]).status_code == 200
    assert StepTaken.objects.filter(action=act.upper().replace("-", "_")).count() == 1


@pytest.mark.parametrize("act", ["return-by-province", "amend", "order-amendment", "revoke"])
def test_an_act_without_its_reason_is_asked_again(
    act: str, sheet_in: SheetIn, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    sheet_in(ACTS[act])
    client = request.getfixturevalue(HOLDERS[act]).client()
    address = unit_pages(entry)[act]

    response = client.post(address, {**hidden(client.get(address)), "note": "  "})

    assert response.status_code == 422
    assert "โปรดกรอก “เหตุผล”" in response.content.decode()


def test_an_act_out_of_its_status_says_so(sheet_in: SheetIn, entry: RosterEntry, recorder: Person) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    client = recorder.client()
    address = unit_pages(entry)["amend"]

    assert "ไม่อยู่ในสถานะที่" in client.get(address).content.decode()
    assert client.post(address, {"lock": sheet.lock, "note": "เหตุผล"}).status_code == 409


def test_a_recorder_of_other_domains_amends_none_but_his_own(
    sheet_in: SheetIn, entry: RosterEntry, register: Register, person: Callable[..., Person]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    client = person("rec2", register.unit, RoleCode.RECORDER, sections=["domain_2"]).client()

    assert client.get(url("sheet-act", **place(entry), number=1, act="amend")).status_code == 403
    assert client.get(url("sheet-act", **place(entry), number=2, act="amend")).status_code == 200


def test_the_department_revokes_where_an_amendment_is_open(
    sheet_in: SheetIn, entry: RosterEntry, recorder: Person, department_officer: Person, at: Any
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    services.amend(actor=recorder.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="ปรับปรุง")
    client = department_officer.client()
    address = unit_pages(entry)["revoke"]
    data = {**hidden(client.get(address)), "note": "ข้อมูลเท็จ", "order_number": "7/2570"}  # type: ignore[arg-type]

    assert client.post(address, data).status_code == 302

    sheet.refresh_from_db()
    assert sheet.status == Status.CLOSED
    page = client.get(unit_pages(entry)["certificate-detail"]).content.decode()
    assert "ใบรับรองนี้สิ้นผลแล้ว: เพิกถอน" in page
    assert "ตามคำสั่งเลขที่ 7/2570" in page


# --- the timeline --------------------------------------------------------------------------------------------------------


def test_every_act_stands_in_the_timeline_with_its_reason(
    sheet_in: SheetIn,
    entry: RosterEntry,
    recorder: Person,
    executive: Person,
    province_certifier: Person,
    department_officer: Person,
    at: Any,
) -> None:
    def act(by: Person, name: str, domain: str, note: str, **more: Any) -> None:
        service = getattr(services, name)
        lock = newest(entry, domain).lock
        service(actor=by.actor, at=at, entry=entry, section=domain, lock=lock, note=note, **more)

    sheet_in(Status.CERTIFIED_LAO)
    act(executive, "unit_take_back", "domain_1", "ลงนามผิดปี")
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    act(province_certifier, "province_return", "domain_3", "นับชุมชนไม่ครบ")
    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())
    act(province_certifier, "province_take_back", "domain_1", "อ่านไม่ครบ")
    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())
    act(recorder, "amend", "domain_1", "ทะเบียนใหม่")
    act(department_officer, "revoke", "domain_2", "หลักฐานไม่จริง", order_number="7/2570")

    timeline = reverse("filings:filing-timeline", kwargs=place(entry))
    page = recorder.client().get(timeline).content.decode()

    for action, reason in (
        (Action.TAKE_BACK_LAO, "ลงนามผิดปี"),
        (Action.RETURN_BY_PROVINCE, "นับชุมชนไม่ครบ"),
        (Action.TAKE_BACK_PROVINCE, "อ่านไม่ครบ"),
        (Action.AMEND, "ทะเบียนใหม่"),
        (Action.REVOKE, "หลักฐานไม่จริง"),
    ):
        assert action.label in page
        assert reason in page
    assert "7/2570" in page
