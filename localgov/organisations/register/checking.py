"""From rows to records: what must be known of a unit is refused when it is not, the rest is listed when doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Final, TypeVar

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.refusals import quoted
from localgov.lib.thai_text import clean_line
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.organisations.register import fields
from localgov.organisations.register.fields import Reading
from localgov.organisations.register.records import VersionRecord, unit_names, unit_path
from localgov.organisations.register.source import SourceRow

T = TypeVar("T")

MAX_NAME: Final = 120
_MAX_TYPED: Final = 300
_CODE: Final = re.compile(r"[1-9][0-9]{6}")
_TYPES: Final = {
    re.sub(r"[\s.]", "", written): unit_type
    for unit_type in UnitType
    for written in (unit_type.label, unit_type.abbreviation)
} | {"เมืองพัทยา": UnitType.SPECIAL}
_COLUMN_NAMES: Final = {
    "id": "รหัส",
    "province": "จังหวัด",
    "district": "อำเภอ",
    "type": "ประเภท",
    "name": "ชื่อ",
    "address": "เลขที่",
    "moo": "หมู่ที่",
    "zipcode": "รหัสไปรษณีย์",
    "area": "พื้นที่ (ตร.กม.)",
    "lat,lng": "พิกัด",
    "website": "เว็บไซต์",
}


def column_name(column: str) -> str:
    """A column of the file as officers say it."""
    return _COLUMN_NAMES.get(column, column)


@dataclass(frozen=True)
class Remark:
    """One field that was refused or is doubtful: line of the file, unit's code, column, what stands there, why."""

    row: int
    code: str
    field: str
    value: str
    reason: str

    @property
    def column_name(self) -> str:
        """The column as officers say it."""
        return column_name(self.field)

    def as_json(self) -> dict[str, object]:
        """For the report."""
        return asdict(self)


@dataclass
class Checked:
    """The outcome of checking a file. Nothing may be imported while `refused` holds anything."""

    records: list[VersionRecord] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    doubtful: list[Remark] = field(default_factory=list)
    blank_marks: Counter[str] = field(default_factory=Counter)

    def note(self, line: int, code: str, column: str, typed: str, reading: Reading[T]) -> None:
        """Keep what a reading says beside its value."""
        if reading.doubt:
            self.doubtful.append(Remark(line, code, column, typed, reading.doubt))
        if reading.blank_mark:
            self.blank_marks[column] += 1


