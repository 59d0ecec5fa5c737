"""Whom the letters of a list go to: units grouped by who answers for them. Pure, from the rows of `lagging`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from localgov.lib.unit_types import UnitType
from localgov.monitoring.selectors.lagging import LaggingUnit
from localgov.organisations import areas
from localgov.reports.kinds import LetterKind

#: How the head of a unit is addressed: นายก before the full name, นายกเทศมนตรี instead of เทศบาล.
_MUNICIPALITY = "เทศบาล"


@dataclass(frozen=True)
class LetterToBe:
    """One letter to be: the line เรียน, what lists call the addressee, its supervision path, its units in Thai order."""

    to: str
    name: str
    path: str
    units: tuple[LaggingUnit, ...]

    @property
    def frozen_units(self) -> list[dict[str, Any]]:
        """The units as a letter keeps them."""
        return [
            {
                "code": unit.code,
                "name": unit.short_name,
                "full_name": unit.full_name,
                "type": unit.unit_type,
                "province": unit.province_code,
                "district": unit.district_code,
                "done": unit.done,
            }
            for unit in self.units
        ]


def letters_for(
    *, kind: LetterKind, units: Iterable[LaggingUnit], district_title: str = "นายอำเภอ"
) -> list[LetterToBe]:
    """The letters of a kind for these units, in the order of a Thai dictionary.

    Units that answer to the province itself get no letter by way of a district (MISSION §1), and DIRECT is for them alone.
    """
    found = list(units)
    if kind is LetterKind.PROVINCES:
        ordered = [unit for one in _by_province(found) for unit in one.units]
        return (
            [LetterToBe("ท้องถิ่นจังหวัด (ตามบัญชีรายชื่อที่แนบ)", "ท้องถิ่นจังหวัดตามบัญชีแนบ", "th.", tuple(ordered))] if found else []
        )
    if kind is LetterKind.PROVINCE:
        return _by_province(found)
    if kind is LetterKind.DISTRICT:
        return _by_district([unit for unit in found if under_district(unit)], district_title)
    return [
        LetterToBe(head_of(unit), unit.short_name, unit.path, (unit,))
        for unit in found
        if kind is LetterKind.UNIT or not under_district(unit)
    ]


def under_district(unit: LaggingUnit) -> bool:
    """Whether a unit answers to its district office."""
    return UnitType(unit.unit_type).under_district


def head_of(unit: LaggingUnit) -> str:
    """นายกองค์การบริหารส่วนตำบลบ้านสาธิต, นายกเทศมนตรีเมืองสาธิต, นายกเมืองพัทยา."""
    if unit.full_name.startswith(_MUNICIPALITY):
        return f"นายกเทศมนตรี{unit.full_name.removeprefix(_MUNICIPALITY)}"
    return f"นายก{unit.full_name}"


def _by_province(units: Sequence[LaggingUnit]) -> list[LetterToBe]:
    grouped: dict[str, list[LaggingUnit]] = {}
    for unit in units:
        grouped.setdefault(unit.province_code, []).append(unit)
    return [
        LetterToBe(
            f"ท้องถิ่นจังหวัด{province.name}", f"จังหวัด{province.name}", f"th.{province.code}.", tuple(grouped[province.code])
        )
        for province in areas.provinces()
        if province.code in grouped
    ]


def _by_district(units: Sequence[LaggingUnit], title: str) -> list[LetterToBe]:
    """By the district that the path names: supervision, not place."""
    grouped: dict[str, list[LaggingUnit]] = {}
    for unit in units:
        grouped.setdefault(unit.path.split(".")[2], []).append(unit)
    return [
        LetterToBe(
            f"{title}{district.name}",
            f"อำเภอ{district.name}",
            f"th.{district.province_code}.{district.code}.",
            tuple(grouped[district.code]),
        )
        for district in areas.districts()
        if district.code in grouped
    ]
