"""Files as answers: known by their content, cleaned of traces, fetched by whoever may read the filing."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localgov.filings import uploads
from localgov.filings.models import Attachment, Change, Sheet
from localgov.filings.states import Status
from localgov.forms import services as forms
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.models import FormVersion
from localgov.rounds.models import RosterEntry
from tests.conftest import FIXTURES, Person, Register, newest
from tests.filings.conftest import UNIT, hidden_boxes, words

PDF = b"%PDF-1.7\n%made up\n"
_EXIF = b"\xff\xe1" + struct.pack(">H", 12) + b"Exif\0\0GPS!"
JPEG = b"\xff\xd8" + _EXIF + b"\xff\xdb" + struct.pack(">H", 4) + b"\0\0" + b"\xff\xda\0\2picture\xff\xd9"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + b"\0\0\0\0"


PNG = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", b"0" * 13) + _chunk(b"tEXt", b"Author who") + _chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png"), (b"GIF89a rest", "image/gif")],
)
def test_knows_a_file_by_its_content(content: bytes, kind: str) -> None:
    assert uploads.look(content).content_type == kind


def test_takes_the_traces_out_of_pictures() -> None:
    assert b"GPS!" not in uploads.look(JPEG).content
    assert uploads.look(JPEG).content.endswith(b"picture\xff\xd9")
    assert b"Author" not in uploads.look(PNG).content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"MZ\x90",
        b"PK\x03\x04",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\xff\xff",
        PNG[:20],
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"%PDF-" + b"0" * uploads.LARGEST,
    ],
)
def test_refuses_what_is_none_of_them_or_broken_or_too_big(content: bytes) -> None:
    with pytest.raises(uploads.NotAcceptable):
        uploads.look(content)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\งาน\\รายงาน.PDF", "รายงาน.pdf"),
        ('a"b<c>.exe', "abc.pdf"),
        ("\n\t.pdf", "เอกสาร.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_keeps_a_clean_name_with_the_ending_of_its_content(typed: str, kept: str) -> None:
    assert uploads.clean_name(typed, ".pdf") == kept


@pytest.fixture
def small_form(register: Register, at: Any, tmp_path: Path) -> FormVersion:
    """The small form with a file in domain 2 and in the register of villages."""
    from localgov.access.actor import system_actor
    from localgov.access.roles import RoleCode

    source = FIXTURES / "forms" / "small"
    for name in ("choices.csv", "rules.csv", "settings.csv"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    file = "file,{},เอกสารประกอบ,,,,,,,,,,,,,no,,\n"
    survey = (source / "survey.csv").read_text(encoding="utf-8")
    survey = survey.replace("decimal,price,", file.format("document") + "decimal,price,")
    survey = survey.replace("text,village_name,", file.format("village_photo") + "text,village_name,")
    (tmp_path / "survey.csv").write_text(survey, encoding="utf-8")
    actor = system_actor("ทดสอบ", RoleCode.FORM_OWNER)
    return forms.form_publish(actor=actor, at=at, source=read_folder(tmp_path)).version


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def attach(who: Person, path: str = "2/files/document/", content: bytes = PDF, name: str = "แผน.pdf") -> Any:
    """Attach a file as the page does."""
    client = who.client()
    page = client.get(UNIT + path)
    boxes = {"seq": hidden_seq(page)} if page.status_code == 200 else {"seq": "0"}
    return client.post(UNIT + path, boxes | {"file": SimpleUploadedFile(name, content)})


def hidden_seq(page: Any) -> str:
    """The counter that the page brings back."""
    return page.content.decode().split('name="seq" value="')[1].split('"')[0]  # type: ignore[no-any-return]


@pytest.mark.django_db
def test_answers_a_question_with_a_file(entry: RosterEntry, recorder: Person) -> None:
    response = attach(recorder)

    assert response.status_code == 302
    found = Attachment.objects.get()
    assert newest(entry, "domain_2").answers["document"]["v"] == f"{found.pk}/แผน.pdf"
    page = recorder.client().get(f"{UNIT}2/")
    assert f"/filings/files/{found.pk}/" in page.content.decode()
    assert "แผน.pdf" in words(page)


@pytest.mark.django_db
def test_answers_a_cell_with_a_file(entry: RosterEntry, recorder: Person) -> None:
    client = recorder.client()
    new = f"{UNIT}1/rows/village/new/"
    client.post(new, hidden_boxes(client.get(new)) | {"a-village_no": "1"})
    (row,) = newest(entry, "domain_1").rows.all()

    response = attach(recorder, f"1/files/village_photo/?row={row.row_id}", JPEG, "บ้าน.jpeg")

    row.refresh_from_db()
    assert response["Location"] == f"{UNIT}1/rows/village/{row.row_id}/"
    assert row.values["village_photo"]["v"].endswith("/บ้าน.jpg")


@pytest.mark.django_db
def test_is_fetched_as_a_download_by_those_who_may_read(
    entry: RosterEntry, recorder: Person, province_officer: Person, stranger: Person
) -> None:
    attach(recorder)
    address = f"/filings/files/{Attachment.objects.get().pk}/"

    response = province_officer.client().get(address)

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert stranger.client().get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"<html>", b""])
def test_says_what_is_wrong_with_a_file(entry: RosterEntry, recorder: Person, content: bytes) -> None:
    response = attach(recorder, content=content)

    assert response.status_code == 422
    assert "ไฟล์" in words(response)
    assert not Attachment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["2/files/price/", "2/files/x/", "1/files/village_photo/", "1/files/village_photo/?row=x"]
)
def test_only_questions_that_take_files_have_the_page(entry: RosterEntry, recorder: Person, path: str) -> None:
    assert recorder.client().get(UNIT + path).status_code == 404


@pytest.mark.django_db
def test_the_next_province_and_roles_that_do_not_record_attach_nothing(
    entry: RosterEntry, stranger: Person, verifier: Person
) -> None:
    assert attach(stranger).status_code == 404
    assert attach(verifier).status_code == 403
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_a_locked_sheet_takes_no_file(
    entry: RosterEntry, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.SUBMITTED)

    response = attach(recorder)

    assert response.status_code == 302
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_two_files_at_once_keep_the_first_and_say_so(entry: RosterEntry, recorder: Person) -> None:
    client = recorder.client()
    seen = hidden_seq(client.get(f"{UNIT}2/files/document/"))
    attach(recorder)

    response = client.post(
        f"{UNIT}2/files/document/", {"seq": seen, "file": SimpleUploadedFile("b.pdf", PDF)}, follow=True
    )

    assert f"ไม่ได้แนบไฟล์: {recorder.user.display_name} แก้ไขข้อนี้เมื่อ" in words(response)


def test_the_same_form_sent_twice_keeps_one_file(entry: RosterEntry, recorder: Person) -> None:
    client, address = recorder.client(), f"{UNIT}2/files/document/"
    seen, form = hidden_seq(client.get(address)), {"csrfmiddlewaretoken": "one rendering of the form"}

    answers = [
        client.post(address, form | {"seq": seen, "file": SimpleUploadedFile("a.pdf", content)})
        for content in (PDF, PDF, PDF + b"\n")
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Attachment.objects.count() == 2
    assert Change.objects.count() == 1
