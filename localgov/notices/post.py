"""The client of the mail server: one connection, one e-mail at a time, and what went wrong in words.

Three ways to fail, since they are answered differently: the server can't be used at all (`NoServer`: everything waits), this
e-mail was not taken (`NotTaken`, for now or for good), or nobody knows whether it was (`Unclear`: the connection broke
after the text had left).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_YES, _YES_ELSEWHERE, _PERMANENT = 250, 251, 500


class NoServer(Exception):
    """The mail server can't be used; `reason` is a Thai sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotTaken(Exception):
    """The server did not take this e-mail; `for_good`: nor will it later. `reason` is a Thai sentence."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Unclear(Exception):
    """The connection broke after the text had left: the server may have taken it."""


@dataclass(frozen=True)
class Attachment:
    """A file of an e-mail."""

    name: str
    content: bytes
    content_type: str


def is_set_up() -> bool:
    """Whether this installation names a mail server and a sender."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)


def is_private() -> bool:
    """Whether nobody can read along on the way to the server: TLS, or the same machine."""
    return bool(settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in _LOOPBACK)


class Post:
    """An open connection, as a context. Raises `NoServer` when it can't be opened."""

    def __enter__(self) -> Post:
        if not is_set_up():
            raise NoServer("ยังไม่ได้กำหนดเครื่องส่งอีเมล (EMAIL_HOST และ EMAIL_FROM)")
        # Django's backend knows TLS and the password; it is not asked to send, since it hides at which step it failed.
        self._backend: Any = get_connection("django.core.mail.backends.smtp.EmailBackend")
        try:
            self._backend.open()
            self._backend.connection.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self._backend.close()
            raise NoServer(_opening(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._backend.close()

    def send(
        self, *, message_id: str, to: str, subject: str, body: str, attachments: Sequence[Attachment] = ()
    ) -> None:
        """Hand one e-mail over. Raises `NotTaken`, `Unclear` and, when the connection is gone before, `NoServer`."""
        message = EmailMessage(subject, body, to=[to], headers={"Message-ID": message_id})
        for file in attachments:
            message.attach(file.name, file.content, file.content_type)
        server: smtplib.SMTP = self._backend.connection
        try:
            text = message.message().as_bytes(linesep="\r\n")
            _require_sender(server.mail(message.from_email))
            _require(server.rcpt(to), "ผู้รับ")
        except (UnicodeError, ValueError) as error:
            self._reset(server)
            raise NotTaken(f"ที่อยู่อีเมลหรือเนื้อความเขียนเป็นอีเมลไม่ได้: {to}", for_good=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NoServer(_opening(error)) from error
        except NotTaken:
            self._reset(server)
            raise
        try:
            answer = server.data(text)
        except smtplib.SMTPDataError as error:
            self._reset(server)
            raise _not_taken(error.smtp_code, error.smtp_error, "เนื้อความ") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unclear from error
        _require(answer, "เนื้อความ")

    @staticmethod
    def _reset(server: smtplib.SMTP) -> None:
        """Make the connection ready for the next e-mail; a dead one shows itself there."""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            return


def _require_sender(answer: tuple[int, bytes]) -> None:
    """What it says of the sender is no fault of the e-mail's."""
    code, words = answer
    if code != _YES:
        raise NoServer(f"เครื่องส่งอีเมลไม่รับผู้ส่ง ({code} {words.decode(errors='replace')[:200]}): ตรวจ EMAIL_FROM")


def _require(answer: tuple[int, bytes], what: str) -> None:
    code, words = answer
    if code not in (_YES, _YES_ELSEWHERE):
        raise _not_taken(code, words, what)


def _not_taken(code: int, words: bytes | str, what: str) -> NotTaken:
    told = words.decode(errors="replace") if isinstance(words, bytes) else words
    return NotTaken(f"เครื่องส่งอีเมลไม่รับ{what} ({code} {told[:200]})", for_good=code >= _PERMANENT)


def _opening(error: Exception) -> str:
    """Why the server can't be used, in words that say what to look at."""
    if isinstance(error, ssl.SSLError):
        return "ต่อเครื่องส่งอีเมลแบบเข้ารหัสไม่ได้: ตรวจใบรับรองของเครื่องส่งและ EMAIL_SECURITY"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "เครื่องส่งอีเมลไม่มี STARTTLS หรือวิธีลงชื่อที่ตั้งไว้: ตรวจ EMAIL_SECURITY และ EMAIL_USER"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "เครื่องส่งอีเมลไม่รับชื่อผู้ใช้หรือรหัสผ่าน: ตรวจ EMAIL_USER และ EMAIL_PASSWORD"
    return f"ต่อเครื่องส่งอีเมลไม่ได้ ({type(error).__name__}): ตรวจ EMAIL_HOST และ EMAIL_PORT"
