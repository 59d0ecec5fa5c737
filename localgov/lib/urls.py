"""Web addresses as officers type them (register of websites, MISSION §3; domain.md finding 5).

About one in eighteen of the addresses in the public register is not an address: an e-mail, a name in Thai, an inner
space. What can be read in one way only is repaired silently (a stray tone mark before `http`, a missing scheme, Thai
digits, blanks around, `http//`, `http:/`, `www,`, doubled dots); everything else is refused with a sentence that says
what is wrong. No network is used: a well-formed address may still lead nowhere.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address
from urllib.parse import quote

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.refusals import Refusal, quoted

MAX_LENGTH = 1000

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_STRAY_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # Thai signs that need a consonant before them
_LEADING_DIRT = re.compile(f"^[{_STRAY_MARKS}\\s\"'“”‘’.,]+")
_TRAILING_DIRT = re.compile("[\\s\"'“”‘’,;]+$")
_SCHEME = re.compile(r"^(?:www\.)?(?P<scheme>https?)(?:[:;][\s/]*|/{2,})(?=[^\s/])", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+-]*:(?![0-9]{1,5}(?:[/?#]|$))|^[a-z]+://|^w+/+", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_TOP_LABEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_THAI = re.compile("[\u0e00-\u0e7f]")
_THAI_LABEL = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e0-9-]*(?<!-)")
_THAI_TOP_LABEL = "ไทย"
_WWW_IN_THAI = frozenset("พไ")  # www meant, Thai keyboard on
_DOTTED_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+){3}")
_UNSAFE_IN_PATH = re.compile('[\x00-\x20\x7f<>"{}|^`]')
_PLACEHOLDERS = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        ".",
        "..",
        "…",
        "—",
        "–",
        "/",
        "0",
        "www",
        "www.",
        "http://",
        "https://",
        "ไม่มี",
        "ไม่มีข้อมูล",
        "ไม่มีเว็บไซต์",
        "none",
        "null",
        "n/a",
        "na",
    }
)
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


class Reason(StrEnum):
    """Why a text is no web address; the `code` of `NotAWebAddress`."""

    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    TOO_LONG = "too_long"
    EMAIL = "email"
    SPACE = "space"
    SCHEME = "scheme"
    THAI_NAME = "thai_name"
    NO_DOT = "no_dot"
    HOST = "host"
    PORT = "port"
    PATH = "path"


class NotAWebAddress(Refusal):
    """The text is not a web address; `code` is a `Reason`."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message, code=reason.value)
        self.reason = reason


@dataclass(frozen=True)
class WebAddress:
    """A web address that a browser can open: the whole of it, and its host in lower-case ASCII (IDN as `xn--`)."""

    url: str
    host: str

    def __str__(self) -> str:
        return self.url


def parse_web_address(text: str) -> WebAddress:
    """The http or https address that a person meant. Raises `NotAWebAddress` with a `Reason` and a Thai sentence."""
    typed = text.strip()
    if len(typed) > MAX_LENGTH:
        raise NotAWebAddress(Reason.TOO_LONG, f"ที่อยู่เว็บไซต์ยาวเกินไป ใช้ได้ไม่เกิน {MAX_LENGTH:,} ตัวอักษร")
    typed = _TRAILING_DIRT.sub("", _ZERO_WIDTH.sub("", typed)).strip()
    if not typed:
        raise NotAWebAddress(Reason.BLANK, "ยังไม่ได้พิมพ์ที่อยู่เว็บไซต์")
    if typed.lower() in _PLACEHOLDERS:
        raise NotAWebAddress(
            Reason.PLACEHOLDER, f"{quoted(typed)} ไม่ใช่ที่อยู่เว็บไซต์ ถ้าไม่มีเว็บไซต์ให้เลือก “ไม่มี” แทนการพิมพ์ในช่องนี้"
        )
    scheme, rest = _split_scheme(_repaired(typed), typed)
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    _refuse_what_is_no_host(authority, typed)
    host, port = _split_port(authority, typed)
    host = _ascii_host(_with_single_dots(host).rstrip(".").lower(), typed)
    if port == {"http": "80", "https": "443"}[scheme]:
        port = ""
    return WebAddress(
        url=f"{scheme}://{host}{':' + port if port else ''}{_clean_tail(rest[len(authority) :], typed)}", host=host
    )


def _repaired(typed: str) -> str:
    """The text without the dirt that can be read in one way only."""
    text = _LEADING_DIRT.sub("", thai_digits_to_ascii(typed)).replace("\\", "/")
    while _SCHEME.match(inner := _SCHEME.sub("", text)):
        text = inner  # http://http://… and www.http://…
    return text


def _split_scheme(text: str, typed: str) -> tuple[str, str]:
    """The scheme (http when none was typed) and the rest."""
    if matched := _SCHEME.match(text):
        return matched["scheme"].lower(), _LEADING_DIRT.sub("", text[matched.end() :])
    if _OTHER_SCHEME.match(text) and "@" not in text:
        raise NotAWebAddress(Reason.SCHEME, f"{quoted(typed)} ต้องขึ้นต้นด้วย http:// หรือ https:// ให้ตรวจตัวสะกดตอนต้น")
    return "http", text


