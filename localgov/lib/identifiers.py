"""Numbers and codes that people read aloud, copy from paper and type: receipts and certificate check codes."""

import re
from dataclasses import dataclass
from typing import ClassVar

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.refusals import Refusal, quoted

CHECK_CODE_LENGTH = 16
"""Characters of a check code: 80 bits of the certificate's SHA-256."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_GROUP = 4
_RECEIPT = re.compile(r"(?P<year>2[0-9]{3})-(?P<number>[0-9]{6,})")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


class NotAReceiptNumber(Refusal):
    """The text is not a receipt number (ใบรับ)."""

    default_code: ClassVar[str] = "not_a_receipt_number"


class NotACheckCode(Refusal):
    """The text is not the check code of a certificate (รหัสตรวจสอบ)."""

    default_code: ClassVar[str] = "not_a_check_code"


@dataclass(frozen=True, order=True)
class ReceiptNumber:
    """The number of an accepted batch: fiscal year (พ.ศ.) and a running number from 1 within it."""

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        """A receipt out of bounds is a programming error: raises ValueError."""
        if not 2000 <= self.fiscal_year <= 2999 or self.number < 1:
            raise ValueError(f"no receipt number: {self.fiscal_year}, {self.number}")

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.number:06d}"


def format_receipt_number(fiscal_year: int, number: int) -> str:
    """`(2570, 4512)` → `2570-004512`; from the millionth on a digit longer."""
    return str(ReceiptNumber(fiscal_year, number))


def parse_receipt_number(text: str) -> ReceiptNumber:
    """Read a receipt number as copied from a page or a paper. Raises `NotAReceiptNumber`."""
    typed = re.sub(r"\s", "", _DASHES.sub("-", thai_digits_to_ascii(text)))
    matched = _RECEIPT.fullmatch(typed)
    if matched is None or int(matched["number"]) < 1:
        raise NotAReceiptNumber(f"{quoted(text)} ไม่ใช่เลขที่ใบรับ ตัวอย่างที่ถูกต้อง 2570-004512")
    return ReceiptNumber(int(matched["year"]), int(matched["number"]))


def check_code(sha256_hex: str) -> str:
    """The first 80 bits of a hash in Crockford base 32, in groups of four: `7K3M-9QXV-2T5B-0C1D`."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256_hex):
        raise ValueError("a SHA-256 has 64 lower-case hexadecimal digits")
    bits = int(sha256_hex, 16) >> (256 - 5 * CHECK_CODE_LENGTH)
    symbols = "".join(_CROCKFORD[(bits >> shift) & 31] for shift in range(5 * (CHECK_CODE_LENGTH - 1), -1, -5))
    return _grouped(symbols)


def parse_check_code(text: str) -> str:
    """A check code as a person typed it, in its printed form: O is 0, I and L are 1, blanks and dashes do not count.

    Raises `NotACheckCode`.
    """
    typed = _DASHES.sub("-", thai_digits_to_ascii(text)).upper()
    symbols = re.sub(r"[\s-]", "", typed).translate(_LOOKALIKES)
    wrong = sorted(set(symbols) - set(_CROCKFORD))
    if wrong:
        raise NotACheckCode(f"{quoted(text)} มีตัวอักษรที่ไม่ใช้ในรหัสตรวจสอบ: {' '.join(wrong[:5])}", code="symbol")
    if len(symbols) != CHECK_CODE_LENGTH:
        raise NotACheckCode(
            f"{quoted(text)} มี {len(symbols)} ตัว รหัสตรวจสอบต้องมี {CHECK_CODE_LENGTH} ตัว (4 กลุ่ม กลุ่มละ 4 ตัว)",
            code="length",
        )
    return _grouped(symbols)


def hash_prefix(code: str) -> str:
    """The 20 hexadecimal digits with which a hash of this check code begins; the code is read as `parse_check_code` does."""
    bits = 0
    for symbol in parse_check_code(code).replace("-", ""):
        bits = bits << 5 | _CROCKFORD.index(symbol)
    return f"{bits:0{5 * CHECK_CODE_LENGTH // 4}x}"


def _grouped(symbols: str) -> str:
    """Symbols in groups of four, joined by dashes."""
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
