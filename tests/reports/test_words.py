"""The words of letters: fields, Thai digits, proposed texts for every cause and kind."""

from __future__ import annotations

import pytest

from localgov.monitoring.selectors.lagging import Cause
from localgov.reports import wording
from localgov.reports.kinds import LetterKind
from localgov.reports.wording import WordingRefused


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("has_round", [True, False])
def test_proposed_texts_have_their_three_parts_and_fields_that_mean_something(
    kind: LetterKind, cause: Cause, has_round: bool
) -> None:
    words = wording.proposed(kind=kind, cause=cause, cause_label=cause.label, has_round=has_round)
    about_round = "{{แบบข้อมูล}}" in words.subject

    if has_round or not about_round:
        for text in (words.subject, words.body):
            wording.require_fields(text, kind=kind, has_round=has_round)
    parts = wording.paragraphs(words.body)
    assert parts[-1].startswith("จึงเรียนมาเพื่อ")
    assert "{{วันที่ครบกำหนด}}" in parts[-2]
    assert "[" not in words.body


def test_a_cause_without_words_of_its_own_is_named_by_its_label() -> None:
    words = wording.proposed(kind=LetterKind.UNIT, cause="NEW", cause_label="ยังไม่ทำสิ่งใหม่", has_round=False)

    assert "ยังไม่ทำสิ่งใหม่" in words.subject
    assert "ยังไม่ทำสิ่งใหม่" in words.body


@pytest.mark.parametrize(
    ("text", "kind", "has_round", "sentence"),
    [
        ("{{ไม่มี}}", LetterKind.UNIT, True, "ไม่รู้จักช่อง {{ไม่มี}} ช่องที่ใช้ได้: {{สำนักงาน}}"),
        ("{{}}", LetterKind.UNIT, True, "ไม่รู้จักช่อง"),
        ("{{อำเภอ}}", LetterKind.PROVINCE, True, "ใช้กับบันทึกข้อความถึงท้องถิ่นจังหวัด"),
        ("{{จำนวนจังหวัด}}", LetterKind.DISTRICT, True, "ใช้กับหนังสือภายนอกถึงอำเภอ"),
        ("{{แบบข้อมูล}}", LetterKind.UNIT, False, "เฉพาะเรื่องที่เกี่ยวกับรอบ"),
        ("{{จำนวน} แห่ง", LetterKind.UNIT, True, "เปิดหรือปิดไม่ครบ"),
        ("จำนวน}} แห่ง", LetterKind.UNIT, True, "เปิดหรือปิดไม่ครบ"),
    ],
)
def test_a_field_without_a_meaning_is_refused(text: str, kind: LetterKind, has_round: bool, sentence: str) -> None:
    with pytest.raises(WordingRefused) as refused:
        wording.require_fields(text, kind=kind, has_round=has_round)

    assert sentence in refused.value.reason


def test_digits_are_thai_but_in_words_with_latin_letters() -> None:
    assert wording.thai("โทร. 0 2000 ต่อ 11 แบบ INFO11 ส่ง a1@example.go.th ปี 2570") == (
        "โทร. ๐ ๒๐๐๐ ต่อ ๑๑ แบบ INFO11 ส่ง a1@example.go.th ปี ๒๕๗๐"
    )


def test_paragraphs_are_divided_by_empty_lines() -> None:
    assert wording.paragraphs("หนึ่ง\nต่อ\n\n \nสอง\n") == ["หนึ่ง ต่อ", "สอง"]


def test_fields_are_filled_with_or_without_blanks() -> None:
    assert wording.fill("{{จำนวน}} และ {{ จำนวน }}", {"จำนวน": "3"}) == "3 และ 3"
