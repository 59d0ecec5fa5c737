"""Pages of circulars: writing, previewing, publishing, reading, acknowledging, watching; the stranger first."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from localgov.filings.models import Sheet
from localgov.notices import services
from localgov.notices.models import Circular, CircularFile, Receipt
from localgov.notices.services import Audience
from localgov.notices.states import CircularState
from localgov.rounds.models import RosterEntry
from tests.conftest import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def url(name: str, pk: object = None) -> str:
    return reverse(f"notices:{name}", args=[] if pk is None else [pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "number": "ปจ 0023.3/ว ๑๒๓",
        "dated": "19 พ.ย. 2569",
        "subject": "ขอให้บันทึกข้อมูล",
        "body": "ดูคู่มือที่ https://example.go.th/manual",
        "finish_on": "๑๕ ธ.ค. ๒๕๖๙",
        "unit_types": ["SAO", "TOWN"],
        "reach": "all",
        **changes,
    }


def test_a_stranger_finds_no_circular_of_ours(
    published: Callable[..., Circular],
    draft: Callable[..., Circular],
    province_officer: Person,
    stranger: Person,
    stranger_officer: Person,
    at: Any,
) -> None:
    pk, unpublished = published().pk, draft().pk
    services.file_attach(
        actor=province_officer.actor, at=at, circular_id=unpublished, name="ก.pdf", content=b"%PDF-1.7"
    )
    file = CircularFile.objects.get()

    for someone in (stranger, stranger_officer):
        client = someone.client()
        gets: list[tuple[str, object]] = [
            (name, pk) for name in ("circular-detail", "addressee-list", "circular-withdraw", "circular-edit")
        ]
        gets += [("circular-preview", unpublished), ("circular-edit", unpublished), ("file-download", file.pk)]
        for name, key in gets:
            assert client.get(url(name, key)).status_code in (403, 404), name
        posts: list[tuple[str, object]] = [
            (name, pk) for name in ("circular-acknowledge", "circular-correct", "circular-withdraw")
        ]
        posts += [("circular-preview", unpublished), ("circular-discard", unpublished), ("file-remove", file.pk)]
        for name, key in posts:
            assert client.post(url(name, key), {"reason": "x"}).status_code in (403, 404), name
        for name in ("circular-list", "sent-list"):
            assert "ปจ 0023.3" not in client.get(url(name), {"words": "0023"}).content.decode()
    assert not Receipt.objects.exists()
    assert Circular.objects.filter(state=CircularState.DRAFT).get().pk == unpublished


def test_from_writing_to_the_receipts(
    province_officer: Person, recorder: Person, executive: Person, entry: RosterEntry
) -> None:
    sender, unit = province_officer.client(), recorder.client()

    kept = sender.post(url("circular-write"), typed())
    circular = Circular.objects.get()
    preview = sender.get(kept.headers["Location"]).content.decode()
    assert "ผู้รับ 2 แห่ง" in preview
    assert 'href="https://example.go.th/manual"' in preview
    file = SimpleUploadedFile("บัญชี <แนบ>.pdf", b"%PDF-1.7 x")
    assert sender.post(url("file-attach", circular.pk), {"file": file}).status_code == 302
    refused = sender.post(url("file-attach", circular.pk), {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert (refused.status_code, "รับเฉพาะไฟล์" in refused.content.decode()) == (422, True)
    assert "ขอให้บันทึกข้อมูล" not in unit.get(url("circular-list")).content.decode()

    done = sender.post(url("circular-preview", circular.pk))
    assert done.headers["Location"] == url("addressee-list", circular.pk)
    listed = unit.get(url("circular-list")).content.decode()
    assert "ยังไม่เปิดอ่าน" in listed
    letter = unit.get(url("circular-detail", circular.pk)).content.decode()
    for words in ("15 ธันวาคม 2569", "เหลือ 25 วัน", "บัญชี แนบ.pdf", "สถจ.ปราจีนบุรี", "รับทราบ"):
        assert words in letter
    download = unit.get(url("file-download", CircularFile.objects.get().pk))
    assert download.getvalue() == b"%PDF-1.7 x"
    assert unit.get(url("circular-acknowledge", circular.pk)).status_code == 405
    unit.post(url("circular-acknowledge", circular.pk))
    again = executive.client().post(url("circular-acknowledge", circular.pk), follow=True).content.decode()
    assert "หน่วยงานของท่านรับทราบแล้ว" in again

    receipts = sender.get(done.headers["Location"]).content.decode()
    assert "ร้อยละ 50 ของผู้รับ" in receipts
    assert "ยังไม่เปิดอ่าน" in receipts
    left = sender.get(done.headers["Location"], {"standing": "not_acknowledged", "export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(left.getvalue())).get_sheet_by_name("ข้อมูล").to_python()
    assert [row[0] for row in rows if "สาธิต" in str(row[0])] == ["ทม.สาธิตเมือง"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subject": ""}, "โปรดกรอก"),
        ({"dated": "31 ก.พ. 2569"}, "ไม่มีวันที่ 31"),
        ({"finish_on": "1 ม.ค. 2569"}, "ต้องไม่ก่อนวันที่ของหนังสือ"),
        ({"unit_types": []}, "โปรดเลือกประเภท"),
        ({"unit_types": ["x"]}, "โปรดเลือกจากรายการ"),
        ({"reach": "some"}, "โปรดเลือกจังหวัด"),
        ({"reach": "some", "units": "6270101"}, "ไม่มีหน่วยงานรหัส 6270101"),
        ({"reach": "some", "units": "9" * 500}, "ยาวเกินไป"),
        ({"office_kinds": ["PROVINCE"]}, "โปรดเลือกจากรายการ"),
        ({"round": "99"}, "โปรดเลือกจากรายการ"),
    ],
)
def test_an_unusable_letter_comes_back_with_the_reason(
    changes: dict[str, Any], sentence: str, province_officer: Person
) -> None:
    response = province_officer.client().post(url("circular-write"), typed(**changes))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Circular.objects.exists()


def test_only_offices_write_and_only_their_own(
    published: Callable[..., Circular], recorder: Person, auditor: Person, department_officer: Person
) -> None:
    circular = published()

    assert recorder.client().get(url("circular-write")).status_code == 403
    for watcher in (auditor, department_officer):
        assert watcher.client().get(url("circular-detail", circular.pk)).status_code == 200
        assert watcher.client().get(url("circular-withdraw", circular.pk)).status_code in (403, 404)
    assert not Receipt.objects.exists()


def test_corrections_and_withdrawals_are_seen_by_the_addressee(
    published: Callable[..., Circular], province_officer: Person, recorder: Person
) -> None:
    sender, unit, first = province_officer.client(), recorder.client(), published()

    begun = sender.post(url("circular-correct", first.pk)).headers["Location"]
    assert 'value="15 ธ.ค. 2569"' in sender.get(begun).content.decode()
    sender.post(begun, typed(change_note="เลื่อนวัน"))
    second = Circular.objects.get(replaces=first)
    sender.post(url("circular-preview", second.pk))
    old = unit.get(url("circular-detail", first.pk)).content.decode()
    assert "มีฉบับแก้ไขแทนแล้ว" in old
    assert url("circular-detail", second.pk) in old
    assert "ฉบับนี้แก้ไข:</strong> เลื่อนวัน" in unit.get(url("circular-detail", second.pk)).content.decode()
    assert sender.get(url("circular-edit", second.pk)).status_code == 403

    assert sender.post(url("circular-withdraw", second.pk), {"reason": ""}).status_code == 422
    sender.post(url("circular-withdraw", second.pk), {"reason": "ส่งผิดเรื่อง"})
    ended = unit.get(url("circular-detail", second.pk)).content.decode()
    assert "หนังสือฉบับนี้ยกเลิกแล้ว" in ended
    assert "ส่งผิดเรื่อง" in ended
    assert url("circular-acknowledge", second.pk) not in ended


def test_an_office_watches_the_receipts_of_its_own_tree_alone(
    published: Callable[..., Circular],
    department_officer: Person,
    province_officer: Person,
    district_officer: Person,
    stranger_officer: Person,
) -> None:
    circular = published(department_officer, audience=Audience(office_kinds=["PROVINCE", "DISTRICT"]))
    page = url("addressee-list", circular.pk)
    names = ("อบต.บ้านสาธิต", "ทม.สาธิตเมือง", "สถจ.ปราจีนบุรี", "อบต.เพื่อนบ้าน")
    seen = {
        who.user.username: tuple(name in who.client().get(page).content.decode() for name in names)
        for who in (department_officer, province_officer, district_officer, stranger_officer)
    }

    assert seen["dla1"] == (True, True, True, True)
    assert seen["p25"] == (True, True, True, False)
    assert seen["d2501"] == (True, False, False, False)
    assert seen["p27"] == (False, False, False, True)


def test_a_circular_about_a_round_tells_who_has_recorded_since(
    published: Callable[..., Circular], entry: RosterEntry, fill: Callable[..., Sheet], province_officer: Person
) -> None:
    circular = published(round_id=entry.round_id)
    page = url("addressee-list", circular.pk)
    assert "บันทึกแล้ว<" not in province_officer.client().get(page).content.decode()

    fill("domain_1")

    listed = province_officer.client().get(page).content.decode()
    assert listed.count("บันทึกแล้ว<") == 1
    assert listed.count("ยังไม่บันทึก<") == 2


def test_reading_a_letter_takes_a_handful_of_statements(published: Callable[..., Circular], recorder: Person) -> None:
    circular, client = published(), recorder.client()
    client.get(url("circular-detail", circular.pk))

    with CaptureQueriesContext(connection) as queries:
        client.get(url("circular-detail", circular.pk))

    assert len(queries) <= 14, "\n".join(query["sql"][:120] for query in queries)


def test_the_menu_counts_what_the_unit_has_not_opened_and_never_anothers(
    published: Callable[..., Circular], recorder: Person, stranger: Person
) -> None:
    first, second = published(subject="ฉบับแรก").pk, published(subject="ฉบับสอง").pk
    client = recorder.client()

    def mark(person_client: Any) -> str:
        menu: str = person_client.get(reverse("web:home")).content.decode().partition("</nav>")[0]
        return menu.partition('class="menu-mark"')[2].partition("</span>")[0].rpartition(">")[2]

    assert (mark(client), mark(stranger.client())) == ("2", "")
    client.get(url("circular-detail", first))
    assert mark(client) == "1"
    client.get(url("circular-detail", second))
    assert mark(client) == ""
