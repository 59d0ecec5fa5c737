"""Pages of letters: strangers first, then choosing, looking, making, fetching, what became of it."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.urls import reverse

from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.monitoring.selectors.lagging import Cause
from localgov.reports.kinds import LetterKind
from localgov.reports.models import Letterhead, LetterPdf, LetterRun, LetterTemplate
from localgov.rounds.models import Round
from tests.certification.test_paper import pages_of
from tests.conftest import Person
from tests.jobs.running import run_queued
from tests.reports.conftest import MakeRun

pytestmark = pytest.mark.django_db
COMPOSE = "/letters/new/"
UNIT = "th.25.2501.6250101."


def asked(**query: str) -> str:
    """The address of composing."""
    return f"{COMPOSE}?{urlencode({'cause': 'NOT_SUBMITTED', **query})}"


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """The form of a page as the person sends it, to finish by the middle of December."""
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"finish_by": "15 ธ.ค. 2569"}
    return sent | {"csrfmiddlewaretoken": "x"} | changes


def test_a_stranger_finds_no_letter_of_ours(
    make_run: MakeRun, province_officer: Person, stranger_officer: Person, recorder: Person, stranger: Person
) -> None:
    run = make_run(province_officer, LetterKind.UNIT)
    run_queued()
    addresses = [
        reverse("reports:run-detail", args=[run.pk]),
        reverse("reports:run-zip", args=[run.pk]),
        *(reverse(f"reports:{name}", args=[run.pk, 1]) for name in ("letter-detail", "letter-pdf", "letter-word")),
    ]

    for address in addresses:
        assert stranger_officer.client().get(address).status_code == 404
        assert province_officer.client().get(address).status_code == 200
        for outside in (recorder, stranger):
            assert outside.client().get(address).status_code == 403


def test_a_stranger_can_neither_list_nor_address_our_units(
    round_2570: Round, stranger_officer: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    client = stranger_officer.client()
    page = client.get(asked(kind="UNIT", province="25", district="2501"))
    own = client.get(asked(kind="UNIT"))
    refused = client.post(asked(kind="UNIT"), filled(own, to=[UNIT], confirmed="yes"))

    assert "บ้านสาธิต" not in page.content.decode()
    assert [label for _, label in own.context["form"].fields["to"].choices] == ["นายกอบต.เพื่อนบ้าน (1 แห่ง)"]
    assert refused.status_code == 422
    assert not LetterRun.objects.exists()


@pytest.mark.parametrize("who", ["auditor", "form_owner", "province_certifier"])
def test_who_only_reads_makes_no_letter(who: str, round_2570: Round, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who).client()

    assert client.get("/letters/").status_code == 200
    assert b"/letters/new/" not in client.get("/letters/").content
    for address in (COMPOSE, "/letters/head/", "/letters/words/"):
        assert client.get(address).status_code == 403


def test_from_the_list_to_the_letters_in_three_presses(round_2570: Round, province_officer: Person) -> None:
    client = province_officer.client()
    page = client.get(asked(kind="DISTRICT", form="eight_domains", fiscal_year="2570"))
    assert "อบจ. ทน. ทม. 2 แห่งขึ้นตรงต่อจังหวัด" in page.content.decode()

    sent = filled(
        page, numbering="RUNNING", number_prefix="ปจ ๐๐๒๓.๓/", first_number="๔๑", urgency="ด่วนมาก", keep_words="on"
    )
    preview = client.post(asked(kind="DISTRICT"), sent)
    assert preview.status_code == 200
    assert not LetterRun.objects.exists()
    shown = preview.content.decode()
    for words in ("ปจ ๐๐๒๓.๓/๔๑", "ด่วนมาก", "นายอำเภอเมืองปราจีนบุรี", "ภายในวันที่ ๑๕ ธันวาคม ๒๕๖๙", "ทำหนังสือ 1 ฉบับ"):
        assert words in shown
    look = client.post(f"/letters/new/preview/?{asked(kind='DISTRICT').partition('?')[2]}", sent)
    assert look["Content-Type"] == "application/pdf"
    assert "ที่ปจ๐๐๒๓.๓/๔๑" in pages_of(look.content)[0]
    assert not LetterRun.objects.exists()

    made = client.post(asked(kind="DISTRICT"), sent | {"confirmed": "yes"})
    run = LetterRun.objects.get()
    assert made.headers["Location"] == f"/letters/{run.pk}/"
    waiting = client.get(f"/letters/{run.pk}/").content.decode()
    assert "รอคิว" in waiting
    assert "all.zip" not in waiting
    assert client.get(f"/letters/{run.pk}/1.pdf").status_code == 404
    assert LetterTemplate.objects.get().subject == run.subject
    assert "รุ่นใหม่สุด" in client.get("/letters/words/").content.decode()

    run_queued()
    done = client.get(f"/letters/{run.pk}/").content.decode()
    assert "all.zip" in done
    assert "นายอำเภอเมืองปราจีนบุรี" in done


def test_the_files_are_what_was_kept(make_run: MakeRun, province_officer: Person) -> None:
    run = make_run(province_officer, LetterKind.UNIT)
    run_queued()
    client = province_officer.client()

    pdf = client.get(f"/letters/{run.pk}/1.pdf")
    assert pdf.content == bytes(LetterPdf.objects.get(letter__place=1).content)
    assert LetterPdf.objects.get(letter__place=1).sha256 in client.get(f"/letters/{run.pk}/1/").content.decode()
    assert client.get(f"/letters/{run.pk}/1.docx").content.startswith(b"PK")
    for query, ending in (("", ".pdf"), ("?format=word", ".docx")):
        packed = b"".join(client.get(f"/letters/{run.pk}/all.zip{query}"))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert archive.testzip() is None
            assert [name[:3] + name[-len(ending) :] for name in archive.namelist()] == [
                f"00{n}{ending}" for n in (1, 2, 3)
            ]
    assert client.get(f"/letters/{run.pk}/4.pdf").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"finish_by": "1 พ.ย. 2569"}, "ผ่านไปแล้ว"),
        ({"finish_by": "31/2/2569"}, "ไม่มีวันที่ 31"),
        ({"letter_date": "วันพรุ่งนี้"}, "ไม่ใช่วันที่ที่อ่านได้"),
        ({"number_prefix": "AB<12>"}, "อักษรไทย ตัวเลข"),
        ({"numbering": "SAME", "number_prefix": "ปจ 1/", "first_number": "สิบ"}, "จำนวนเต็ม 1 ถึง 999,999"),
        ({"numbering": "SAME", "number_prefix": "ปจ 1/"}, "โปรดระบุเลขที่หนังสือ"),
        ({"body": "{{ชื่อ}}"}, "ไม่รู้จักช่อง {{ชื่อ}}"),
        ({"subject": ""}, "ต้องกรอก"),
        ({"to": []}, "อย่างน้อยหนึ่งราย"),
        ({"as_of": "เมื่อวาน"}, "อ่านเวลา"),
    ],
)
def test_bad_input_is_told_in_place(
    changes: dict[str, Any], sentence: str, round_2570: Round, province_officer: Person
) -> None:
    client = province_officer.client()
    page = client.get(asked(kind="UNIT"))

    answer = client.post(asked(kind="UNIT"), filled(page, **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&quot;", '"')
    assert not LetterRun.objects.exists()


@pytest.mark.parametrize(
    "query",
    [{"cause": "NOTHING"}, {"kind": "PROVINCES"}, {"round": "999999"}, {"date": "31/02/2570"}, {"unit_type": "X"}],
)
def test_a_question_that_can_t_be_asked_is_told_in_place(
    query: dict[str, str], round_2570: Round, province_officer: Person
) -> None:
    answer = province_officer.client().get(asked(**query))

    assert answer.status_code == 422
    assert "form" not in answer.context or answer.context["form"] is None


def test_without_a_round_and_without_anybody_behind_it_says_so(register: Any, province_officer: Person) -> None:
    client = province_officer.client()

    assert "ต้องระบุรอบการบันทึก" in client.get(asked()).content.decode()
    assert client.get(asked(cause=Cause.IDLE.value, date="1/1/2564")).status_code == 200


def test_what_became_of_it_stands_on_the_page(
    make_run: MakeRun, department_officer: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    each, together = (make_run(department_officer, kind) for kind in (LetterKind.PROVINCE, LetterKind.PROVINCES))
    sheet_in(Status.SUBMITTED)
    client = department_officer.client()

    for run, first in ((each, "ท้องถิ่นจังหวัดปราจีนบุรี"), (together, "จังหวัดปราจีนบุรี")):
        rows = client.get(f"/letters/{run.pk}/").context["list"].rows
        assert [cell.text for cell in rows[0].cells][1:6] == [first, "–", "3", "1", "2"]
    units = client.get(f"/letters/{each.pk}/1/").context["list"].rows
    assert {row.cells[0].text: row.cells[6].text for row in units} == {
        "อบต.บ้านสาธิต": "ทำแล้ว", "ทม.สาธิตเมือง": "ยังค้าง", "อบจ.ปราจีนบุรี": "ยังค้าง",
    }  # fmt: skip
    for address in ("/letters/", f"/letters/{each.pk}/", f"/letters/{each.pk}/1/"):
        assert client.get(f"{address}?export=xlsx").status_code == 200
    assert len(client.get("/letters/?words=เร่งรัด&kind=PROVINCE&fiscal_year=2570").context["list"].rows) == 1


def test_the_office_sets_what_its_letters_say(
    round_2570: Round, province_officer: Person, district_officer: Person
) -> None:
    client = province_officer.client()
    page = client.get("/letters/head/")
    sent = {name: page.context["form"][name].value() for name in page.context["form"].fields}

    for changes, sentence in (
        ({"telephone": "โทรหาเรา"}, "เฉพาะตัวเลข"),
        ({"email": "office"}, "@"),
        ({"number_prefix": "<x>"}, "อักษรไทย ตัวเลข"),
        ({"signer_position": ""}, "ต้องกรอก"),
    ):
        refused = client.post("/letters/head/", sent | changes)
        assert (refused.status_code, sentence in refused.content.decode()) == (422, True)
    assert (
        client.post(
            "/letters/head/", sent | {"telephone": "๐ ๐๐๐๐ ๐๐๐๐ ต่อ ๑๑", "district_title": "ท้องถิ่นอำเภอ"}
        ).status_code
        == 302
    )

    kept = Letterhead.objects.get()
    assert (kept.telephone, kept.district_title) == ("0 0000 0000 ต่อ 11", "ท้องถิ่นอำเภอ")
    choices = client.get(asked(kind="DISTRICT")).context["form"].fields["to"].choices
    assert choices[0][1] == "ท้องถิ่นอำเภอเมืองปราจีนบุรี (1 แห่ง)"
    assert "district_title" not in district_officer.client().get("/letters/head/").context["form"].fields


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("/monitoring/?unit_type=SAO", "NOT_CERTIFIED_UNIT"),
        ("/monitoring/lagging/?cause=NOT_SUBMITTED&unit_type=SAO", "NOT_SUBMITTED"),
        ("/monitoring/idle/?unit_type=SAO", "IDLE"),
        ("/directory/status/?unit_type=SAO", "WEBSITE"),
        ("/directory/status/25/?unit_type=SAO", "WEBSITE"),
    ],
)
def test_every_list_of_who_has_not_leads_to_its_letter(
    address: str, cause: str, round_2570: Round, province_officer: Person, province_certifier: Person
) -> None:
    client = province_officer.client()
    page = client.get(address).content.decode()
    found = re.search(r'href="(/letters/new/[^"]*)"', page)

    assert found is not None
    asked = parse_qs(urlsplit(html.unescape(found[1])).query)
    assert asked["cause"] == [cause]
    assert asked["unit_type"] == ["SAO"]
    assert client.get(html.unescape(found[1])).status_code == 200
    assert "/letters/new/" not in province_certifier.client().get(address).content.decode()
    if "lagging" in address:
        assert "โปรดล้างเงื่อนไขอื่นก่อน" in client.get(f"{address}&name=บาน").content.decode()
