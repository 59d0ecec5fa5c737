"""Receipt numbers and check codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.canonical import sha256_hex
from localgov.lib.identifiers import (
    NotACheckCode,
    NotAReceiptNumber,
    ReceiptNumber,
    check_code,
    format_receipt_number,
    parse_check_code,
    parse_receipt_number,
)


@pytest.mark.parametrize(
    ("year", "number", "text"),
    [(2570, 4512, "2570-004512"), (2570, 1, "2570-000001"), (2570, 1_000_000, "2570-1000000")],
)
def test_a_receipt_carries_year_and_number(year: int, number: int, text: str) -> None:
    assert format_receipt_number(year, number) == text
    assert parse_receipt_number(text) == ReceiptNumber(year, number)


@pytest.mark.parametrize("typed", [" 2570-004512 ", "๒๕๗๐-๐๐๔๕๑๒", "2570 - 004512", "2570\u2013004512"])
def test_a_receipt_number_is_read_from_paper(typed: str) -> None:
    assert str(parse_receipt_number(typed)) == "2570-004512"


@pytest.mark.parametrize("typed", ["", "2570", "2570-4512", "2570-000000", "1570-004512", "2570-00451a"])
def test_what_is_no_receipt_number_is_refused(typed: str) -> None:
    with pytest.raises(NotAReceiptNumber, match="2570-004512"):
        parse_receipt_number(typed)


@pytest.mark.parametrize(("year", "number"), [(70, 1), (2570, 0), (2570, -1)])
def test_a_receipt_out_of_bounds_is_a_mistake_of_the_program(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="no receipt number"):
        format_receipt_number(year, number)


def test_receipts_sort_by_year_then_number() -> None:
    assert ReceiptNumber(2569, 9) < ReceiptNumber(2570, 1) < ReceiptNumber(2570, 2)


def test_a_check_code_is_the_first_80_bits_of_the_hash() -> None:
    assert check_code("0" * 64) == "0000-0000-0000-0000"
    assert check_code("f" * 64) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert check_code("00443214c74254b635cf" + "0" * 44) == "0123-4567-89AB-CDEF"


@pytest.mark.parametrize(
    "typed", ["0123-4567-89ab-cdef", "o123 4567 89AB CDEF", "OL23456789ABCDEF", "๐๑๒๓-๔๕๖๗-๘๙AB-CDEF"]
)
def test_a_check_code_is_read_from_paper(typed: str) -> None:
    assert parse_check_code(typed) == "0123-4567-89AB-CDEF"


@pytest.mark.parametrize(
    ("typed", "code"), [("", "length"), ("0123-4567", "length"), ("U123-4567-89AB-CDEF", "symbol")]
)
def test_what_is_no_check_code_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NotACheckCode) as refused:
        parse_check_code(typed)
    assert refused.value.code == code


def test_a_check_code_needs_a_whole_hash() -> None:
    with pytest.raises(ValueError, match="64"):
        check_code("abc")


@given(st.binary())
def test_a_printed_check_code_can_be_typed_back(content: bytes) -> None:
    code = check_code(sha256_hex(content))
    assert parse_check_code(code.lower().replace("-", " ")) == code
