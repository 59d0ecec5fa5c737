"""Asking a website whether it answers, without being led into our own network.

An address comes from whoever recorded it, so it is not trusted: every host is resolved once, each of its addresses must be
public, and the connection is made to the address that was looked at (a name that changes its mind between looking and
connecting gains nothing). Redirects are followed by hand, each with the same care.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from localgov.directory.states import CheckResult

#: Redirects followed from one address.
MOST_REDIRECTS = 5
#: Seconds for a step of a conversation, and for all of one address.
STEP_SECONDS, ALL_SECONDS = 6.0, 20.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: The server speaks, though not to a visitor without an account or in a hurry.
_ANSWERS_ALSO = frozenset({401, 403, 405, 429})
_NAT64 = IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], Collection[str]]


@dataclass(frozen=True)
class Found:
    """What became of one address: the result, a Thai word on it, and the address that it leads to where it has moved."""

    result: CheckResult
    detail: str = ""
    moved_to: str = ""


class _Stop(Exception):
    """The end of a conversation; carries what was found."""

    def __init__(self, detail: str, result: CheckResult = CheckResult.NO_ANSWER) -> None:
        super().__init__(detail)
        self.found = Found(result, detail)


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses that a name has now. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address lies in the public internet: not private, loopback, link-local, multicast, reserved, or hiding one."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        hidden = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(hidden) or ip in _NAT64 or ip.is_site_local:
            return False
    return ip.is_global and not (
        ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    )


@dataclass(frozen=True)
class Prober:
    """Asks addresses. How names are resolved, which addresses and ports may be connected to, and whom certificates are
    trusted from are given, so that a test can ask a server of its own machine.
    """

    agent: str
    resolve: Resolve = addresses_of
    may_connect: Callable[[str], bool] = is_public
    ports: Collection[int] = (80, 443)
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    step_seconds: float = STEP_SECONDS
    all_seconds: float = ALL_SECONDS

    def probe(self, url: str) -> Found:
        """Ask one address; never raises for what the other side does, and ends within `all_seconds` of its first connection."""
        conversation = _Conversation(self)
        clock = threading.Timer(self.all_seconds, conversation.break_off)
        clock.daemon = True
        clock.start()
        try:
            return conversation.follow(url)
        except _Stop as stop:
            return stop.found
        except ssl.SSLCertVerificationError as error:
            return Found(CheckResult.BAD_CERTIFICATE, _certificate_fault(error))
        except TimeoutError:
            return Found(CheckResult.NO_ANSWER, "ไม่ตอบภายในเวลาที่รอ")
        except (OSError, http.client.HTTPException, UnicodeError, ValueError):
            late = conversation.broken_off
            return Found(CheckResult.NO_ANSWER, "ไม่ตอบภายในเวลาที่รอ" if late else "เชื่อมต่อไม่ได้หรือตอบไม่เป็นเว็บ")
        finally:
            clock.cancel()
            conversation.close()


class _Conversation:
    """One address and where it leads."""

    def __init__(self, prober: Prober) -> None:
        self._prober = prober
        self._socket: socket.socket | None = None
        self.broken_off = False

    def follow(self, url: str) -> Found:
        """Go along the redirects to an answer."""
        start = _target(url)
        where = start
        for _ in range(MOST_REDIRECTS + 1):
            status, location = self._ask(where)
            if status not in _REDIRECTS or not location:
                return _told(status, start, where)
            where = _target(urljoin(where.geturl(), location))
        raise _Stop(f"ส่งต่อไปที่อื่นเกิน {MOST_REDIRECTS} ครั้ง")

    def _ask(self, where: SplitResult) -> tuple[int, str]:
        """HEAD; GET where HEAD brought no use."""
        address, port = self._checked(where)
        try:
            status, location = self._request("HEAD", where, address, port)
            if status < 400:
                return status, location
        except (http.client.HTTPException, ConnectionError):
            if self.broken_off:
                raise
        return self._request("GET", where, address, port)

    def _checked(self, where: SplitResult) -> tuple[str, int]:
        """The address to connect to, and the port. Raises `_Stop` for what must not be asked."""
        host, port = where.hostname or "", where.port or (443 if where.scheme == "https" else 80)
        if port not in self._prober.ports:
            raise _Stop(f"ไม่ตรวจช่องทาง {port}: ตรวจเฉพาะเว็บที่เปิดทางช่องทาง 80 และ 443")
        try:
            found = list(self._prober.resolve(host, port))
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise _Stop("ไม่พบชื่อเว็บนี้ในระบบชื่อโดเมน")
        if not all(self._prober.may_connect(one) for one in found):
            raise _Stop("ชี้ไปที่เครื่องภายใน ไม่ใช่เว็บสาธารณะ จึงไม่ตรวจ")
        return found[0], port

    def _request(self, method: str, where: SplitResult, address: str, port: int) -> tuple[int, str]:
        """Status and Location of an answer from this very address; its body is not read."""
        self.close()
        if self.broken_off:
            raise TimeoutError
        plain = socket.create_connection((address, port), timeout=self._prober.step_seconds)
        self._socket = plain
        if where.scheme == "https":
            trusted = self._prober.trusted
            self._socket = secure = trusted.wrap_socket(
                plain, server_hostname=where.hostname, do_handshake_on_connect=False
            )
            secure.do_handshake()
        connection = http.client.HTTPConnection(where.hostname or "", port)
        connection.sock = self._socket
        path = (where.path or "/") + (f"?{where.query}" if where.query else "")
        headers = {"Host": where.netloc, "User-Agent": self._prober.agent, "Accept": "text/html,*/*;q=0.5"}
        connection.request(method, path, headers=headers | {"Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")

    def break_off(self) -> None:
        """End whatever is waited for now; called by the clock."""
        self.broken_off = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let the connection go."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _target(url: str) -> SplitResult:
    """An address that may be asked, without its fragment. Raises `_Stop`."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known or any(sign <= " " or sign == "\x7f" for sign in url):
        raise _Stop("ส่งต่อไปยังที่อยู่ที่ไม่ใช่เว็บ")
    if parts.username is not None or parts.password is not None:
        raise _Stop("ที่อยู่มีชื่อผู้ใช้หรือรหัสผ่านอยู่ข้างใน จึงไม่ตรวจ")
    return parts._replace(fragment="")


def _told(status: int, start: SplitResult, where: SplitResult) -> Found:
    """What an answer means: a site under another name has moved."""
    if status >= 400 and status not in _ANSWERS_ALSO:
        detail = "ไม่พบหน้าเว็บ" if status in (404, 410) else "เว็บแจ้งว่าขัดข้อง" if status >= 500 else "เว็บปฏิเสธ"
        raise _Stop(f"{detail} (รหัส {status})")
    if _site(where) != _site(start):
        return Found(CheckResult.MOVED, moved_to=where.geturl())
    return Found(CheckResult.ANSWERS)


def _site(where: SplitResult) -> tuple[str, int | None]:
    host = (where.hostname or "").removeprefix("www.").rstrip(".")
    return host, where.port if where.port not in (80, 443) else None


def _certificate_fault(error: ssl.SSLCertVerificationError) -> str:
    """In words; 10 and 62 are OpenSSL's codes of an expired certificate and of one for another name."""
    return {10: "ใบรับรองหมดอายุ", 62: "ใบรับรองเป็นของชื่อเว็บอื่น", 18: "ใบรับรองที่เว็บออกให้ตัวเอง"}.get(
        error.verify_code, "ไม่ทราบผู้ออกใบรับรอง หรือใบรับรองไม่ครบ"
    )
