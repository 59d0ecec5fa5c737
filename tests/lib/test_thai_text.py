"""Thai text: the same look is the same characters; names and searches compare."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.thai_text import clean_line, clean_paragraphs, normalise_name, repair_thai, search_text

thai_text = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" .\n\u200b"))


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),
        ("น\u0e33\u0e49", "น\u0e49\u0e33"),
        ("ท\u0e4d\u0e32", "ท\u0e33"),
        ("เเม่", "แม่"),
        ("ก\u0e48\u0e35", "ก\u0e35\u0e48"),
        ("ป\u0e49\u0e49า", "ป\u0e49า"),
        ("ไม้\u200bไผ่\ufeff", "ไม้ไผ่"),
        ("บ้าน\x00ใหม่", "บ้านใหม่"),
        ("e\u0301", "é"),
        ("น้ำ กรุงเทพฯ ต่าง ๆ", "น้ำ กรุงเทพฯ ต่าง ๆ"),
    ],
)
def test_the_same_look_becomes_the_same_characters(typed: str, repaired: str) -> None:
    assert repair_thai(typed) == repaired


@given(thai_text | st.text())
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair_thai(text)
    assert repair_thai(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_paragraphs(clean_paragraphs(text)) == clean_paragraphs(text)


def test_one_line_holds_single_blanks() -> None:
    assert clean_line(" ปอภาร  (ปอพาน)\n\tบ้านใหม่\u00a0") == "ปอภาร (ปอพาน) บ้านใหม่"


def test_paragraphs_keep_their_lines() -> None:
    assert clean_paragraphs(" ก  ข \r\n\r\n\r\n\r\nค\rง ") == "ก ข\n\nค\nง"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("กิ่งอำเภอ น\u0e4d\u0e49\u0e32ขุ่น", "น้ำขุ่น"),
        ("อำเภอเมืองปราจีนบุรี", "เมืองปราจีนบุรี"),
        ("อ.เมืองปราจีนบุรี", "เมืองปราจีนบุรี"),
        ("กิ่ง อ.หนองหิน", "หนองหิน"),
        ("จ. แพร่", "แพร่"),
        ("เขตบางรัก", "บางรัก"),
        ("ตำบลเขตรอุดมศักดิ์", "เขตรอุดมศักดิ์"),
        ("เขตรอุดมศักดิ์", "เขตรอุดมศักดิ์"),
        ("จ.ป.ร.", "จ.ป.ร."),
        ("จังหวัด", "จังหวัด"),
        ("ตำบลตำบล", "ตำบล"),
        ("ปอภาร  (ปอพาน)", "ปอภาร(ปอพาน)"),
    ],
)
def test_a_name_is_compared_without_its_title(typed: str, name: str) -> None:
    assert normalise_name(typed) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("อบต. กบินทร์", "องค์การบริหารส่วนตำบลกบินทร์"),
        ("อบตกบินทร์", "องค์การบริหารส่วนตำบล กบินทร์"),
        ("อบจ.แพร่", "องค์การบริหารส่วนจังหวัดแพร่"),
        ("ทต หนองบัว", "เทศบาลตำบลหนองบัว"),
        ("ทม.บัวใหญ่", "เทศบาลเมืองบัวใหญ่"),
        ("ทน.นครราชสีมา จ.นครราชสีมา", "เทศบาลนครนครราชสีมา จังหวัดนครราชสีมา"),
        ("ทต.กม.๕", "เทศบาลตำบล กม. 5"),
        ("ทต.จ.ป.ร.", "เทศบาลตำบลจปร"),
        ("กรุงเทพฯ", "กทม."),
        ("สีพยา-บ่อพุ", "สีพยา บ่อพุ"),
        ("OTOP 5 ดาว", "otop ๕ดาว"),
    ],
)
def test_search_reads_two_ways_of_writing_alike(one: str, other: str) -> None:
    assert search_text(one) == search_text(other)


@pytest.mark.parametrize("name", ["ทนงศักดิ์", "ทมิฬ", "จอมทอง", "อบอุ่น", "ตาก"])
def test_search_leaves_words_that_only_begin_like_an_abbreviation(name: str) -> None:
    assert search_text(name) == name


def test_part_of_a_name_is_found_in_the_whole() -> None:
    assert search_text("เทศบาล") in search_text("ทต.หนองบัว")
    assert search_text("หนองบั") in search_text("ทต.หนองบัว")


@given(st.text())
def test_search_text_holds_letters_digits_and_marks_only(text: str) -> None:
    assert all(unicodedata.category(character)[0] in "LNM" for character in search_text(text))


@pytest.mark.parametrize(
    "part", ["\u0e33\u0e48", "\u0e4d\u0e32", "ก\u0e48\u0e35", "\u0e38\u0e48", "\u0e4d", "เ", " \n", "อบต "]
)
def test_a_long_broken_text_is_repaired_in_one_sweep(part: str) -> None:
    once = repair_thai(part * 20_000)
    assert repair_thai(once) == once
    assert len(clean_paragraphs(part * 20_000)) <= len(part) * 20_000
