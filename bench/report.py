"""The printed table and the file that keeps the numbers."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.goals import GOALS, Goal, is_met

_GOALS = {goal.name: goal for goal in GOALS}
_HEADINGS = ("ชื่อ", "ค่าที่วัดได้", "หน่วย", "เป้าหมาย", "", "ขีดจำกัดของเครื่อง", "ค่า ÷ ขีดจำกัด")


def keep(path: Path, lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write the lines into the file beside those of names that this run did not measure; return all of them."""
    kept = {line["name"]: line for line in read(path)} | {line["name"]: line for line in lines}
    ordered = [kept[goal.name] for goal in GOALS if goal.name in kept]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return ordered


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of an earlier run; none where there was none."""
    if not path.exists():
        return []
    lines: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return lines


def table(lines: Sequence[dict[str, Any]]) -> str:
    """The lines in aligned columns, with what each name means and what its number was measured on."""
    rows = [_HEADINGS, *(_cells(line) for line in lines)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    aligned = [
        "  ".join(_pad(cell, widths[column], right=column in (1, 3, 5, 6)) for column, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    notes = [f"  {line['name']}: {_GOALS[line['name']].what}{_note(line)}" for line in lines]
    return "\n".join([*aligned, "", *notes])


def number(value: float | None) -> str:
    """A number as the table shows it."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:,.2f}"


def verdict(line: dict[str, Any]) -> str:
    """Whether the goal is reached, in a word."""
    return "ถึงเป้า" if is_met(_GOALS[line["name"]], line["value"]) else "ไม่ถึงเป้า"


def goal_text(goal: Goal) -> str:
    """≥ 150, ≤ 6,000 or = 0."""
    if goal.goal == 0:
        return "= 0"
    return f"{'≥' if goal.better == 'higher' else '≤'} {number(goal.goal)}"


def _cells(line: dict[str, Any]) -> tuple[str, ...]:
    goal = _GOALS[line["name"]]
    return (
        line["name"],
        number(line["value"]),
        line["unit"],
        goal_text(goal),
        verdict(line),
        number(line["limit"]),
        number(line["ratio"]),
    )


def _note(line: dict[str, Any]) -> str:
    return f" · {line['note']}" if line.get("note") else ""


def _width(text: str) -> int:
    """Columns on a terminal: Thai vowels and marks above and below take none."""
    return sum(0 if unicodedata.category(letter) in ("Mn", "Me") else 1 for letter in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
