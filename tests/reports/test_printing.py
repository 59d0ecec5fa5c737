"""Letters on paper: the words of the regulation, Thai digits, the list's order and columns, in PDF and in Word."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest

from localgov.monitoring.selectors.lagging import LaggingUnit
from localgov.organisations import areas
from localgov.reports import paper, word, wording
from localgov.reports.addressing import head_of
from localgov.reports.composing import Composition, compose
from localgov.reports.kinds import LetterKind, Numbering
from localgov.reports.models import Letter, LetterRun
from localgov.rounds.models import Round
from tests.certification.test_paper import pages_of

AT = datetime(2026, 11, 20, 3, 5, tzinfo=UTC)
LONG = "อบต.บ้านใหม่ทุ่งน้ำใสหนองกระทิงโคกสูงป่ายางห้วยแม่น้ำปู่ย่าฟ้าฝ่ากิ๊กดอนเมืองเก่าท่าเรือ"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def unit(
    number: int, *, province: str = "25", district: str = "2501", done: str = "", name: str = ""
) -> dict[str, Any]:
    """One unit as a letter keeps it."""
    name = name or f"อบต.สาธิตที่ {number}"
    names = {"name": name, "full_name": name.replace("อบต.", "องค์การบริหารส่วนตำบล")}
    code = f"6{number:06d}"
    return {"code": code, **names, "type": "SAO", "province": province, "district": district, "done": done or "ยังไม่เริ่ม"}


def composed(kind: LetterKind, units: list[dict[str, Any]], **changes: Any) -> Composition:
    """A letter of the kind over these units, of rows that are never saved."""
    words = wording.proposed(kind=kind, cause="NOT_BEGUN", cause_label="", has_round=True)
    head = {
        "agency": "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดปราจีนบุรี",
        "address": "ศาลากลางจังหวัดปราจีนบุรี\nปจ 25000",
        "section": "กลุ่มงานทดสอบ",
        "telephone": "0 0000 0000",
        "email": "office1@example.go.th",
        "signer_position": "ท้องถิ่นจังหวัดปราจีนบุรี",
    }
    run = LetterRun(
        kind=kind,
        cause="NOT_BEGUN",
        round=Round(title="ข้อมูล อปท. 8 ด้าน", fiscal_year_be=2570, due_at=datetime(2027, 6, 15, 17, tzinfo=UTC)),
        fiscal_year_be=2570,
        as_of=AT,
        urgency="ด่วนที่สุด",
        number_prefix="ปจ 0023.3/",
        numbering=Numbering.RUNNING,
        letter_date=date(2026, 11, 21),
        finish_by=date(2026, 12, 15),
        subject=words.subject,
        body=words.body,
        letterhead=head,
        at=AT,
    )
    for name, value in changes.items():
        setattr(run, name, value)
    path = {LetterKind.PROVINCES: "th.", LetterKind.PROVINCE: "th.25."}.get(kind, "th.25.2501.")
    letter = Letter(run=run, number="123", addressee="ผู้รับ", addressee_name="อำเภอเมืองปราจีนบุรี", path=path)
    letter.units, letter.unit_count = units, len(units)
    return compose(run, letter, is_demo=False)


def printed(letter: Composition) -> list[str]:
    """The text of the PDF's pages, without blanks."""
    return pages_of(paper.letter_pdf(letter, at=AT))


def test_an_external_letter_has_every_part_in_order_and_thai_digits() -> None:
    text = printed(composed(LetterKind.DISTRICT, [unit(1), unit(2)], references="หนังสือ ที่ มท 0810.6/ว 123"))[0]

    parts = [
        "ด่วนที่สุด", "ที่ปจ๐๐๒๓.๓/๑๒๓", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดปราจีนบุรี", "ปจ๒๕๐๐๐", "๒๑พฤศจิกายน๒๕๖๙",
        "เรื่องเร่งรัดการบันทึกข้อมูลอปท.๘ด้าน", "เรียนผู้รับ", "อ้างถึงหนังสือที่มท๐๘๑๐.๖/ว๑๒๓", "สิ่งที่ส่งมาด้วย",
        "ภายในวันที่๑๕มิถุนายน๒๕๗๐นั้น", "เมื่อวันที่๒๐พฤศจิกายน๒๕๖๙เวลา๑๐.๐๕น.", "จำนวน๒แห่ง", "ภายในวันที่๑๕ธันวาคม๒๕๖๙", "จึงเรียนมาเพื่อ",
        "ขอแสดงความนับถือ", "ท้องถิ่นจังหวัดปราจีนบุรี", "กลุ่มงานทดสอบ", "โทร.๐๐๐๐๐๐๐๐๐", "office1@example.go.th",
    ]  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place < 0]
    assert text.index("เรื่อง") < text.index("เรียน") < text.index("อ้างถึง") < text.index("ขอแสดงความนับถือ")
    assert not re.search("[0-9]", text.replace("office1@", ""))
    assert "พ.ศ.๒๕๖๙" not in text