def _refuse_what_is_no_host(authority: str, typed: str) -> None:
    """Tell the usual mistakes apart before looking at labels."""
    if "@" in authority:
        raise NotAWebAddress(
            Reason.EMAIL, f"{quoted(typed)} เป็นอีเมลหรือมีเครื่องหมาย @ ให้พิมพ์ที่อยู่เว็บไซต์ เช่น www.example.go.th"
        )
    if _THAI.search(authority) and ("." not in authority or " " in authority):
        raise NotAWebAddress(
            Reason.THAI_NAME, f"{quoted(typed)} เป็นชื่อภาษาไทย ไม่ใช่ที่อยู่เว็บไซต์ ให้พิมพ์ที่อยู่ เช่น www.example.go.th"
        )
    if re.search(r"\s", authority):
        raise NotAWebAddress(Reason.SPACE, f"{quoted(typed)} มีช่องว่างอยู่ข้างใน ให้ลบช่องว่างหรือเติมจุดที่หายไป")


def _with_single_dots(host: str) -> str:
    """`www,name.go.th` and `www..name.go.th` mean `www.name.go.th`."""
    return re.sub(r"\.{2,}", ".", re.sub(r"^(www),", r"\1.", host, flags=re.IGNORECASE))


def _split_port(authority: str, typed: str) -> tuple[str, str]:
    """Host and port (without leading zeros, empty when none)."""
    host, colon, port = authority.partition(":")
    if not colon or not port:
        return host, ""
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        raise NotAWebAddress(Reason.PORT, f"{quoted(typed)} ตัวเลขหลังเครื่องหมาย : ต้องเป็น 1 ถึง 65535")
    return host, str(int(port))


def _ascii_host(host: str, typed: str) -> str:
    """The host in ASCII by the rules for labels, or the sentence that says which part is wrong."""
    if _DOTTED_NUMBERS.fullmatch(host):
        return _ipv4(host, typed)
    labels = host.split(".")
    named = labels[1:] if labels[0] == "www" else labels
    if len([label for label in named if label]) < 2:
        raise NotAWebAddress(Reason.NO_DOT, f"{quoted(typed)} ไม่ครบ ที่อยู่เว็บไซต์ต้องมีจุดและส่วนท้าย เช่น www.example.go.th")
    if labels[-1] == "go":
        raise NotAWebAddress(Reason.HOST, f"{quoted(typed)} ขาด .th ต่อท้าย ให้พิมพ์ {quoted(host + '.th')}")
    if labels[-1] == "goth":
        raise NotAWebAddress(Reason.HOST, f"{quoted(typed)} ขาดจุดใน .go.th ให้พิมพ์ {quoted(host[:-4] + 'go.th')}")
    converted = [_ascii_label(label, typed) for label in labels]
    if not _TOP_LABEL.fullmatch(converted[-1]) or (_THAI.search(labels[-1]) and labels[-1] != _THAI_TOP_LABEL):
        raise _wrong_label(labels[-1], typed)
    ascii_host = ".".join(converted)
    if len(ascii_host) > 253:
        raise NotAWebAddress(Reason.TOO_LONG, "ชื่อเว็บไซต์ยาวเกินไป ใช้ได้ไม่เกิน 253 ตัวอักษร")
    return ascii_host


def _ascii_label(label: str, typed: str) -> str:
    """One label in ASCII. A label is all Latin or all Thai: a mixture is a slip of the keyboard."""
    if _LABEL.fullmatch(label):
        return label
    if _THAI_LABEL.fullmatch(label) and not set(label) <= _WWW_IN_THAI:
        try:
            return label.encode("idna").decode("ascii")
        except UnicodeError:
            raise _wrong_label(label, typed) from None
    raise _wrong_label(label, typed)


def _wrong_label(label: str, typed: str) -> NotAWebAddress:
    """The refusal of one label, by what is wrong with it."""
    if label and set(label) <= _WWW_IN_THAI:
        return NotAWebAddress(Reason.THAI_NAME, f"{quoted(typed)} พิมพ์ www ด้วยแป้นภาษาไทย ให้เปลี่ยนแป้นแล้วพิมพ์ใหม่")
    if _THAI.search(label):
        return NotAWebAddress(
            Reason.THAI_NAME, f"{quoted(typed)} มีอักษรไทยอยู่ในส่วน {quoted(label)} ให้พิมพ์ที่อยู่เว็บไซต์เป็นอักษรอังกฤษ"
        )
    return NotAWebAddress(
        Reason.HOST, f"{quoted(typed)} ส่วน {quoted(label)} ใช้ไม่ได้ ใช้ได้เฉพาะ a-z 0-9 และขีดกลางที่ไม่อยู่หัวหรือท้าย"
    )


def _ipv4(host: str, typed: str) -> str:
    """An address in numbers, as some units still publish."""
    try:
        return str(IPv4Address(host))
    except AddressValueError:
        raise NotAWebAddress(Reason.HOST, f"{quoted(typed)} เลขที่อยู่เครื่องไม่ถูกต้อง แต่ละส่วนต้องเป็น 0 ถึง 255") from None


def _clean_tail(tail: str, typed: str) -> str:
    """Path, query and fragment with Thai letters percent-encoded; an empty path is `/`."""
    if _UNSAFE_IN_PATH.search(tail):
        raise NotAWebAddress(
            Reason.PATH, f"{quoted(typed)} มีช่องว่างหรือเครื่องหมายที่ใช้ไม่ได้หลังชื่อเว็บไซต์ ให้คัดลอกที่อยู่จากช่องของเบราว์เซอร์"
        )
    tail = tail if tail.startswith("/") else "/" + tail
    return quote(tail, safe=_SAFE)
