"""`python -m bench.readme`: write the table of `bench.json` into the README, between its two marks, with the machine."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import report
from bench.goals import GOALS
from bench.stage import REPOSITORY
from config import database

_BEGIN, _END = "<!-- bench: written by python -m bench.readme -->", "<!-- bench: end -->"
_GOALS = {goal.name: goal for goal in GOALS}


def main() -> int:
    """0 = written, 1 = nothing was measured yet."""
    lines = report.read(database.var_folder() / "bench.json")
    if not lines:
        sys.stderr.write("ยังไม่มีผลการวัด: สั่ง make bench ก่อน\n")
        return 1
    readme = REPOSITORY / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(with_block(text, block(lines, machine=machine())), encoding="utf-8")
    return 0


def with_block(text: str, written: str) -> str:
    """A document with the part between the marks replaced. Raises ValueError when it has no marks."""
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError("the document has no marks for the table")
    return f"{before}{_BEGIN}\n{written}\n{_END}{after}"


def block(lines: Sequence[dict[str, Any]], *, machine: str) -> str:
    """The table in Markdown, each name with what it measures."""
    rows = [
        f"| `{line['name']}` | {_GOALS[line['name']].what} | **{report.number(line['value'])}** {line['unit']}"
        f" | {report.goal_text(_GOALS[line['name']])} | {report.verdict(line)}"
        f" | {report.number(line['limit'])} | {report.number(line['ratio'])} |"
        for line in lines
    ]
    head = "| ชื่อ | วัดอะไร | ได้ | เป้าหมาย | | ขีดจำกัดของเครื่อง | ค่า ÷ ขีดจำกัด |\n|---|---|---:|---:|---|---:|---:|"
    return "\n".join([machine, "", head, *rows])


def machine() -> str:
    """The machine in a line: processor, cores, memory, system."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = re.search(r"model name\s*:\s*(.+)", _cpuinfo())
    processor = found[1] if found else platform.machine()
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"เครื่องที่วัด: {processor}, {cores} คอร์, หน่วยความจำ {memory:.0f} GB, {system}"


def _cpuinfo() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