def test_a_memorandum_has_its_own_head_and_no_closing() -> None:
    text = printed(composed(LetterKind.PROVINCE, [unit(1)]))[0]

    assert "บันทึกข้อความ" in text
    assert "ส่วนราชการสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดปราจีนบุรีกลุ่มงานทดสอบโทร." in text
    assert "ขอแสดงความนับถือ" not in text


def test_sixty_three_provinces_stand_on_one_page_in_thai_order() -> None:
    codes = [one.code for one in areas.provinces()][:63]
    units = [unit(number, province=code) for number, code in enumerate(codes) for _ in range(2)]

    pages = printed(composed(LetterKind.PROVINCES, units))

    assert len(pages) == 2
    assert "จำนวน๑๒๖แห่งใน๖๓จังหวัด" in pages[0]
    names = [f"จังหวัด{areas.province_name(code)}๒แห่ง" for code in codes]
    assert [name for name in names if name not in pages[1]] == []
    assert "๖๓.จังหวัด" in pages[1]
    assert "รวม๖๓จังหวัดองค์กรปกครองส่วนท้องถิ่น๑๒๖แห่ง" in pages[1]


def test_a_long_list_goes_on_numbered_through_under_its_districts() -> None:
    districts = [one.code for one in areas.districts("25")]
    units = [unit(n, district=districts[n * len(districts) // 200], done=f"ส่งแล้ว {n} จาก 8 ด้าน") for n in range(200)]

    pages = printed(composed(LetterKind.PROVINCE, [*units, unit(999, name=LONG)]))
    listed = "".join(pages[1:])

    assert len(pages) > 2
    assert pages[2].startswith("-๒-")
    assert [f"{n}." for n in (1, 100, 201) if wording.thai(f"{n}.") not in listed] == []
    assert LONG in listed
    assert listed.index("๑.อบต.สาธิตที่๐ส่งแล้ว๐จาก๘ด้าน") < listed.index("๒๐๐.อบต.สาธิตที่๑๙๙")
    assert "รวมทั้งสิ้น๒๐๑แห่ง" in pages[-1]


def test_what_all_have_in_common_is_not_said_of_each() -> None:
    listed = composed(LetterKind.DISTRICT, [unit(1), unit(2)]).list
    told = composed(LetterKind.DISTRICT, [unit(1), unit(2, done="ส่งแล้ว 3 จาก 8 ด้าน")]).list

    assert listed is not None
    assert [item.note for item in listed.groups[0].items] == ["", ""]
    assert told is not None
    assert [item.note for item in told.groups[0].items] == ["ยังไม่เริ่ม", "ส่งแล้ว ๓ จาก ๘ ด้าน"]


def test_a_letter_to_a_unit_speaks_of_it_alone() -> None:
    letter = composed(LetterKind.UNIT, [unit(7, done="ส่งแล้ว 3 จาก 8 ด้าน")])

    assert letter.list is None
    assert "องค์การบริหารส่วนตำบลสาธิตที่ ๗" in letter.paragraphs[1]
    assert "(สถานะในระบบ: ส่งแล้ว ๓ จาก ๘ ด้าน)" in letter.paragraphs[1]


@pytest.mark.parametrize(
    ("changes", "number", "day"),
    [
        ({"letter_date": None}, "ปจ ๐๐๒๓.๓/๑๒๓", "............ พฤศจิกายน ๒๕๖๙"),
        ({"numbering": Numbering.SAME}, "ปจ ๐๐๒๓.๓/ว ๑๒๓", "๒๑ พฤศจิกายน ๒๕๖๙"),
        ({"numbering": Numbering.SAME, "number_prefix": "ปจ 1/ว"}, "ปจ ๑/ว ๑๒๓", "๒๑ พฤศจิกายน ๒๕๖๙"),
    ],
)
def test_numbers_and_dates_leave_room_for_the_pen(changes: dict[str, Any], number: str, day: str) -> None:
    letter = composed(LetterKind.DISTRICT, [unit(1)], **changes)

    assert (letter.number, letter.date) == (number, day)


def test_the_same_letter_is_the_same_bytes() -> None:
    letter = composed(LetterKind.DISTRICT, [unit(1)])

    assert paper.letter_pdf(letter, at=AT) == paper.letter_pdf(letter, at=AT)
    assert paper.letter_pdf(replace(letter, to="อื่น"), at=AT) != paper.letter_pdf(letter, at=AT)


def test_a_demo_s_letter_says_so_on_every_page() -> None:
    pages = printed(replace(composed(LetterKind.DISTRICT, [unit(1)]), demo="ข้อมูลสาธิต"))

    assert ["ข้อมูลสาธิต" in page for page in pages] == [True, True]


def test_fonts_are_embedded_and_nothing_overflows_the_margins() -> None:
    content = paper.letter_pdf(composed(LetterKind.PROVINCE, [unit(n, name=LONG) for n in range(9)]), at=AT)

    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            width, _ = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            assert max(right for _, _, right, _ in boxes) <= width - 2 / 2.54 * 72 + 1
    assert b"FontFile" in content


def test_the_word_file_sets_thai_in_its_face_and_size_and_has_the_same_words() -> None:
    letter = composed(LetterKind.PROVINCE, [unit(1), unit(2, district="2502")])

    with zipfile.ZipFile(io.BytesIO(word.letter_docx(letter, at=AT))) as archive:
        document, styles = (ElementTree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "styles"))
        fonts = archive.read("word/fontTable.xml").decode()
    text = "\n".join("".join(part.text or "" for part in row.iter(f"{W}t")) for row in document.iter(f"{W}p"))
    text = text.replace("\N{NO-BREAK SPACE}", " ")

    for words in (letter.subject, letter.to, *letter.paragraphs, *letter.signature, "อบต.สาธิตที่ ๑", "รวมทั้งสิ้น ๒ แห่ง"):
        assert words in text
    for name, size, bold in (("หนังสือ ย่อหน้า", "32", "0"), ("หนังสือ บันทึกข้อความ", "58", None)):
        (style,) = (one for one in styles.iter(f"{W}style") if one.find(f"{W}name").get(f"{W}val") == name)  # type: ignore[union-attr]
        letters = style.find(f"{W}rPr")
        assert letters is not None
        assert letters.find(f"{W}rFonts").get(f"{W}cs") == word.FACE  # type: ignore[union-attr]
        assert letters.find(f"{W}szCs").get(f"{W}val") == size  # type: ignore[union-attr]
        assert letters.find(f"{W}bCs").get(f"{W}val") == bold  # type: ignore[union-attr]
    assert [one.get(f"{W}num") for one in document.iter(f"{W}cols")][-3:] == [None, "2", "1"]
    assert f'w:altName w:val="{word.OTHER_FACE}"' in fonts


def test_a_list_that_fits_one_page_has_its_total_there_in_pdf_and_in_word() -> None:
    districts = [one.code for one in areas.districts("25")]
    units = [unit(n, district=districts[n % len(districts)]) for n in range(56)]
    codes = [one.code for one in areas.provinces()]

    pages = printed(composed(LetterKind.PROVINCE, sorted(units, key=lambda one: one["district"])))
    whole = composed(LetterKind.PROVINCES, [unit(n, province=code) for n, code in enumerate(codes)])
    with zipfile.ZipFile(io.BytesIO(word.letter_docx(whole, at=AT))) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    rows = list(document.iter(f"{W}tr"))

    assert len(pages) == 2
    assert "รวมทั้งสิ้น๕๖แห่ง" in pages[1]
    assert len(codes) == 76
    assert len(rows) == 38
    assert ["".join(part.text or "" for part in cell.iter(f"{W}t")) for cell in rows[0].iter(f"{W}tc")][2] == "๓๙."


def test_what_is_read_in_one_breath_is_not_broken_in_word() -> None:
    kept = wording.together("ภายในวันที่ ๑๕ ธันวาคม ๒๕๖๙ จำนวน ๗,๘๐๕ แห่ง โทร. ๐ ๒๐๐๐ ๐๐๐๐ ต่อ ๑๒")

    assert [part.replace("\N{NO-BREAK SPACE}", "_") for part in kept.split(" ")] == [
        "ภายในวันที่", "๑๕_ธันวาคม_๒๕๖๙", "จำนวน", "๗,๘๐๕_แห่ง", "โทร._๐_๒๐๐๐_๐๐๐๐_ต่อ_๑๒",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("full_name", "head"),
    [
        ("องค์การบริหารส่วนตำบลบ้านสาธิต", "นายกองค์การบริหารส่วนตำบลบ้านสาธิต"),
        ("เทศบาลเมืองสาธิต", "นายกเทศมนตรีเมืองสาธิต"),
        ("เทศบาลนครสาธิต", "นายกเทศมนตรีนครสาธิต"),
        ("องค์การบริหารส่วนจังหวัดปราจีนบุรี", "นายกองค์การบริหารส่วนจังหวัดปราจีนบุรี"),
        ("เมืองพัทยา", "นายกเมืองพัทยา"),
    ],
)
def test_the_head_of_a_unit_is_addressed_by_its_kind(full_name: str, head: str) -> None:
    one = LaggingUnit(1, "6250101", full_name, full_name, "SAO", "25", "2501", "th.25.2501.6250101.", "", None)

    assert head_of(one) == head
