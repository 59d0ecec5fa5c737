"""Types of local government units (อปท.), as codes with Thai names; domain facts, section 2."""

from enum import StrEnum


class UnitType(StrEnum):
    """Code of a type; `label` is the full Thai name, `abbreviation` the one in daily use."""

    PAO = "PAO"
    CITY = "CITY"
    TOWN = "TOWN"
    SUBDISTRICT = "SUBDISTRICT"
    SAO = "SAO"
    SPECIAL = "SPECIAL"

    @property
    def label(self) -> str:
        """Full Thai name of the type."""
        return _NAMES[self][0]

    @property
    def abbreviation(self) -> str:
        """Thai abbreviation used before a unit's name."""
        return _NAMES[self][1]

    @property
    def under_district(self) -> bool:
        """Whether units of this type answer to their district office (MISSION §1); all others answer to the province."""
        return self in (UnitType.SUBDISTRICT, UnitType.SAO)


_NAMES: dict[UnitType, tuple[str, str]] = {
    UnitType.PAO: ("องค์การบริหารส่วนจังหวัด", "อบจ."),
    UnitType.CITY: ("เทศบาลนคร", "ทน."),
    UnitType.TOWN: ("เทศบาลเมือง", "ทม."),
    UnitType.SUBDISTRICT: ("เทศบาลตำบล", "ทต."),
    UnitType.SAO: ("องค์การบริหารส่วนตำบล", "อบต."),
    UnitType.SPECIAL: ("ท้องถิ่นรูปแบบพิเศษ", "พิเศษ"),
}

UNIT_TYPE_CHOICES: list[tuple[str, str]] = [(kind.value, kind.label) for kind in UnitType]