class _Refused(Exception):
    """A field without which the row cannot be a unit."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


def check_rows(rows: Iterable[SourceRow]) -> Checked:
    """Check every row; all refusals and doubts are found in one go."""
    checked = Checked()
    lines_by_code: dict[str, int] = {}
    lines_by_name: dict[tuple[str, str], int] = {}
    for row in rows:
        code = thai_digits_to_ascii(row.values["id"].strip())
        try:
            _check_code(code, lines_by_code)
            record = _record(code, row, checked)
        except _Refused as refusal:
            checked.refused.append(Remark(row.line, code, refusal.field, refusal.value, refusal.reason))
        else:
            checked.records.append(record)
            _note_same_name(record, row.line, lines_by_name, checked)
        lines_by_code.setdefault(code, row.line)
    return checked


def _check_code(code: str, lines_by_code: dict[str, int]) -> None:
    if not code:
        raise _Refused("id", "", "ไม่มีรหัส อปท.: ทุกแถวต้องมีรหัส 7 หลัก")
    if not _CODE.fullmatch(code):
        raise _Refused("id", code, "รหัส อปท. ต้องเป็นตัวเลข 7 หลัก และไม่ขึ้นต้นด้วย 0")
    if code in lines_by_code:
        raise _Refused("id", code, f"รหัสซ้ำกับแถวที่ {lines_by_code[code]}")


def _record(code: str, row: SourceRow, checked: Checked) -> VersionRecord:
    """The record of one row; its doubts are noted in `checked`. Raises `_Refused`."""
    province, district = _place(row)
    unit_type = _unit_type(row.values["type"])
    name = _name(row.values["name"], unit_type)
    full_name, short_name = unit_names(unit_type, name)
    typed = row.values

    def keep(column: str, reading: Reading[T], value: str) -> T:
        checked.note(row.line, code, column, value, reading)
        return reading.value

    point = keep(
        "lat,lng",
        fields.read_point(typed["lat"], typed["lng"], province_code=province.code),
        f"{typed['lat'].strip()}, {typed['lng'].strip()}",
    )
    return VersionRecord(
        code=code,
        name=name,
        full_name=full_name,
        short_name=short_name,
        path=unit_path(unit_type, code=code, province_code=province.code, district_code=district.code),
        unit_type=unit_type.value,
        province_code=province.code,
        district_code=district.code,
        address=keep("address", fields.read_address(typed["address"]), typed["address"])[:_MAX_TYPED],
        moo=keep("moo", fields.read_moo(typed["moo"]), typed["moo"])[:40],
        postcode=keep("zipcode", fields.read_postcode(typed["zipcode"]), typed["zipcode"]),
        area_km2=keep("area", fields.read_area(typed["area"], unit_type=unit_type), typed["area"]),
        latitude=point.lat if point else None,
        longitude=point.lon if point else None,
        website=keep("website", fields.read_website(typed["website"]), typed["website"].strip())[:_MAX_TYPED],
        website_typed=typed["website"].strip()[:_MAX_TYPED],
    )


def _place(row: SourceRow) -> tuple[areas.Province, areas.District]:
    """The province and the district within it."""
    typed_province, typed_district = row.values["province"], row.values["district"]
    province = areas.province_named(typed_province)
    if province is None:
        hint = _nearest(typed_province, [one.name for one in areas.provinces()])
        raise _Refused("province", typed_province, f"ไม่มีจังหวัดนี้ใน 76 จังหวัดของทะเบียน{hint}")
    district = areas.district_named(typed_district, province_code=province.code)
    if district is None:
        hint = _nearest(typed_district, [one.name for one in areas.districts(province.code)])
        raise _Refused("district", typed_district, f"ไม่มีอำเภอนี้ในจังหวัด{province.name}{hint}")
    return province, district


def _unit_type(typed: str) -> UnitType:
    unit_type = _TYPES.get(re.sub(r"[\s.]", "", clean_line(typed)))
    if unit_type is None:
        known = ", ".join(one.label for one in UnitType)
        raise _Refused("type", typed, f"ไม่รู้จักประเภทนี้: ใช้ได้ {known} หรือชื่อย่อ")
    return unit_type


def _name(typed: str, unit_type: UnitType) -> str:
    """The name without its own title (officers write `อบต.กบินทร์`, `เทศบาลเมือง ขลุง`)."""
    name = clean_line(typed)
    for title in (unit_type.label, unit_type.abbreviation):
        if unit_type is not UnitType.SPECIAL and name.startswith(title):
            name = name[len(title) :].lstrip()
    if not name:
        raise _Refused("name", typed, "ไม่มีชื่อ อปท.")
    if len(name) > MAX_NAME:
        raise _Refused("name", typed, f"ชื่อยาวเกิน {MAX_NAME} ตัวอักษร")
    return name


def _note_same_name(
    record: VersionRecord, line: int, lines_by_name: dict[tuple[str, str], int], checked: Checked
) -> None:
    """Two units of one full name in one district are the same unit twice, or a mistake (domain.md finding 4)."""
    key = (record.district_code, record.full_name)
    if (first := lines_by_name.setdefault(key, line)) != line:
        reason = f"ชื่อและอำเภอซ้ำกับแถวที่ {first} แต่รหัสต่างกัน"
        checked.doubtful.append(Remark(line, record.code, "name", record.name, reason))


def _nearest(typed: str, names: list[str]) -> str:
    """The known name that looks most like what was typed."""
    close = get_close_matches(clean_line(typed), names, n=1, cutoff=0.6)
    return f" หมายถึง{quoted(close[0])}หรือไม่" if close else ""
