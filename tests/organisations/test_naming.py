"""Names in the language of the page: a unit's English is its type's and the area's whose name it carries."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.utils import translation

from localgov.organisations import areas, naming


@pytest.mark.parametrize(
    ("name", "kind", "province", "district", "english"),
    [
        ("กบินทร์", "SAO", "25", "2502", "Kabin Subdistrict Administrative Organization"),
        ("ปราจีนบุรี", "PAO", "25", "", "Prachin Buri Provincial Administrative Organization"),
        ("ปราจีนบุรี", "TOWN", "25", "2501", "Prachin Buri Town Municipality"),
        ("กบินทร์บุรี", "SUBDISTRICT", "25", "2502", "Kabin Buri Subdistrict Municipality"),
        ("พัทยา", "SPECIAL", "20", "2004", "Pattaya City"),
        ("ชื่อที่ไม่มีในแผนที่", "SAO", "25", "2502", ""),
        ("กบินทร์", "SAO", "99", "", ""),
        ("เชียงใหม่", "PAO", "25", "", ""),
    ],
)
def test_a_name_that_an_area_carries_has_english(
    name: str, kind: str, province: str, district: str, english: str
) -> None:
    assert naming.english_unit_name(name, kind, province, district) == english


def test_names_follow_the_language_of_the_page() -> None:
    unit = {"name": "กบินทร์", "full_name": "องค์การบริหารส่วนตำบลกบินทร์", "unit_type": "SAO", "province_code": "25"}

    assert naming.unit_name(**unit) == "องค์การบริหารส่วนตำบลกบินทร์"
    assert (areas.province_name("25"), naming.type_abbreviation("SAO")) == ("ปราจีนบุรี", "อบต.")
    with translation.override("en"):
        assert naming.unit_name(**unit) == "Kabin Subdistrict Administrative Organization"
        assert naming.unit_name(**unit | {"name": "ไม่มี", "full_name": "อบต.ไม่มี"}) == "อบต.ไม่มี"
        assert (areas.province_name("25"), naming.type_abbreviation("SAO")) == ("Prachin Buri", "SAO")
        assert areas.district_named("เมือง", province_code="25") == areas.district("2501")


@pytest.mark.real_data
def test_most_units_of_the_real_register_have_an_english_name(shared_data: Path) -> None:
    kinds = {
        "pao": "PAO",
        "city": "CITY",
        "town": "TOWN",
        "tambon_mun": "SUBDISTRICT",
        "tao": "SAO",
        "special": "SPECIAL",
    }
    with (shared_data / "lao_registry.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    named = [
        naming.english_unit_name(row["name_th"], kinds[row["type_code"]], row["province_code"], row["district_code"])
        for row in rows
    ]

    assert sum(map(bool, named)) / len(named) > 0.95
