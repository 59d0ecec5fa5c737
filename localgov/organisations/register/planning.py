"""Comparing what a file says with what the register holds: what would be new, changed, left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from localgov.organisations.register.records import FIELDS, VersionRecord


class ChangeKind(StrEnum):
    """What happened to an organisation, as officers say it."""

    RENAMED = "RENAMED"
    RETYPED = "RETYPED"
    MOVED = "MOVED"
    DETAILS = "DETAILS"

    @property
    def label(self) -> str:
        """Thai name."""
        return {"RENAMED": "เปลี่ยนชื่อ", "RETYPED": "เปลี่ยนประเภท", "MOVED": "ย้ายเขต", "DETAILS": "แก้รายละเอียด"}[self]


_FIELD_KINDS = {
    "name": ChangeKind.RENAMED,
    "unit_type": ChangeKind.RETYPED,
    "province_code": ChangeKind.MOVED,
    "district_code": ChangeKind.MOVED,
}
#: Fields that follow from others and say nothing by themselves.
_FOLLOWING = frozenset({"full_name", "short_name", "path"})


@dataclass(frozen=True)
class Held:
    """A version that the register holds on the effective day."""

    organisation_id: int
    version_id: int
    valid_from: date
    record: VersionRecord


@dataclass(frozen=True)
class Change:
    """One organisation whose version gives way to another."""

    held: Held
    record: VersionRecord

    def differences(self) -> dict[str, tuple[object, object]]:
        """Old and new value of every field that differs."""
        old, new = self.held.record, self.record
        return {
            name: (getattr(old, name), getattr(new, name))
            for name in FIELDS
            if getattr(old, name) != getattr(new, name)
        }

    def kinds(self) -> tuple[ChangeKind, ...]:
        """What happened, in the order of the enum."""
        found = {_FIELD_KINDS.get(name, ChangeKind.DETAILS) for name in self.differences() if name not in _FOLLOWING}
        return tuple(kind for kind in ChangeKind if kind in found) or (ChangeKind.DETAILS,)

    def as_json(self) -> dict[str, object]:
        """For the report."""
        return {
            "code": self.record.code,
            "name": self.record.full_name,
            "kinds": [kind.value for kind in self.kinds()],
            "fields": {
                name: [None if value is None else str(value) for value in pair]
                for name, pair in self.differences().items()
                if name not in _FOLLOWING
            },
        }


@dataclass(frozen=True)
class VersionPlan:
    """What is to be written for organisations of one kind, and what the file does not mention."""

    created: tuple[VersionRecord, ...]
    changed: tuple[Change, ...]
    unchanged: int
    left_out: tuple[Held, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the file says just what the register holds."""
        return not self.created and not self.changed


def plan_versions(records: Iterable[VersionRecord], held: Mapping[str, Held]) -> VersionPlan:
    """Compare records with the versions held, by code."""
    created, changed, named, unchanged = [], [], set(), 0
    for record in records:
        named.add(record.code)
        before = held.get(record.code)
        if before is None:
            created.append(record)
        elif before.record == record:
            unchanged += 1
        else:
            changed.append(Change(before, record))
    left_out = tuple(one for code, one in sorted(held.items()) if code not in named)
    return VersionPlan(tuple(created), tuple(changed), unchanged, left_out)
