"""What the checks find: one Finding for one fault, with a permanent code and a Thai sentence."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from localgov.forms.engine.model import Severity

_LONGEST = 500


class BuiltIn(StrEnum):
    """The permanent codes of the checks that need no row in the rules sheet."""

    REQUIRED = "required"
    FORMAT = "format"
    CONSTRAINT = "constraint"
    LAST_YEAR = "last_year"
    LAST_YEAR_THOUSAND = "last_year_thousand"
    NO_DATA_REASON = "no_data_reason"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_COLUMN = "unknown_column"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    `code` is a `BuiltIn` or the code of a rule; `question` the code of the question, register or register column it sits
    on; `row` the register's row from 1, None outside registers; `value` what was answered, ready for JSON;
    `suggestion` the value that would satisfy an equality (JSON too), None when there is no such thing.
    """

    code: str
    severity: Severity
    question: str
    row: int | None
    value: Any
    message: str
    suggestion: Any = None

    def as_json(self) -> dict[str, Any]:
        """The finding as the command and the API print it."""
        found = {
            "code": self.code,
            "severity": self.severity.value,
            "question": self.question,
            "row": self.row,
            "value": self.value,
            "message": self.message,
        }
        return found if self.suggestion is None else found | {"suggestion": self.suggestion}


def presentable(raw: Any) -> Any:
    """What was answered, safe to put into JSON: as given when it is small and sound, else a shortened text."""
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, int):
        return raw if abs(raw) < 10**30 else "ตัวเลขยาวเกินไป"
    if isinstance(raw, float):
        return raw if math.isfinite(raw) else str(raw)
    if isinstance(raw, str):
        sound = raw.encode("utf-8", "replace").decode("utf-8")
        return sound if len(sound) <= _LONGEST else sound[: _LONGEST - 1] + "…"
    if isinstance(raw, Decimal | dt.date):
        return str(raw)
    if isinstance(raw, Mapping):
        if len(raw) <= 6 and all(not isinstance(value, Mapping | list) for value in raw.values()):
            return {str(presentable(str(key))): presentable(value) for key, value in raw.items()}
        return f"กลุ่มข้อมูล {len(raw):,} รายการ"
    if isinstance(raw, list | tuple):
        return f"รายการ {len(raw):,} แถว"
    return type(raw).__name__
