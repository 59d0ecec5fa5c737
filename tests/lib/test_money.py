"""Money in baht."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.money import MAX_BAHT, NotBaht, format_baht, parse_baht


@pytest.mark.parametrize(
    ("typed", "baht"),
    [
        ("213,477,504.85", "213477504.85"),
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("1234.5 บาท", "1234.50"),
        ("100 บาทถ้วน", "100.00"),
        ("฿100", "100.00"),
        ("5.500", "5.50"),
        ("-250", "-250.00"),
        ("9999999999999999.99", "9999999999999999.99"),
        (1234.1, "1234.10"),
        (0, "0.00"),
    ],
)
def test_an_amount_is_read_to_the_satang(typed: str | float, baht: str) -> None:
    assert str(parse_baht(typed)) == baht


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.234", "decimals"),
        (0.001, "decimals"),
        ("213,477 พันบาท", "unit"),
        ("2 ล้าน", "unit"),
        ("10,000,000,000,000,000", "too_large"),
        ("12,34", "not_a_number"),
        ("บาท", "blank"),
        ("", "blank"),
    ],
)
def test_what_is_no_amount_of_baht_is_refused(typed: str | float, code: str) -> None:
    with pytest.raises(NotBaht) as refused:
        parse_baht(typed)
    assert refused.value.code == code


def test_people_see_two_decimals() -> None:
    assert format_baht(1234) == "1,234.00"
    assert format_baht(Decimal("0.005"), with_unit=True) == "0.01 บาท"


@given(st.decimals(min_value=-MAX_BAHT, max_value=MAX_BAHT, places=2))
def test_a_shown_amount_can_be_typed_back(amount: Decimal) -> None:
    assert parse_baht(format_baht(amount, with_unit=True)) == amount
