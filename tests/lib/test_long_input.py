"""No reader can be kept busy: what is far too long is refused or read without delay."""

from collections.abc import Callable

import pytest

from localgov.lib import coordinates, emails, identifiers, money, numbers, phones, thai_calendar, urls
from localgov.lib.refusals import Refusal
from tests.lib.readers import value_or_refusal

READERS: tuple[Callable[[str], object], ...] = (
    numbers.parse_decimal,
    money.parse_baht,
    thai_calendar.parse_date,
    phones.parse_phone,
    emails.parse_email,
    urls.parse_web_address,
    identifiers.parse_receipt_number,
    identifiers.parse_check_code,
    lambda text: coordinates.parse_point(text, ""),
)


@pytest.mark.parametrize("part", ["1,111", "0 ", "- ", "a.", "www.", "http:", "ต่อ", "(", "@", "พ.ศ. "])
@pytest.mark.parametrize("reader", READERS)
def test_an_endless_text_is_refused_at_once(reader: Callable[[str], object], part: str) -> None:
    refusal = value_or_refusal(reader, "x" + part * 200_000 + "x")
    assert isinstance(refusal, Refusal)
    assert len(refusal.message) < 300
