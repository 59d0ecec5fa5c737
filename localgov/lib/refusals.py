"""The one shape of a refused input: an error that knows the Thai sentence to show.

Every reader in this room (`parse_*`) either returns a clean value or raises a `Refusal`. A page, a workbook and the API
show the same `message`; programs branch on `code`, never on the words.
"""

from typing import ClassVar


class Refusal(ValueError):
    """An input that cannot be read. `message` is a Thai sentence saying what to do; `code` is stable for programs."""

    default_code: ClassVar[str] = "invalid"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code


def quoted(value: object, *, limit: int = 60) -> str:
    """What a person typed, in Thai quotation marks and cut to `limit` characters, for use inside a sentence."""
    text = str(value).strip()
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return f"“{text}”"
