"""Domains 7 (สังคม ศาสนา วัฒนธรรม) and 8 (เศรษฐกิจและท่องเที่ยว) of the eight-domain form.

An honest อบต. and an honest อบจ. give no finding; from the first, each rule, bound and condition is broken in turn.
"""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.facts import UnitContext
from localgov.forms.engine.findings import Finding
from localgov.forms.engine.model import Form
from localgov.forms.engine.reader_text import read_folder
from localgov.lib.coordinates import Point

FOLDER = Path(__file__).resolve().parents[2] / "forms" / "eight_domains"
SHEETS = ("domain_7", "domain_8")
TODAY = dt.date(2026, 6, 1)
INSIDE = {"lat": 14.05, "lon": 101.37}
OUTSIDE = {"lat": 18.79, "lon": 98.98}
JPG = "place.jpg"

Answers = dict[str, Any]


class PrachinBuri:
    """Areas that know one thing: a box around the one province of these tests."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        inside = Decimal("13.6") < point.lat < Decimal("14.6") and Decimal(101) < point.lon < Decimal("102.2")
        return province_code == "25" and inside

    def tambon_exists(self, code: str) -> bool | None:
        return None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        return None


@pytest.fixture(scope="module")
def form() -> Form:
    return build_form(read_folder(FOLDER), check_xlsform=False)


def rule_codes() -> list[str]:
    codes: list[str] = []
    for sheet in SHEETS:
        with (FOLDER / "rules" / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            codes.extend(row["code"] for row in csv.DictReader(file))
    return codes


# answers of an honest unit

ANCHORS: Answers = {
    **{"population_male": 3100, "population_female": 3225, "population_total": 6325, "household_count": 2100},
    **{"area_km2": "40.00", "child_0_2_count": 120, "child_3_5_count": 150},
}
ALLOWANCE: Answers = {
    **{"elderly_count": 1200, "elderly_60_69_count": 500, "elderly_70_79_count": 300, "elderly_80_89_count": 150},
    **{"elderly_90_plus_count": 50, "elderly_allowance_count": 1000, "elderly_allowance_amount": "8160000.00"},
    **{"disabled_count": 260, "disabled_allowance_count": 250, "disabled_allowance_amount": "2460000.00"},
    **{"aids_allowance_count": 12, "aids_allowance_amount": "69000.00", "newborn_grant_count": 140},
    **{"welfare_card_count": 1800, "poor_household_count": 40, "house_repair_count": 3, "elderly_school_count": 1},
    **{"welfare_fund_count": 1, "drug_patient_count": 15},
}
COMMUNITY: Answers = {"village_fund_count": 11, "cbo_count": 20, "women_group_count": 11, "police_station_count": 0}
RELIGION: Answers = {
    **{"buddhist_temple_count": 1, "monastery_residence_count": 1, "mosque_count": 1, "church_count": 1},
    **{"shrine_count": 1, "religious_place_total": 5, "cremation_place_count": 2},
    **{
        "buddhist_percent": "97.5",
        "muslim_percent": "1.5",
        "christian_percent": "0.9",
        "other_religion_percent": "0.1",
    },
    **{"tradition_count": 1, "local_wisdom_count": 2, "culture_budget": "350000.00"},
}


def place(kind: str, name: str) -> Answers:
    return {"rp_kind": kind, "rp_name": name, "rp_village_no": 3, "rp_heritage": False, "rp_location": INSIDE}


PLACES = [
    place("temple", "วัดตัวอย่าง"),
    place("monastery_residence", "สำนักสงฆ์ตัวอย่าง"),
    place("mosque", "มัสยิดตัวอย่าง"),
    place("church", "คริสตจักรตัวอย่าง"),
    place("shrine_other", "ศาลเจ้าตัวอย่าง"),
]
TRADITION: Answers = {"trad_name": "ประเพณีบุญบั้งไฟ", "trad_month": "พฤษภาคม", "trad_place": "ลานวัด", "trad_budget": 80000}
WISDOM: Answers = {
    **{"wisdom_field": "industry_handicraft", "wisdom_title": "จักสานไม้ไผ่", "wisdom_person": "ปราชญ์คนที่หนึ่ง"},
    **{"wisdom_detail": "สานตะกร้าและกระบุงจากไม้ไผ่ในหมู่บ้าน"},
}
ECONOMY: Answers = {
    **{"main_occupation": "agriculture", "farm_household_count": 900, "new_theory_household_count": 30},
    **{"farm_area_rai": 15000, "rice_area_rai": 9000, "field_crop_area_rai": 3000, "orchard_area_rai": 3000},
    **{"livestock_farm_count": 12, "factory_count": 3, "shop_count": 80, "fuel_station_count": 2, "bank_count": 1},
    **{"pawnshop_has": False, "market_count": 2, "market_lao_count": 1, "community_enterprise_count": 6},
    **{"savings_group_count": 4, "occupation_training_count": 3, "otop_product_count": 1, "otop_income": "420000.00"},
    **{"sufficiency_learning_centre_count": 1},
}
TOURISM: Answers = {
    **{"attraction_count": 1, "hotel_count": 2, "hotel_room_count": 25, "homestay_count": 4},
    **{"tourist_info_centre_has": False, "public_park_count": 1},
}
LAO_MARKET: Answers = {
    **{"market_name": "ตลาดสดตัวอย่าง", "market_owner": "lao", "market_kind": "type_1", "market_stalls": 60},
    **{"market_standard": True, "market_income": "240000.00", "market_location": INSIDE},
}
PRIVATE_MARKET: Answers = {
    **{"market_name": "ตลาดนัดตัวอย่าง", "market_owner": "private", "market_kind": "type_2", "market_stalls": 40},
    **{"market_standard": False, "market_location": INSIDE},
}
OTOP: Answers = {
    **{
        "prod_name": "ข้าวแต๋น",
        "prod_type": "food",
        "prod_otop": True,
        "prod_stars": "4",
        "prod_detail": "ข้าวแต๋นน้ำแตงโม",
    },
    **{"prod_price": 35, "prod_producer": "กลุ่มตัวอย่าง", "prod_phone": "0-3700-0000", "prod_image": JPG},
}
OTHER_PRODUCT: Answers = {**OTOP, "prod_name": "กล้วยตาก", "prod_otop": False}
del OTHER_PRODUCT["prod_stars"]
ATTRACTION: Answers = {
    **{"attr_name": "อ่างเก็บน้ำตัวอย่าง", "attr_type": "nature_wildlife", "attr_image": JPG, "attr_location": INSIDE},
    **{"attr_phone": "0-3700-0000", "attr_display_status": "shown"},
}
HOTEL: Answers = {"hotel_name": "โรงแรมตัวอย่าง", "hotel_kind": "hotel", "hotel_rooms": 20, "hotel_location": INSIDE}
HOMESTAY: Answers = {
    "hotel_name": "โฮมสเตย์ตัวอย่าง",
    "hotel_kind": "homestay",
    "hotel_rooms": 5,
    "hotel_location": INSIDE,
}
REGISTERS: Answers = {
    **{"religious_place": PLACES, "tradition": [TRADITION], "local_wisdom": [WISDOM]},
    **{"market": [LAO_MARKET, PRIVATE_MARKET], "local_product": [OTOP, OTHER_PRODUCT]},
    **{"attraction": [ATTRACTION], "hotel": [HOTEL, HOMESTAY]},
}
HONEST: Answers = ANCHORS | ALLOWANCE | COMMUNITY | RELIGION | ECONOMY | TOURISM | REGISTERS

OWN_PAO = (
    *("house_repair_count", "elderly_school_count", "tradition_count", "culture_budget", "tradition", "pawnshop_has"),
    *("market_count", "market_lao_count", "market", "occupation_training_count", "sufficiency_learning_centre_count"),
    *("attraction_count", "attraction", "tourist_info_centre_has", "public_park_count"),
)
HONEST_PAO: Answers = {code: HONEST[code] for code in OWN_PAO}


def findings(form: Form, answers: Answers, unit_type: str = "SAO") -> list[Finding]:
    """What the engine finds in domains 7 and 8."""
    unit = UnitContext(unit_type=unit_type, province_code="25", fiscal_year=2569)
    return check_answers(form, answers, unit=unit, today=TODAY, sheets=SHEETS, areas=PrachinBuri())


def without(*codes: str) -> Answers:
    return {code: answer for code, answer in HONEST.items() if code not in codes}


def with_row(register: str, number: int, **changes: Any) -> Answers:
    """The honest registers with one row changed (rows are numbered from 1)."""
    rows = [dict(row) for row in HONEST[register]]
    rows[number - 1] |= changes
    return {register: rows}


def twice(register: str, number: int, **changes: Any) -> Answers:
    """The honest register with a row repeated at its end."""
    return {register: [*HONEST[register], HONEST[register][number - 1] | changes]}


# rule, the question it sits on, the row, what breaks it, what comes close and keeps it
CASES: list[tuple[str, str, int | None, Answers, Answers]] = [
    ("ELDER-01", "elderly_count", None, {"elderly_count": 6326}, {"elderly_count": 6325}),
    ("ELDER-02", "elderly_allowance_count", None, {"elderly_60_69_count": 499}, {}),
    ("ELDER-03", "elderly_allowance_count", None, {"elderly_count": 999}, {"elderly_count": 1000}),
    *[
        (
            "ELDER-04",
            "elderly_allowance_amount",
            None,
            {"elderly_allowance_amount": bad},
            {"elderly_allowance_amount": good},
        )
        for bad, good in [(7_199_999, 7_200_000), (12_000_001, 12_000_000), (8160, 8_160_000)]
    ],
    ("DISABLED-01", "disabled_count", None, {"disabled_count": 6326}, {"disabled_count": 6325}),
    ("DISABLED-02", "disabled_allowance_count", None, {"disabled_count": 249}, {"disabled_count": 250}),
    *[
        (
            "DISABLED-03",
            "disabled_allowance_amount",
            None,
            {"disabled_allowance_amount": b},
            {"disabled_allowance_amount": g},
        )
        for b, g in [(2_399_999, 2_400_000), (3_000_001, 3_000_000)]
    ],
    ("AIDS-01", "aids_allowance_amount", None, {"aids_allowance_amount": 72_001}, {"aids_allowance_amount": 72_000}),
    ("NEWBORN-01", "newborn_grant_count", None, {"newborn_grant_count": 271}, {"newborn_grant_count": 270}),
    ("CARD-01", "welfare_card_count", None, {"welfare_card_count": 6326}, {"welfare_card_count": {"missing": "NONE"}}),
    ("POOR-01", "poor_household_count", None, {"poor_household_count": 2101}, {"poor_household_count": 2100}),
    ("RELIG-01", "religious_place_total", None, {"shrine_count": 2}, {}),
    ("RELIG-02", "religious_place_total", None, {"religious_place": PLACES[:4]}, {}),
    ("RELIG-03", "buddhist_temple_count", None, with_row("religious_place", 1, rp_kind="mosque"), {}),
    ("RELIG-04", "monastery_residence_count", None, with_row("religious_place", 2, rp_kind="mosque"), {}),
    ("RELIG-05", "mosque_count", None, with_row("religious_place", 3, rp_kind="church"), {}),
    ("RELIG-06", "church_count", None, with_row("religious_place", 4, rp_kind="mosque"), {}),
    ("RELIG-07", "shrine_count", None, with_row("religious_place", 5, rp_kind="mosque"), {}),
    ("RELIG-08", "other_religion_percent", None, {"buddhist_percent": "97.39"}, {"buddhist_percent": "97.4"}),
    *[
        ("RELIG-08", "other_religion_percent", None, {"other_religion_percent": b}, {"other_religion_percent": g})
        for b, g in [("0.21", "0.2"), ("50", {"missing": "NO_DATA", "reason": "ไม่ได้สำรวจ"})]
    ],
    (
        *("RELIG-09", "other_religion_percent", None),
        {"muslim_percent": None, "christian_percent": None, "other_religion_percent": None},
        {"buddhist_percent": 100, "muslim_percent": None, "christian_percent": None, "other_religion_percent": None},
    ),
    (
        *("RELIG-10", "rp_name", 2),
        with_row("religious_place", 2, rp_kind="temple", rp_name="วัดตัวอย่าง"),
        with_row("religious_place", 2, rp_name="วัดตัวอย่าง"),
    ),
    ("RELIG-11", "rp_location", 1, with_row("religious_place", 1, rp_location=OUTSIDE), {}),
    ("TRAD-01", "tradition_count", None, {"tradition_count": 2}, {"tradition_count": 0, "tradition": []}),
    ("TRAD-02", "trad_name", 2, twice("tradition", 1), twice("tradition", 1, trad_place="ลานหน้าที่ว่าการ")),
    ("WISDOM-01", "local_wisdom_count", None, {"local_wisdom_count": 0}, {"local_wisdom_count": 0, "local_wisdom": []}),
    ("WISDOM-02", "wisdom_title", 2, twice("local_wisdom", 1), twice("local_wisdom", 1, wisdom_person="ปราชญ์คนที่สอง")),
    ("FARM-01", "farm_household_count", None, {"farm_household_count": 2101}, {"farm_household_count": 2100}),
    ("FARM-02", "farm_area_rai", None, {"farm_area_rai": "25000.01"}, {"farm_area_rai": 25000}),
    ("FARM-03", "orchard_area_rai", None, {"orchard_area_rai": "3000.01"}, {"orchard_area_rai": 3000}),
    (
        "FARM-04",
        "new_theory_household_count",
        None,
        {"new_theory_household_count": 901},
        {"new_theory_household_count": 900},
    ),
    ("MARKET-01", "market_count", None, {"market": [LAO_MARKET]}, {}),
    ("MARKET-02", "market_lao_count", None, {"market_lao_count": 3}, {"market_lao_count": 2}),
    ("MARKET-03", "market_lao_count", None, with_row("market", 1, market_owner="temple"), {}),
    ("MARKET-04", "market_name", 2, with_row("market", 2, market_name="ตลาดสด ตัวอย่าง"), {}),
    ("MARKET-05", "market_location", 2, with_row("market", 2, market_location=OUTSIDE), {}),
    ("OTOP-01", "otop_product_count", None, with_row("local_product", 2, prod_otop=True, prod_stars="unrated"), {}),
    ("ATTR-01", "attraction_count", None, {"attraction_count": 2}, {"attraction_count": 0, "attraction": []}),
    ("ATTR-02", "attr_name", 2, twice("attraction", 1), twice("attraction", 1, attr_name="น้ำตกตัวอย่าง")),
    ("ATTR-03", "attr_location", 1, with_row("attraction", 1, attr_location=OUTSIDE), {}),
    ("HOTEL-01", "hotel_count", None, {"hotel_count": 3}, {"hotel_count": 0, "hotel": []}),
    ("HOTEL-02", "hotel_room_count", None, {"hotel_room_count": 1}, {"hotel_count": 0, "hotel_room_count": 0}),
    ("HOTEL-03", "hotel_room_count", None, {"hotel_room_count": 24}, {"hotel_room_count": 0, "hotel": []}),
    ("HOTEL-04", "homestay_count", None, {"homestay_count": 0}, {"homestay_count": 1}),
    ("HOTEL-05", "hotel_name", 2, with_row("hotel", 2, hotel_name="โรงแรมตัวอย่าง"), {}),
    ("HOTEL-06", "hotel_location", 2, with_row("hotel", 2, hotel_location=OUTSIDE), {}),
]


def changed(changes: Answers) -> Answers:
    """The honest answers with some changed; None takes the answer away."""
    return {code: answer for code, answer in (HONEST | changes).items() if answer is not None}


@pytest.mark.parametrize(("rule", "question", "row", "breaking", "keeping"), CASES)
def test_a_rule_finds_what_breaks_it_and_is_silent_just_beside_it(
    form: Form, rule: str, question: str, row: int | None, breaking: Answers, keeping: Answers
) -> None:
    broken = [f for f in findings(form, changed(breaking)) if f.code == rule]
    assert [(f.question, f.row) for f in broken] == [(question, row)]
    assert broken[0].severity == form.rules[rule].severity
    assert "${" not in broken[0].message
    assert rule not in {f.code for f in findings(form, changed(keeping))}


def test_every_rule_of_both_domains_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(rule_codes())


def test_an_honest_unit_gets_no_finding(form: Form) -> None:
    assert [(f.code, f.question, f.row, f.message) for f in findings(form, HONEST)] == []


def test_an_honest_provincial_organisation_gets_no_finding(form: Form) -> None:
    assert [(f.code, f.question, f.row, f.message) for f in findings(form, HONEST_PAO, "PAO")] == []


def test_a_unit_without_any_of_it_answers_zero_and_none(form: Form) -> None:
    zero = {
        code: 0 for code, answer in HONEST.items() if isinstance(answer, int | str) and not isinstance(answer, bool)
    }
    empty = {register: {"missing": "NONE"} for register in REGISTERS}
    answers = HONEST | zero | ANCHORS | empty | {"main_occupation": "employee", "other_religion_percent": 100}
    del answers["otop_income"]
    assert [(f.code, f.question, f.message) for f in findings(form, answers)] == []


@pytest.mark.parametrize("unit_type", ["PAO", "CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_each_type_of_unit_has_something_to_answer(form: Form, sheet: str, unit_type: str) -> None:
    questions = [q for section in form.sheets[sheet].sections.values() for q in section.questions.values()]
    assert [q for q in questions if q.required is True and unit_type in q.applies_to and not q.linked]


def test_a_provincial_organisation_is_not_asked_about_villages_or_allowances(form: Form) -> None:
    asked = {code for code, q in form.questions.items() if q.sheet in SHEETS and "PAO" in q.applies_to}
    assert asked.isdisjoint(
        {"elderly_count", "village_fund_count", "rp_name", "farm_area_rai", "hotel_name", "prod_name"}
    )


@pytest.mark.parametrize(
    ("register", "count"),
    [
        *(("religious_place", "religious_place_total"), ("tradition", "tradition_count"), ("market", "market_count")),
        *(("local_product", "otop_product_count"), ("attraction", "attraction_count"), ("hotel", "hotel_count")),
    ],
)
def test_a_register_is_required_once_its_count_is_above_zero(form: Form, register: str, count: str) -> None:
    missing = {(f.code, f.question) for f in findings(form, without(register))}
    assert ("required", register) in missing
    nothing = {(f.code, f.question) for f in findings(form, without(register) | {count: 0})}
    assert ("required", register) not in nothing


@pytest.mark.parametrize(
    ("question", "row", "changes"),
    [
        ("hotel_rooms", 1, with_row("hotel", 1, hotel_rooms=0)),
        ("hotel_rooms", 1, with_row("hotel", 1, hotel_rooms=3001)),
        ("market_stalls", 1, with_row("market", 1, market_stalls=0)),
        ("rp_village_no", 1, with_row("religious_place", 1, rp_village_no=100)),
        ("wisdom_detail", 1, with_row("local_wisdom", 1, wisdom_detail="ก" * 2001)),
        ("attr_detail", 1, with_row("attraction", 1, attr_detail="ก\n" * 2001)),
        ("prod_detail", 1, with_row("local_product", 1, prod_detail="ก" * 4001)),
        ("buddhist_percent", None, {"buddhist_percent": "100.01"}),
        ("elderly_count", None, {"elderly_count": -1}),
        ("culture_budget", None, {"culture_budget": "-0.01"}),
    ],
)
def test_an_answer_out_of_its_bounds_is_an_error(form: Form, question: str, row: int | None, changes: Answers) -> None:
    found = [f for f in findings(form, changed(changes)) if f.code in {"constraint", "format"}]
    assert [(f.question, f.row, f.severity) for f in found] == [(question, row, "error")]


def test_a_long_description_with_line_breaks_is_accepted(form: Form) -> None:
    changes = with_row("attraction", 1, attr_detail="ก\n" * 2000)
    assert findings(form, changed(changes)) == []


def test_stars_are_asked_of_an_otop_product_alone(form: Form) -> None:
    changes = with_row("local_product", 1, prod_stars=None)
    assert [(f.code, f.question, f.row) for f in findings(form, changed(changes))] == [("required", "prod_stars", 1)]


def test_stall_rent_is_asked_of_the_units_own_market_alone(form: Form) -> None:
    changes = with_row("market", 1, market_income=None)
    assert [(f.code, f.question, f.row) for f in findings(form, changed(changes))] == [("required", "market_income", 1)]


def test_a_choice_is_read_by_its_label(form: Form) -> None:
    changes = with_row("attraction", 1, attr_type="โครงการหลวงและโครงการในพระราชดำริ", attr_display_status="ไม่แสดง")
    assert findings(form, changed(changes)) == []


def test_what_would_give_a_patient_away_is_kept_back(form: Form) -> None:
    sensitive = {"aids_allowance_count", "aids_allowance_amount", "drug_patient_count", "disabled_count"}
    assert all(form.questions[code].sensitive for code in sensitive)
    assert not form.questions["aids_allowance_amount"].open_data


def test_the_check_of_a_place_is_the_provinces_and_never_asked_of_the_unit(form: Form) -> None:
    question = form.questions["attr_check_status"]
    assert question.linked
    assert question.required is False
