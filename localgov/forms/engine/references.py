"""The `${code}`s of messages: do they name something?"""

from __future__ import annotations

from collections.abc import Mapping

from localgov.forms.engine.analysis import did_you_mean
from localgov.forms.engine.messages import Message
from localgov.forms.engine.problems import Problem
from localgov.forms.engine.source import RawRow
from localgov.forms.engine.symbols import Symbol

LAST_SAVED = "last-saved#"


def message_problems(message: Message, row: RawRow, column: str, symbols: Mapping[str, Symbol]) -> list[Problem]:
    """The codes of a message that name nothing."""
    codes = [code.removeprefix(LAST_SAVED) for code in message.codes]
    unknown = [code for code in codes if code not in symbols]
    return [row.problem(column, f"ข้อความอ้าง “{code}” ซึ่งไม่มีในแบบ{did_you_mean(code, symbols)}") for code in unknown]
