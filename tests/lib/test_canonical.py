"""Certificate bytes: the same content, the same bytes."""

import json
import random
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.canonical import NotCanonical, canonical_bytes, read_canonical, sha256_hex


class Level(StrEnum):
    """An enumeration as models have them."""

    LAO = "LAO"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ({"ข": None, "Z": True, "a": False}, '{"Z":true,"a":false,"ข":null}'),
        ({"\U0001f600": 1, "\uffee": 2}, '{"\uffee":2,"\U0001f600":1}'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("0.50"), '"0.5"'),
        (Decimal("-0.0"), '"0"'),
        (6325, "6325"),
        ("e\u0301", '"\u00e9"'),
        ({"e\u0301": 1}, '{"\u00e9":1}'),
        ('"\n\\/', '"\\"\\n\\\\/"'),
        ([1, (2, [])], "[1,[2,[]]]"),
        (Level.LAO, '"LAO"'),
        (date(2026, 6, 15), '"2026-06-15"'),
        (datetime(2026, 6, 15, 3, 4, 5, tzinfo=UTC), '"2026-06-15T03:04:05Z"'),
        (datetime(2026, 6, 15, 10, 4, 5, 120, tzinfo=timezone(timedelta(hours=7))), '"2026-06-15T03:04:05.000120Z"'),
    ],
)
def test_a_value_has_one_canonical_text(value: object, text: str) -> None:
    assert canonical_bytes(value).decode() == text


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        {"a": float("nan")},
        Decimal("NaN"),
        datetime(2026, 6, 15),
        {1: "a"},
        {"\u00e9": 1, "e\u0301": 2},
        b"bytes",
        {1, 2},
        "\ud800",
        object(),
    ],
)
def test_a_value_without_a_single_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet="กขคabc", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_the_bytes_are_json_and_canonical_again(value: object) -> None:
    written = canonical_bytes(value)
    assert canonical_bytes(json.loads(written)) == written


@given(st.dictionaries(st.text(), st.integers(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_count(content: dict[str, int], chance: random.Random) -> None:
    try:
        written = canonical_bytes(content)
    except NotCanonical:  # two keys that are one in NFC
        return
    keys = list(content)
    chance.shuffle(keys)
    assert canonical_bytes({key: content[key] for key in keys}) == written


@given(values)
def test_what_is_canonical_is_read_back(value: object) -> None:
    raw = canonical_bytes(value)
    assert read_canonical(raw.decode()) == json.loads(raw)


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '{"b":1,"a":2}', "1.5", "1e3", "NaN", '"\\u0e01"', '"e\u0301"', "{", "", '{"a":1,"a":1}']
)
def test_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_canonical(text)


def test_the_hash_is_sha_256() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
