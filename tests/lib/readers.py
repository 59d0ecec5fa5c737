"""Running a reader on anything: its value or its refusal, never another error."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from localgov.lib.refusals import Refusal

P = ParamSpec("P")
T = TypeVar("T")


def value_or_refusal(reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Refusal:
    """What the reader returns, or the refusal it raises; every other exception passes through and fails the test."""
    try:
        return reader(*args, **kwargs)
    except Refusal as refusal:
        return refusal


def speaks_thai(refusal: Refusal) -> bool:
    """Whether the refusal has a Thai sentence and a code."""
    return any("ก" <= letter <= "๛" for letter in refusal.message) and refusal.code != ""
