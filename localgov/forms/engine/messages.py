"""Messages with `${code}` in them: read once, printed for each finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_REFERENCE = re.compile(r"\$\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A Thai sentence in pieces: plain text, or the code of a value to print."""

    text: str
    pieces: tuple[tuple[bool, str], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes whose values it prints."""
        return tuple(piece for is_code, piece in self.pieces if is_code)

    def render(self, show: Callable[[str], str]) -> str:
        """The sentence with each value as `show` writes it."""
        return "".join(show(piece) if is_code else piece for is_code, piece in self.pieces)


def parse_message(text: str) -> Message:
    """Split a message at its `${code}`s. Never refuses: unknown codes are the builder's matter."""
    pieces: list[tuple[bool, str]] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > end:
            pieces.append((False, text[end : match.start()]))
        pieces.append((True, match.group(1).strip()))
        end = match.end()
    if end < len(text):
        pieces.append((False, text[end:]))
    return Message(text, tuple(pieces))
