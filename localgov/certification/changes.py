"""What changed between two certified texts of one sheet (DESIGN §4: an amendment's certifier sees what changed). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from localgov.forms.engine.model import Form, Section

#: A body is a certificate's text, read: `answers` {code: entry}, `registers` {code: [{id, values: {column: entry}}]}.
Body = Mapping[str, Any]
#: `{question, old, new}` of an answer; with `row` and `register` of a cell; of a whole row `question` is the register and
#: `op` is `add` or `delete`, old and new its cells.
Change = dict[str, Any]


def changes_between(form: Form, old: Body, new: Body) -> list[Change]:
    """Every difference between two bodies of a sheet, in the form's reading order."""
    found: list[Change] = []
    for section in form.sheets[new["sheet"]["code"]].sections.values():
        found.extend(_section(section, old, new))
    return found


def _section(section: Section, old: Body, new: Body) -> Iterator[Change]:
    codes = [section.register.code] if section.register else list(section.questions)
    yield from _entries(codes, old["answers"], new["answers"])
    if section.register:
        register = section.register.code
        before = {row["id"]: row["values"] for row in old["registers"].get(register, [])}
        after = {row["id"]: row["values"] for row in new["registers"].get(register, [])}
        for row, values in after.items():
            place = {"register": register, "row": row}
            if row not in before:
                yield {"question": register, "op": "add", "old": None, "new": values, **place}
            else:
                yield from (one | place for one in _entries(section.register.columns, before[row], values))
        for row, values in before.items():
            if row not in after:
                yield {
                    "question": register,
                    "op": "delete",
                    "register": register,
                    "row": row,
                    "old": values,
                    "new": None,
                }


def _entries(codes: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for code in codes:
        if old.get(code) != new.get(code):
            yield {"question": code, "old": old.get(code), "new": new.get(code)}
