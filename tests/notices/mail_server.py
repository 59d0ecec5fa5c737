"""A real mail server in a thread of the tests, which can be told to refuse."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Keeps what it took; `answers` are what it says to a recipient instead of yes, in order, the last one for ever."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.recipients: list[str] = []
        self.answers: dict[str, list[str]] = {}
        self.hangs_up_after_text = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Yes, or what it was told to say."""
        answers = self.answers.get(address, [])
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take the text; then hang up without a word, if told so."""
        self.taken.append(message_from_bytes(envelope.content))
        self.recipients += envelope.rcpt_tos
        if self.hangs_up_after_text:
            server.transport.abort()
        return "250 OK"


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """The server, running, named by the settings."""
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "info@example.go.th"
    try:
        yield server
    finally:
        controller.stop()
