"""What an answer is once it was read: a value, one of two kinds of missing, or something unreadable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from localgov.lib.coordinates import Point


@dataclass(frozen=True, slots=True)
class NoneHere:
    """ไม่มี: there is none; counts as 0 (a register: no rows)."""


@dataclass(frozen=True, slots=True)
class NoData:
    """ไม่มีข้อมูล: the unit can't know; answered when it gives a reason."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was sent is no answer to this question; `message` is the Thai sentence that says why and what to do."""

    message: str


NONE = NoneHere()
Value = Decimal | str | bool | dt.date | Point
Answer = Value | NoneHere | NoData | Unreadable | None
"""None = not answered."""

Operand = Decimal | str | bool | dt.date | Point | None
"""What an expression computes with; None = unknown. Yes/no answers are the texts 'yes' and 'no' here; True and False
are results of comparisons."""

ZERO = Decimal(0)


def operand(answer: Answer) -> Operand:
    """An answer as an expression sees it: ไม่มี is 0, ไม่มีข้อมูล and the unreadable are unknown."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if answer is None or isinstance(answer, NoData | Unreadable):
        return None
    if isinstance(answer, NoneHere):
        return ZERO
    return answer
