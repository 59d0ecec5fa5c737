"""Telephone numbers in the ways Thai offices write them. All numbers are invented or public short numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.phones import NotAPhone, parse_phone
from localgov.lib.refusals import Refusal
from tests.lib.readers import speaks_thai, value_or_refusal


@pytest.mark.parametrize(
    ("typed", "e164", "extension", "display"),
    [
        ("022419000", "+6622419000", "", "0-2241-9000"),
        ("0-2241-9000", "+6622419000", "", "0-2241-9000"),
        ("๐-๒๒๔๑-๙๐๐๐", "+6622419000", "", "0-2241-9000"),
        ("๐ ๒๒๔๑ ๙๐๐๐", "+6622419000", "", "0-2241-9000"),
        ("0\u20132241\u20139000", "+6622419000", "", "0-2241-9000"),
        ("02-241-9000", "+6622419000", "", "0-2241-9000"),
        ("(02) 241.9000", "+6622419000", "", "0-2241-9000"),
        ("โทร. 0 2241 9000", "+6622419000", "", "0-2241-9000"),
        ("หมายเลขโทรศัพท์ : 022419000", "+6622419000", "", "0-2241-9000"),
        ("+66 2 241 9000", "+6622419000", "", "0-2241-9000"),
        ("+66(0)2-241-9000", "+6622419000", "", "0-2241-9000"),
        ("037-000-000", "+6637000000", "", "0-3700-0000"),
        ("0 4400 0000", "+6644000000", "", "0-4400-0000"),
        ("08 0000 0000", "+66800000000", "", "080-000-0000"),
        ("090-000-0000", "+66900000000", "", "090-000-0000"),
        ("มือถือ 0600000000", "+66600000000", "", "060-000-0000"),
        ("199", "", "", "199"),
        ("๑๕๖๗", "", "", "1567"),
        ("0-2241-9000 ต่อ 1107", "+6622419000", "1107", "0-2241-9000 ต่อ 1107"),
        ("0-2241-9000 ต่อ ๑๑๐๗, ๑๑๐๘", "+6622419000", "1107, 1108", "0-2241-9000 ต่อ 1107, 1108"),
        ("0-2241-9000 ต่อ 101 - 105 และ 110", "+6622419000", "101-105, 110", "0-2241-9000 ต่อ 101-105, 110"),
        ("0-2241-9000 ต่อ 11 หรือ ต่อ 12", "+6622419000", "11, 12", "0-2241-9000 ต่อ 11, 12"),
        ("022419000 ext. 12", "+6622419000", "12", "0-2241-9000 ต่อ 12"),
        ("022419000#12", "+6622419000", "12", "0-2241-9000 ต่อ 12"),
        ("022419000 กด 0", "+6622419000", "0", "0-2241-9000 ต่อ 0"),
    ],
)
def test_a_number_is_read_in_every_usual_writing(typed: str, e164: str, extension: str, display: str) -> None:
    phone = parse_phone(typed)
    assert (phone.e164, phone.extension, phone.display) == (e164, extension, display)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "blank"),
        (" \u200b", "blank"),
        ("-", "letters"),
        ("ไม่มี", "letters"),
        ("0-2241-900O", "letters"),
        ("02241900", "digits"),
        ("0224190000", "digits"),
        ("081234567", "digits"),
        ("2241-9000", "digits"),
        ("0122334455", "digits"),
        ("12", "digits"),
        ("+1 202 555 0100", "country"),
        ("0-2241-9000, 0-2241-9001", "several"),
        ("0-2241-9000 ถึง 9", "several"),
        ("0-2241-9000-9", "several"),
        ("0-2241-9000 ต่อ", "extension"),
        ("0-2241-9000 ต่อ ธุรการ", "extension"),
    ],
)
def test_what_is_not_one_thai_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NotAPhone) as refused:
        parse_phone(typed)
    assert refused.value.code == code
    assert speaks_thai(refused.value)


def test_a_missing_digit_is_counted_in_the_sentence() -> None:
    with pytest.raises(NotAPhone, match="ต้องมี 9 หลัก แต่พิมพ์มา 8 หลัก"):
        parse_phone("02241900")


def test_a_link_dials_the_number_and_a_single_extension() -> None:
    assert parse_phone("0-2241-9000 ต่อ 1107").href == "tel:+6622419000;ext=1107"
    assert parse_phone("0-2241-9000 ต่อ 1107, 1108").href == "tel:+6622419000"
    assert parse_phone("1567").href == "tel:1567"


def test_letters_show_thai_digits() -> None:
    assert parse_phone("022419000 ต่อ 1107").display_thai_digits == "๐-๒๒๔๑-๙๐๐๐ ต่อ ๑๑๐๗"


@given(
    st.from_regex(r"\A(02[0-9]{7}|0[3457][2-9][0-9]{6}|0[689][0-9]{8}|1[0-9]{2,3})\Z"), st.from_regex(r"\A[0-9]{1,6}\Z")
)
def test_a_shown_number_can_be_typed_back(digits: str, extension: str) -> None:
    for typed in (digits, f"{digits} ต่อ {extension}"):
        phone = parse_phone(typed)
        assert phone.national == digits
        assert parse_phone(phone.display) == phone
        assert parse_phone(phone.display_thai_digits) == phone


@given(st.text(max_size=40) | st.text(alphabet="0123456789๐-+ ().,ต่อ#x", max_size=25))
def test_any_text_is_read_or_refused_in_thai(text: str) -> None:
    read = value_or_refusal(parse_phone, text)
    assert speaks_thai(read) if isinstance(read, Refusal) else read.national.isdigit()
