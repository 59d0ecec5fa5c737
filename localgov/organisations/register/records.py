"""What the register says of one organisation, ready to become a dated version."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UnitType
from localgov.organisations.areas import District, Province

DEPARTMENT_CODE: Final = "DLA"
DEPARTMENT_PATH: Final = "th."


@dataclass(frozen=True)
class VersionRecord:
    """The fields of an `OrganisationVersion` without its period: two equal records are the same version."""

    code: str
    name: str
    full_name: str
    short_name: str
    path: str
    unit_type: str = ""
    province_code: str = ""
    district_code: str = ""
    subdistrict_name: str = ""
    address: str = ""
    moo: str = ""
    postcode: str = ""
    area_km2: Decimal | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    website: str = ""
    website_typed: str = ""
    is_demo: bool = False

    @property
    def search_text(self) -> str:
        """What search compares, word by word: the full name with its title, the bare name, the code."""
        return f"{search_text(self.full_name)} {search_text(self.name)} {self.code}"


FIELDS: Final = tuple(name for name in VersionRecord.__dataclass_fields__ if name != "code")
"""Names of the fields that a version stores."""


def department_record(*, is_demo: bool = False) -> VersionRecord:
    """The Department itself."""
    name = "กรมส่งเสริมการปกครองท้องถิ่น"
    return VersionRecord(
        code=DEPARTMENT_CODE, name=name, full_name=name, short_name="สถ.", path=DEPARTMENT_PATH, is_demo=is_demo
    )


def province_record(province: Province, *, is_demo: bool = False) -> VersionRecord:
    """The provincial office (สถจ.) of a province."""
    return VersionRecord(
        code=f"P{province.code}",
        name=province.name,
        full_name=f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{province.name}",
        short_name=f"สถจ.{province.name}",
        path=f"{DEPARTMENT_PATH}{province.code}.",
        province_code=province.code,
        is_demo=is_demo,
    )


def district_record(district: District, *, is_demo: bool = False) -> VersionRecord:
    """The district office (สถอ.) of a district."""
    return VersionRecord(
        code=f"D{district.code}",
        name=district.name,
        full_name=f"สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ{district.name}",
        short_name=f"สถอ.{district.name}",
        path=f"{DEPARTMENT_PATH}{district.province_code}.{district.code}.",
        province_code=district.province_code,
        district_code=district.code,
        is_demo=is_demo,
    )


def unit_names(unit_type: UnitType, name: str) -> tuple[str, str]:
    """Full and short name of a unit: `องค์การบริหารส่วนตำบลกบินทร์`, `อบต.กบินทร์`; เมืองพัทยา is its own title."""
    if unit_type is UnitType.SPECIAL:
        return name, name
    return f"{unit_type.label}{name}", f"{unit_type.abbreviation}{name}"


def unit_path(unit_type: UnitType, *, code: str, province_code: str, district_code: str) -> str:
    """Supervision: ทต. and อบต. under their district, all others under the province (MISSION §1)."""
    office = f"{province_code}.{district_code}" if unit_type.under_district else province_code
    return f"{DEPARTMENT_PATH}{office}.{code}."
