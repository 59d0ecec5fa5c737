"""One-time codes as text: making, grouping, reading what a person typed, and the keyed hash that is kept."""

import hashlib
import hmac
import secrets

from localgov.lib.numbers import thai_digits_to_ascii

#: Crockford's 32 signs: no I, L, O, U. Sixteen of them are 80 random bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_GROUP = 4
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = str.maketrans("", "", " -–—\u00a0\u200b\t\r\n")


def new_code() -> str:
    """A fresh code without separators."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """`7K4M92XHD8RTAWPE` → `7K4M-92XH-D8RT-AWPE`, as it is handed down."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(typed: str) -> str | None:
    """The code that was typed, in any case and grouping, with O, I, L for 0 and 1; None when it can't be a code."""
    code = thai_digits_to_ascii(typed[:100]).upper().translate(_SEPARATORS).translate(_MISREAD)
    return code if len(code) == LENGTH and all(sign in ALPHABET for sign in code) else None


def keyed_hash(*, user_id: int, code: str, key: str) -> str:
    """HMAC-SHA256 of a code, bound to its account, in hexadecimal."""
    return hmac.new(key.encode(), f"{user_id}:{code}".encode(), hashlib.sha256).hexdigest()


def same_hash(left: str, right: str) -> bool:
    """Comparison in constant time."""
    return hmac.compare_digest(left, right)
