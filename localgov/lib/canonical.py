"""The bytes that a certificate signs (DESIGN §4, "Certificate bytes").

JSON in UTF-8 with text in NFC, keys in order of code points, no spaces; decimals as strings without exponent or
trailing zeros; moments in UTC as RFC 3339. The same content gives the same bytes on every machine and in every year,
so that the SHA-256 printed on paper can be recomputed from the published snapshot by anyone.

Quantities are passed as `Decimal` and become strings; `int` is for counters and identifiers and stays a JSON integer.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from localgov.lib.numbers import decimal_text

JsonValue: TypeAlias = "str | int | bool | list[JsonValue] | dict[str, JsonValue] | None"


class NotCanonical(TypeError):
    """A value that has no canonical form: a float, a naive moment, a key that is no text. A programming error."""


def canonical_bytes(value: object) -> bytes:
    """The canonical JSON of `value` in UTF-8. Raises `NotCanonical` for what has no single form."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("text holds half a surrogate pair") from None


def read_canonical(text: str) -> Any:
    """What a canonical JSON text says. Raises ValueError for a text in any other form; quicker than writing it anew."""
    body = json.loads(text, parse_float=_refuse_float, parse_constant=_refuse_float)
    written = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if written != text or not unicodedata.is_normalized("NFC", text):
        raise ValueError("the text is JSON, but not in its canonical form")
    return body


def _refuse_float(text: str) -> float:
    raise ValueError(f"{text} has no canonical form: decimals are strings")


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: object) -> JsonValue:
    """`value` in the types that JSON has, in canonical form."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str.__str__(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, date):
        return _moment(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _decimal(value: Decimal) -> str:
    """A finite decimal as its one text."""
    if not value.is_finite():
        raise NotCanonical("a number without bounds has no canonical form")
    return decimal_text(value)


def _moment(value: datetime) -> str:
    """An aware moment in UTC; the fraction of a second appears only when there is one, with six digits."""
    if value.tzinfo is None:
        raise NotCanonical("a moment needs a time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _mapping(value: Mapping[object, object]) -> dict[str, JsonValue]:
    """A mapping with text keys in NFC; `json.dumps` sorts them by code point."""
    plain: dict[str, JsonValue] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key must be text, not {type(key).__name__}")
        name = unicodedata.normalize("NFC", str.__str__(key))
        if name in plain:
            raise NotCanonical(f"the key {name!r} appears twice")
        plain[name] = _plain(item)
    return plain
