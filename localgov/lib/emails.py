"""E-mail addresses as officers type them. Only the shape is checked: whether a mailbox exists, a letter must prove."""

import re
from typing import ClassVar

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.refusals import Refusal, quoted

MAX_LENGTH = 254

_DIRT = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_LEADING_DIRT = re.compile("^(?:[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\\s\"'<“‘]|mailto:)+", re.IGNORECASE)
_TRAILING_DIRT = re.compile("[\\s\"'>,;.”’]+$")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_TOP_LABEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_SUFFIXES = frozenset({"go.th", "or.th", "ac.th", "co.th", "in.th", "mi.th", "net.th"})


class NotAnEmail(Refusal):
    """The text is not an e-mail address."""

    default_code: ClassVar[str] = "not_an_email"


def parse_email(text: str) -> str:
    """The address that was typed, its domain in small letters. Raises `NotAnEmail`.

    Repaired silently: blanks, quotes and stray tone marks around it, `mailto:`, Thai digits.
    """
    typed = text.strip()
    if len(typed) > MAX_LENGTH:
        raise NotAnEmail(f"อีเมลยาวเกินไป ใช้ได้ไม่เกิน {MAX_LENGTH} ตัวอักษร", code="too_long")
    typed = _TRAILING_DIRT.sub("", _LEADING_DIRT.sub("", _DIRT.sub("", thai_digits_to_ascii(typed))))
    if not typed:
        raise NotAnEmail("ยังไม่ได้พิมพ์อีเมล", code="blank")
    _refuse_common_slips(typed, text)
    local, _, domain = typed.partition("@")
    domain = domain.lower()
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise NotAnEmail(f"{quoted(text)} ส่วนหน้าเครื่องหมาย @ มีตัวอักษรที่ใช้ไม่ได้", code="local")
    if local.lower().startswith("www."):
        raise NotAnEmail(f"{quoted(text)} ขึ้นต้นด้วย www. อีเมลไม่มี www. ข้างหน้า ให้พิมพ์ {quoted(typed[4:])}", code="www")
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or not _TOP_LABEL.fullmatch(labels[-1]):
        raise NotAnEmail(f"{quoted(text)} ส่วนหลังเครื่องหมาย @ ไม่ถูกต้อง ตัวอย่างที่ถูกต้อง name@example.go.th", code="domain")
    if domain in _SUFFIXES:
        raise NotAnEmail(f"{quoted(text)} ขาดชื่อหน่วยงานหน้า {domain} ตัวอย่างที่ถูกต้อง name@example.{domain}", code="domain")
    return f"{local}@{domain}"


def _refuse_common_slips(typed: str, text: str) -> None:
    """Tell apart the mistakes that have their own sentence."""
    if typed.count("@") != 1:
        what = "ไม่มีเครื่องหมาย @" if "@" not in typed else "มีเครื่องหมาย @ มากกว่าหนึ่งตัว ช่องนี้ให้พิมพ์อีเมลเดียว"
        raise NotAnEmail(f"{quoted(text)} {what} ตัวอย่างที่ถูกต้อง name@example.go.th", code="at_sign")
    if re.search(r"\s", typed):
        raise NotAnEmail(f"{quoted(text)} มีช่องว่างอยู่ข้างใน ให้ลบช่องว่างออก", code="space")
    if re.search("[\u0e00-\u0e7f]", typed):
        raise NotAnEmail(f"{quoted(text)} มีอักษรไทยปนอยู่ อีเมลต้องเป็นอักษรอังกฤษ", code="thai")
    if "," in typed:
        raise NotAnEmail(f"{quoted(text)} มีเครื่องหมายจุลภาค ให้เปลี่ยนเป็นจุด", code="comma")
