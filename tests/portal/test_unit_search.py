"""A citizen finds his อปท. however he writes it: misspelt, abbreviated, by its old name, its area, its code or in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from localgov.organisations.models import Kind
from localgov.organisations.register.checking import check_rows
from localgov.organisations.register.planning import Held, plan_versions
from localgov.organisations.register.source import read_source
from localgov.organisations.services.versions import versions_apply, versions_held
from localgov.portal.selectors.unit_search import FoundUnits, Nearness, UnitFilter
from tests.organisations.register_files import FIRST, Row, register_file, row

pytestmark = pytest.mark.django_db

BEGUN, CHANGED, TODAY = date(2025, 10, 1), date(2026, 10, 1), date(2026, 11, 20)
ROWS = (
    *FIRST,
    row("6400101", "หนองบัว", province="ขอนแก่น", district="บ้านฝาง"),
    row("5400102", "หนองบัว", "เทศบาลตำบล", province="ขอนแก่น", district="น้ำพอง"),
    row("6250204", "หนองบัว"),
    row("3400103", "ขอนแก่น", "เทศบาลนคร", province="ขอนแก่น", district="เมืองขอนแก่น"),
    row("6250205", "เมืองเก่า"),
    row("4960106", "สุไหงโก-ลก", "เทศบาลเมือง", province="นราธิวาส", district="สุไหงโก-ลก"),
)


def enter(*rows: Row, on: date = BEGUN, held: Mapping[str, Held] | None = None) -> None:
    """Units of the register from a day on, without their offices."""
    enter_file(register_file(rows), on=on, held=held)


def enter_file(content: bytes, *, on: date = BEGUN, held: Mapping[str, Held] | None = None) -> None:
    """The units of a register file."""
    records = check_rows(read_source(content).rows).records
    versions_apply(kind=Kind.UNIT, plan=plan_versions(records, held or {}), effective=on)


def codes(text: str, **only: object) -> list[str]:
    """Codes of what a search finds, in its order."""
    return [one.code for one in FoundUnits(text, on=TODAY, only=UnitFilter(**only))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("อบต.หนองบัว ขอนแก่น", "6400101"),
        ("เทศบาล ต. หนองบัว", "5400102"),
        ("หนองบัว กบินทร์บุรี", "6250204"),
        ("นองบัว ปราจีน", "6250204"),
        ("เทศบาลเมืองเก่า", "6250205"),
        ("สุไหงโกลก", "4960106"),
        ("สุไหงโกรก", "4960106"),
        ("ขอนแก้น", "3400103"),
        ("khonkaen", "3400103"),
        ("๓๔๐๐๑๐๓", "3400103"),
        ("6250204", "6250204"),
    ],
)
def test_what_was_meant_comes_first(typed: str, first: str) -> None:
    enter(*ROWS)

    assert codes(typed)[0] == first


def test_the_same_name_stands_before_longer_and_similar_ones_and_thai_order_decides() -> None:
    enter(*ROWS, row("6250206", "หนองบัวงาม"), row("6250207", "บ้านหนองบัว"))

    assert codes("หนองบัว")[:3] == ["5400102", "6400101", "6250204"]
    assert codes("หนองบัว")[3:] == ["6250206", "6250207"]
    assert FoundUnits("หนองบวย", on=TODAY).nearest is Nearness.ALIKE
    assert [one.full_name for one in FoundUnits("", on=TODAY)][:2] == [
        "เทศบาลนครขอนแก่น",
        "องค์การบริหารส่วนตำบลบ้านแบบอย่าง",
    ]


def test_an_old_name_leads_to_the_unit_of_today_and_says_so() -> None:
    enter(*ROWS)
    renamed = row("6250201", "บ้านชื่อใหม่", "เทศบาลตำบล")
    enter(renamed, on=CHANGED, held=versions_held(kinds=[Kind.UNIT], on=BEGUN))

    found = FoundUnits("อบต.บ้านสมมติ", on=TODAY)

    assert [(one.code, one.full_name, one.former) for one in found][:1] == [
        ("6250201", "เทศบาลตำบลบ้านชื่อใหม่", "องค์การบริหารส่วนตำบลบ้านสมมติ")
    ]
    assert codes("บ้านชื่อใหม่") == ["6250201"]


@pytest.mark.parametrize(
    ("text", "only", "found"),
    [
        ("", {"provinces": ("40",)}, ["3400103", "6400101", "5400102"]),
        ("", {"provinces": ("40",), "unit_type": "SAO"}, ["6400101"]),
        ("", {"district_code": "4007"}, ["5400102"]),
        ("หนองบัว", {"provinces": ("25",)}, ["6250204"]),
        ("อบต ขอนแก่น", {}, ["6400101"]),
        ("เทศบาลนคร", {}, ["3400103"]),
        ("40", {}, []),
        ("ไม่มีวันพบชื่อนี้", {}, []),
        ("%", {}, []),
    ],
)
def test_areas_and_types_narrow_it(text: str, only: dict[str, object], found: list[str]) -> None:
    enter(*ROWS)

    assert sorted(codes(text, **only)) == sorted(found)


def test_what_lies_elsewhere_is_offered_where_the_area_has_none() -> None:
    enter(*ROWS)

    found = FoundUnits("อบต.เมืองเก่า ขอนแก่น", on=TODAY)

    assert ([one.code for one in found], found.nearest) == (["6250205"], Nearness.ELSEWHERE)


#: What people type, the unit that they mean, the code of its province: it is among the first five found.
QUESTIONS = """
อบต กบินทร์ | องค์การบริหารส่วนตำบลกบินทร์ | 25
อ.บ.ต. กบินทร์ จ.ปราจีนบุรี | องค์การบริหารส่วนตำบลกบินทร์ | 25
องค์กรบริหารส่วนตำบลกบินทร์ | องค์การบริหารส่วนตำบลกบินทร์ | 25
Kabin SAO | องค์การบริหารส่วนตำบลกบินทร์ | 25
เทศบาลนครขอนแก่น | เทศบาลนครขอนแก่น | 40
เทศบาลนคร ขอนแกน | เทศบาลนครขอนแก่น | 40
Khon Kaen city | เทศบาลนครขอนแก่น | 40
khonkaen municipality | เทศบาลนครขอนแก่น | 40
หนองบัว ขอนแก่น | เทศบาลตำบลหนองบัว | 40
หนองบัวขอนแก่น | เทศบาลตำบลหนองบัว | 40
nong bua khon kaen | เทศบาลตำบลหนองบัว | 40
เทศบาล ต. หนองบัว กาฬสินธุ์ | เทศบาลตำบลหนองบัว | 46
อบต.หนองบัว เลย | องค์การบริหารส่วนตำบลหนองบัว | 42
ทมนางาม | องค์การบริหารส่วนตำบลทมนางาม | 41
ทม บ้านไผ่ | เทศบาลเมืองบ้านไผ่ | 40
ทม.บ้านใผ่ | เทศบาลเมืองบ้านไผ่ | 40
อบจ โคราช | องค์การบริหารส่วนจังหวัดนครราชสีมา | 30
นครราชศรีมา | เทศบาลนครนครราชสีมา | 30
เทศบาลนครโคราช | เทศบาลนครนครราชสีมา | 30
korat | เทศบาลนครนครราชสีมา | 30
บุรีรัม | เทศบาลเมืองบุรีรัมย์ | 31
สุไหงโกลก | เทศบาลเมืองสุไหงโก-ลก | 96
สุไหงโก ลก | เทศบาลเมืองสุไหงโก-ลก | 96
นํ้าพอง | เทศบาลตำบลน้ำพอง | 40
นำ้พอง | เทศบาลตำบลน้ำพอง | 40
น้ําพอง | เทศบาลตำบลน้ำพอง | 40
โพนทอง ชัยภูมิ | องค์การบริหารส่วนตำบลโพนทอง | 36
ท่าข้ามม | เทศบาลเมืองท่าข้าม | 84
เมืองเพีย อุดร | เทศบาลตำบลเมืองเพีย | 41
ปากช้อง | เทศบาลเมืองปากช่อง | 30
หาดใหย่ | เทศบาลนครหาดใหญ่ | 90
เทศบาลหาดใหญ | เทศบาลนครหาดใหญ่ | 90
Hat Yai | เทศบาลนครหาดใหญ่ | 90
hatyai city | เทศบาลนครหาดใหญ่ | 90
chiangrai | เทศบาลนครเชียงราย | 57
Chiang Mai PAO | องค์การบริหารส่วนจังหวัดเชียงใหม่ | 50
อบจ. ภูเก็ต | องค์การบริหารส่วนจังหวัดภูเก็ต | 83
อบจภูเก็ต | องค์การบริหารส่วนจังหวัดภูเก็ต | 83
phuket pao | องค์การบริหารส่วนจังหวัดภูเก็ต | 83
เชียงไหม่ | เทศบาลนครเชียงใหม่ | 50
แม่สอด | เทศบาลนครแม่สอด | 63
ศรีราชา | เทศบาลเมืองศรีราชา | 20
ศีราชา | เทศบาลเมืองศรีราชา | 20
สีราชา | เทศบาลเมืองศรีราชา | 20
ศรีสะเกด | เทศบาลเมืองศรีสะเกษ | 33
พัทยา | เมืองพัทยา | 20
Pattaya | เมืองพัทยา | 20
เขาวัวพลอยแหวน | เทศบาลตำบลเขาวัว-พลอยแหวน | 22
จปร | เทศบาลตำบลจ.ป.ร. | 85
กม5 | เทศบาลตำบลกม.5 | 77
กม.๕ | เทศบาลตำบลกม.5 | 77
แหลมฉะบัง | เทศบาลนครแหลมฉบัง | 20
บางพีใหญ่ | องค์การบริหารส่วนตำบลบางพลีใหญ่ | 11
สมุทปราการ | เทศบาลนครสมุทรปราการ | 11
อบต.บางพลีใหญ่ สมุทรปราการ | องค์การบริหารส่วนตำบลบางพลีใหญ่ | 11
ทต.บ้านกลาง ลำพูน | เทศบาลตำบลบ้านกลาง | 51
เทศบาลเมืองเก่า ขอนแก่น | เทศบาลตำบลเมืองเก่า | 40
เทศบาลนครชัยศรี | เทศบาลตำบลนครชัยศรี | 73
โพทอง อ่างทอง | เทศบาลตำบลโพธิ์ทอง | 15
เทดบาลเมืองพล | เทศบาลเมืองเมืองพล | 40
๕๘๑๐๔๐๑ | เทศบาลตำบลคลองท่อมใต้ | 81
5810401 | เทศบาลตำบลคลองท่อมใต้ | 81
"""


@pytest.mark.real_data
def test_the_real_register_answers_as_people_ask(shared_data: Path) -> None:
    enter_file((shared_data / "dla_register.csv").read_bytes())
    missed = []
    for line in QUESTIONS.strip().splitlines():
        typed, name, province = (part.strip() for part in line.split("|"))
        found = [(one.full_name, one.province_code) for one in FoundUnits(typed, on=TODAY)[:5]]
        if (name, province) not in found:
            missed.append((typed, name, province, found))

    assert missed == []
