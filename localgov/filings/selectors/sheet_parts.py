"""The parts of a domain's page: sections, registers, rows, lines of the summary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from localgov.filings.selectors.fields import FieldView, FindingView, signature
from localgov.filings.selectors.linked import LinkedView
from localgov.forms.engine.model import Register, Section
from localgov.forms.engine.progress import SectionProgress


@dataclass(frozen=True)
class RowView:
    """One row of a register: its place, its stored cells, what does not apply in it and what is wrong in it."""

    number: int
    row_id: str
    seq: int
    values: Mapping[str, Mapping[str, Any]]
    hidden: frozenset[str] = frozenset()
    findings: Mapping[str, tuple[FindingView, ...]] = field(default_factory=dict)

    @property
    def carried(self) -> bool:
        """Whether it was brought from last year and waits to be confirmed."""
        return any(stored.get("carried") for stored in self.values.values())


@dataclass(frozen=True)
class RegisterView:
    """A register as a table. `blank` holds its columns as empty fields: the heading and the pattern of a new row."""

    register: Register
    blank: tuple[FieldView, ...]
    rows: tuple[RowView, ...]
    missing: str = ""
    seq: int = 0
    visible: bool = True
    none_carried: bool = False
    last_year_count: int | None = None
    findings: tuple[FindingView, ...] = ()
    linked: LinkedView | None = None

    @property
    def code(self) -> str:
        """The register's code."""
        return self.register.code

    @property
    def takes_rows(self) -> bool:
        """Whether last year's rows could be carried into it: there were some, and nothing stands here yet."""
        return bool(self.last_year_count) and not self.rows and not self.missing

    @property
    def carried(self) -> int:
        """Rows, or the answer ไม่มี, that wait to be confirmed."""
        return sum(row.carried for row in self.rows) + self.none_carried

    @property
    def printed(self) -> str:
        """Counter and answer as printed, for a plain post (like a field's)."""
        shown = signature(text="", lat="", lon="", missing=self.missing, reason="")
        return json.dumps([self.seq, shown, ""], ensure_ascii=False)


@dataclass(frozen=True)
class SectionView:
    """A section of the sheet: questions, or one register."""

    section: Section
    progress: SectionProgress
    fields: tuple[FieldView, ...] = ()
    register: RegisterView | None = None

    @property
    def code(self) -> str:
        """The section's code."""
        return self.section.code

    @property
    def visible(self) -> bool:
        """Whether anything in it is asked now."""
        return self.register.visible if self.register else any(one.visible for one in self.fields)

    @property
    def carried_codes(self) -> tuple[str, ...]:
        """Codes that wait to be confirmed in this section."""
        if self.register:
            return (self.register.code,) if self.register.carried else ()
        return tuple(one.code for one in self.fields if one.carried and one.visible)

    @property
    def complete(self) -> bool:
        """Whether nothing required is missing and nothing is wrong."""
        return self.progress.answered >= self.progress.required and not self.progress.errors


@dataclass(frozen=True)
class ListedFinding:
    """A line of the summary that leads to its question."""

    label: str
    anchor: str
    severity: str
    message: str
    note: str = ""
