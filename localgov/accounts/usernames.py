"""What a username may be."""

import re
from typing import ClassVar

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.refusals import Refusal, quoted

MAXIMUM_LENGTH = 40
_USERNAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
#: Names like the codes of organisations are kept for handed-down accounts.
_RESERVED = re.compile(r"dla|p\d+|d\d+|\d+")


class NotAUsername(Refusal):
    """The text can't be a username."""

    default_code: ClassVar[str] = "not_a_username"


def read_username(typed: str) -> str:
    """The username that was typed, in small letters. Raises `NotAUsername` with what to do."""
    name = thai_digits_to_ascii(typed.strip()[:200]).lower()
    if not 3 <= len(name) <= MAXIMUM_LENGTH:
        raise NotAUsername(f"ชื่อผู้ใช้ต้องยาว 3 ถึง {MAXIMUM_LENGTH} ตัวอักษร", code="length")
    if _RESERVED.fullmatch(name):
        raise NotAUsername(f"{quoted(name)} สงวนไว้สำหรับบัญชีของหน่วยงาน โปรดใช้ชื่ออื่น", code="reserved")
    if not _USERNAME.fullmatch(name):
        raise NotAUsername(
            f"{quoted(typed)} ใช้ไม่ได้ ชื่อผู้ใช้ขึ้นต้นด้วยอักษรอังกฤษ แล้วตามด้วยอักษรอังกฤษ ตัวเลข หรือ . _ - เช่น recorder1",
            code="letters",
        )
    return name
