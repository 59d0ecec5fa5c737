"""Numbers: what is understood, what is refused, and how they are shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.numbers import (
    NotANumber,
    ascii_digits_to_thai,
    decimal_text,
    format_number,
    parse_decimal,
    round_half_up,
    thai_digits_to_ascii,
)
from localgov.lib.refusals import Refusal
from tests.lib.readers import speaks_thai, value_or_refusal

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("6325", "6325"),
        ("6,325", "6325"),
        ("๖,๓๒๕", "6325"),
        ("๓,๑๐๐", "3100"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u00a0234", "1234"),
        ("  12.50 ", "12.50"),
        ("+7", "7"),
        ("-3.5", "-3.5"),
        ("\u22123.5", "-3.5"),
        ("- 3", "-3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("-0", "0"),
        ("๐", "0"),
        (12, "12"),
        (0.1, "0.1"),
        (1e16, "10000000000000000"),
        (Decimal("-0.00"), "0"),
    ],
)
def test_a_number_is_read_exactly(typed: str | int | float | Decimal, value: str) -> None:
    assert parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "part_of_sentence"),
    [
        ("", "ยังไม่ได้พิมพ์"),
        ("   ", "ยังไม่ได้พิมพ์"),
        ("-", "ไม่ใช่ตัวเลข"),
        (".", "ไม่ใช่ตัวเลข"),
        ("abc", "ไม่ใช่ตัวเลข"),
        ("nan", "ไม่ใช่ตัวเลข"),
        ("Infinity", "ไม่ใช่ตัวเลข"),
        ("12,34", "เช่น 12.34"),
        ("1,2345", "ผิดที่"),
        ("0,123", "ผิดที่"),
        ("1.234,5", "ผิดที่"),
        ("1.2.3", "ผิดที่"),
        ("1 2", "เว้นวรรค"),
        ("1,234 567", "เว้นวรรค"),
        ("1e5", "เลขยกกำลัง"),
        ("6325 คน", "หน่วย"),
        ("40%", "หน่วย"),
        ("1_000", "หน่วย"),
        ("١٢", "ไม่ใช่ตัวเลข"),
        ("9" * 61, "ยาวเกินไป"),
        (True, "ใช่/ไม่ใช่"),
        (float("nan"), "ขอบเขต"),
        (float("inf"), "ขอบเขต"),
        (Decimal("NaN"), "ขอบเขต"),
    ],
)
def test_what_would_be_guessed_is_refused_with_a_sentence(typed: str | float | Decimal, part_of_sentence: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_decimal(typed)
    assert part_of_sentence in refused.value.message
    assert str(refused.value) == refused.value.message


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("90.625", 2, "90.63"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("-0.001", 2, "0.00"),
        ("1234567890123456789012345678901234.565", 2, "1234567890123456789012345678901234.57"),
        ("1450", -2, "1500"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert round_half_up(Decimal(value), places) == Decimal(rounded)
    assert (
        not round_half_up(Decimal(value), places).is_zero()
        or decimal_text(round_half_up(Decimal(value), places)) == "0"
    )


def test_the_published_mean_is_a_mean_of_half_up_percentages() -> None:
    assert round_half_up(Decimal(290) / Decimal(320) * 100, 2) == Decimal("90.63")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+3", "1000"),
        ("0.50", "0.5"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("-1.10", "-1.1"),
    ],
)
def test_a_number_has_one_text(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


def test_a_number_without_bounds_has_no_text() -> None:
    with pytest.raises(NotANumber):
        decimal_text(Decimal("Infinity"))


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (6325, None, "6,325"),
        (Decimal("1234.50"), None, "1,234.5"),
        (Decimal("1234567.891"), 2, "1,234,567.89"),
        (6325, 2, "6,325.00"),
        (Decimal("-1234.5"), 0, "-1,235"),
        (Decimal("0.000"), None, "0"),
    ],
)
def test_people_see_commas(value: Decimal | int, places: int | None, shown: str) -> None:
    assert format_number(value, places) == shown


def test_thai_digits_and_back() -> None:
    assert thai_digits_to_ascii("พ.ศ. ๒๕๖๙") == "พ.ศ. 2569"
    assert ascii_digits_to_thai("ที่ 0023.3/ว 1212") == "ที่ ๐๐๒๓.๓/ว ๑๒๑๒"


@given(decimals)
def test_what_is_shown_can_be_typed_back(value: Decimal) -> None:
    assert parse_decimal(format_number(value)) == value
    assert parse_decimal(ascii_digits_to_thai(format_number(value))) == value
    assert Decimal(decimal_text(value)) == value


@given(decimals, st.integers(min_value=0, max_value=3))
def test_rounding_moves_a_number_by_at_most_half_a_place(value: Decimal, places: int) -> None:
    assert abs(round_half_up(value, places) - value) <= Decimal(5).scaleb(-places - 1)


@given(st.text(max_size=80) | st.text(alphabet="0123456789๐๕,. +-e", max_size=12))
def test_any_text_is_read_or_refused_in_thai(text: str) -> None:
    read = value_or_refusal(parse_decimal, text)
    assert speaks_thai(read) if isinstance(read, Refusal) else read.is_finite()
