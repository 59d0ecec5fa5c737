"""What an import found and did: the JSON of `import_register`, kept with the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from localgov.organisations.register.checking import Remark
from localgov.organisations.register.planning import Change, Held, VersionPlan
from localgov.organisations.register.records import VersionRecord


@dataclass(frozen=True)
class OfficeCounts:
    """Offices of the Department, provinces and districts; counted apart from units."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: OfficeCounts) -> OfficeCounts:
        return OfficeCounts(
            self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged
        )

    @classmethod
    def of(cls, plan: VersionPlan) -> OfficeCounts:
        """The counts of a plan."""
        return cls(len(plan.created), len(plan.changed), plan.unchanged)


@dataclass(frozen=True)
class ImportReport:
    """Counts of units (offices apart), every refused and doubtful field, every change.

    `applied` is False for a preview and for a refused import. `accept` is what must be repeated with `--accept` before
    units that the file leaves out are abolished. `blank_marks` counts signs such as `-` or the point 0, 0 by column.
    Without the provinces' outlines (`boundaries_known`) no point was compared with its province.
    """

    read: int
    effective: date
    first: bool = False
    applied: bool = False
    created: tuple[VersionRecord, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: int = 0
    abolished: tuple[Held, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[Held, ...] = ()
    refused: Sequence[Remark] = ()
    doubtful: Sequence[Remark] = ()
    blank_marks: Mapping[str, int] = field(default_factory=dict)
    ignored_columns: Sequence[str] = ()
    offices: OfficeCounts = OfficeCounts()
    demo_removed: int = 0
    accept: str = ""
    boundaries_known: bool = True

    def as_json(self) -> dict[str, Any]:
        """The report as `--json` prints it; lists of new units are left out of a first import (they are the file)."""
        return {
            "read": self.read,
            "created": len(self.created),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "abolished": len(self.abolished),
            "refused": [one.as_json() for one in self.refused],
            "doubtful": [one.as_json() for one in self.doubtful],
            "demo_removed": self.demo_removed,
            "effective": self.effective.isoformat(),
            "applied": self.applied,
            "offices": {
                "created": self.offices.created,
                "changed": self.offices.changed,
                "unchanged": self.offices.unchanged,
            },
            "new_units": [] if self.first else [_named(one) for one in self.created],
            "changes": [one.as_json() for one in self.changed],
            "abolished_units": [_named(one.record) for one in self.abolished],
            "merged": dict(self.merged),
            "left_out": [_named(one.record) for one in self.left_out],
            "accept": self.accept,
            "blank_marks": dict(self.blank_marks),
            "ignored_columns": list(self.ignored_columns),
            "boundaries_known": self.boundaries_known,
        }


def _named(record: VersionRecord) -> dict[str, str]:
    return {"code": record.code, "name": record.full_name}
