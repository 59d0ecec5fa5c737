"""Domains 1 and 2 of the eight-domain form judge answers as the catalogue says: each rule is broken once and kept once."""

from __future__ import annotations

import copy
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.facts import UnitContext
from localgov.forms.engine.model import Form
from localgov.forms.engine.reader_text import read_folder
from localgov.lib.coordinates import Point

FOLDER = Path(__file__).resolve().parents[2] / "forms" / "eight_domains"
TODAY = dt.date(2026, 5, 1)
SHEETS = ("domain_1", "domain_2")
INSIDE = {"lat": 14.05, "lon": 101.37}
OUTSIDE = {"lat": 18.79, "lon": 98.98}

ANCHORS: dict[str, Any] = {
    "population_male": 3100,
    "population_female": 3225,
    "population_total": 6325,
    "household_count": 2100,
    "area_km2": 40,
    "elderly_count": 1200,
}
"""The answers of domains 6 and 7 that the rules of domains 1 and 2 lean on."""

HEALTH: dict[str, Any] = {
    "health_promoting_hospital_count": 2,
    "health_promoting_hospital_transferred_count": 1,
    "lao_health_centre_count": 1,
    "lao_hospital_count": 1,
    "private_clinic_count": 3,
    "village_health_volunteer_count": 120,
    "pregnant_woman_count": 30,
    "dependent_elderly_count": 60,
    "caregiver_count": 10,
    "dengue_case_count": 12,
    "ems_service": True,
    "ems_vehicle_count": 1,
    "ems_call_count": 240,
    "local_health_fund_member": True,
    "local_health_fund_balance": "412350.75",
    "health_unit": [
        {
            "health_unit_name": name,
            "health_unit_type": kind,
            "health_unit_affiliation": affiliation,
            "health_unit_code": code,
            "health_unit_staff_count": 8,
            "health_unit_phone": "0-2000-0000",
            "health_unit_location": INSIDE,
        }
        for name, kind, affiliation, code in (
            ("รพ.สต.หนึ่ง", "health_promoting_hospital", "pao", "00001"),
            ("รพ.สต.สอง", "health_promoting_hospital", "public_health_ministry", "00002"),
            ("ศูนย์บริการสาธารณสุขสาม", "health_centre", "lao", "00003"),
            ("โรงพยาบาลสี่", "hospital", "lao", "00004"),
        )
    ],
}

ENVIRONMENT: dict[str, Any] = {
    "dog_owned_count": 800,
    "dog_stray_count": 50,
    "cat_owned_count": 400,
    "cat_stray_count": 30,
    "dog_cat_total": 1280,
    "rabies_vaccinated_count": 1100,
    "animal_sterilised_count": 90,
    "waste_service_provided": True,
    "waste_generated_tpd": "6.50",
    "waste_disposed_properly_tpd": "4.20",
    "waste_reused_tpd": "1.80",
    "waste_disposed_improperly_tpd": "0.50",
    "waste_collected_tpd": "5.00",
    "waste_service_household_count": 1900,
    "wet_waste_bin_household_count": 2000,
    "waste_bank_count": 4,
    "hazardous_waste_kg": "310.5",
    "waste_fee_income": "480000.00",
    "waste_cost": "1900000.00",
    "wastewater_plant_has": True,
    "wastewater_capacity_m3d": 900,
    "wastewater_treated_m3d": 640,
    "green_area_rai": 25,
    "slaughterhouse_count": 0,
    "waste_vehicle": [
        {
            "waste_vehicle_plate": plate,
            "waste_vehicle_type": "rear_compactor",
            "waste_vehicle_capacity_m3": "6",
            "waste_vehicle_year_be": 2562,
            "waste_vehicle_condition": "usable",
            "waste_vehicle_trips_per_day": "1.5",
        }
        for plate in ("80-0001 ปราจีนบุรี", "80-0002 ปราจีนบุรี")
    ],
    "waste_site": [
        {
            "waste_site_name": name,
            "waste_site_owner": owner,
            "waste_site_method": "sanitary_landfill",
            "waste_site_capacity_tpd": 80,
            "waste_site_received_tpd": 45,
            "waste_site_area_rai": 120,
            "waste_site_location": INSIDE,
            "waste_site_cluster_member_count": 9,
        }
        for name, owner in (("บ่อขยะรวมเหนือ", "other_lao"), ("สถานีขนถ่ายใต้", "own"))
    ],
}

EDUCATION: dict[str, Any] = {
    "child_0_2_count": 150,
    "child_3_5_count": 170,
    "child_centre_count": 2,
    "child_centre_enrolled_count": 76,
    "child_development_delay_count": 3,
    "child_centre_teacher_count": 5,
    "child_centre_teacher_bachelor_count": 4,
    "child_centre_standard_pass_count": 1,
    "school_lunch_budget": "1200000",
    "school_milk_budget": "500000",
    "child_centre": [
        {
            "child_centre_name": name,
            "child_centre_origin": "own",
            "child_centre_village_no": 3,
            "child_centre_location_type": "temple",
            "child_centre_enrolled_male": male,
            "child_centre_enrolled_female": female,
            "child_centre_under_two": 0,
            "child_centre_teachers": teachers,
            "child_centre_rooms": 2,
            "child_centre_fee_month": 0,
            "child_centre_grade": grade,
            "child_centre_phone": "0-2000-0000",
            "child_centre_location": INSIDE,
        }
        for name, male, female, teachers, grade in (("ศพด.หนึ่ง", 20, 16, 2, "A"), ("ศพด.สอง", 22, 18, 3, "C"))
    ],
    "lao_school_count": 1,
    "student_kindergarten_count": 60,
    "student_primary_count": 120,
    "student_lower_secondary_count": 40,
    "student_upper_secondary_count": 0,
    "student_vocational_count": 0,
    "student_total": 220,
    "lao_teacher_count": 14,
    "scholarship_recipient_count": 10,
    "other_school_count": 3,
    "out_of_school_child_count": 2,
    "school": [
        {
            "school_name": "โรงเรียนเทศบาลหนึ่ง",
            "school_level_low": "kindergarten",
            "school_level_high": "lower_secondary",
            "school_students": 220,
            "school_teachers": 14,
            "school_internet": True,
            "school_location": INSIDE,
        }
    ],
    "library_count": 1,
    "community_learning_centre_count": 2,
    "youth_council_has": True,
    "sport_ground_count": 5,
    "free_wifi_point_count": 6,
    "e_service_count": 3,
    "e_payment_has": True,
    "digital_plan_has": False,
    "innovation_count": 1,
    "innovation_award_count": 1,
    "innovation_item": [
        {
            "innovation_title": "ระบบแจ้งไฟส่องสว่างชำรุด",
            "innovation_field": "4",
            "innovation_year_be": 2566,
            "innovation_benefit": "ซ่อมเสร็จภายใน 3 วัน",
            "innovation_award": "รางวัลระดับจังหวัด 2567",
        }
    ],
}

HONEST = ANCHORS | HEALTH | ENVIRONMENT | EDUCATION
"""A sub-district municipality that answers everything and breaks nothing."""


class Areas:
    """Knows one province: a box around Prachin Buri."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        return 13 <= point.lat <= 15 and province_code == "25"

    def tambon_exists(self, code: str) -> bool | None:
        return None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        return code.startswith(province_code)


@cache
def form() -> Form:
    return build_form(read_folder(FOLDER))


def findings(answers: dict[str, Any], *, unit_type: str = "SUBDISTRICT") -> set[tuple[str, str, int | None]]:
    """(code, question, row) of every finding in domains 1 and 2."""
    unit = UnitContext(unit_type=unit_type, province_code="25", fiscal_year=2569)
    found = check_answers(form(), answers, unit=unit, today=TODAY, sheets=SHEETS, areas=Areas())
    return {(each.code, each.question, each.row) for each in found}


def changed(**changes: Any) -> dict[str, Any]:
    """The honest answers with some replaced; `register__row__column=value` replaces one cell of a register."""
    answers = copy.deepcopy(HONEST)
    for name, value in changes.items():
        register, _, cell = name.partition("__")
        if not cell:
            answers[name] = value
            continue
        row, _, column = cell.partition("__")
        answers[register][int(row)][column] = value
    return answers


def test_honest_answers_have_no_findings() -> None:
    assert findings(HONEST) == set()


BROKEN: list[tuple[str, str, int | None, dict[str, Any]]] = [
    (
        "HEALTH-01",
        "health_promoting_hospital_transferred_count",
        None,
        {"health_promoting_hospital_transferred_count": 3},
    ),
    ("HEALTH-02", "village_health_volunteer_count", None, {"village_health_volunteer_count": 6326}),
    ("HEALTH-03", "dependent_elderly_count", None, {"dependent_elderly_count": 1201}),
    ("HEALTH-04", "pregnant_woman_count", None, {"pregnant_woman_count": 3226}),
    ("HEALTH-05", "dengue_case_count", None, {"dengue_case_count": 6326}),
    (
        "HEALTHUNIT-01",
        "health_promoting_hospital_transferred_count",
        None,
        {"health_unit__1__health_unit_affiliation": "lao"},
    ),
    ("HEALTHUNIT-02", "health_promoting_hospital_count", None, {"health_promoting_hospital_count": 3}),
    ("HEALTHUNIT-03", "lao_health_centre_count", None, {"lao_health_centre_count": 2}),
    ("HEALTHUNIT-04", "lao_hospital_count", None, {"lao_hospital_count": 0}),
    ("HEALTHUNIT-05", "health_unit_name", 2, {"health_unit__1__health_unit_name": "รพ.สต.หนึ่ง"}),
    ("HEALTHUNIT-06", "health_unit_location", 3, {"health_unit__2__health_unit_location": OUTSIDE}),
    ("RABIES-01", "dog_cat_total", None, {"dog_cat_total": 1281}),
    ("RABIES-02", "rabies_vaccinated_count", None, {"rabies_vaccinated_count": 1281}),
    ("RABIES-03", "rabies_vaccinated_count", None, {"rabies_vaccinated_count": 1023}),
    ("RABIES-04", "animal_sterilised_count", None, {"animal_sterilised_count": 1281}),
    ("WASTE-01", "waste_disposed_improperly_tpd", None, {"waste_disposed_improperly_tpd": "0.56"}),
    ("WASTE-01", "waste_disposed_improperly_tpd", None, {"waste_disposed_improperly_tpd": "0.44"}),
    ("WASTE-02", "waste_generated_tpd", None, {"waste_generated_tpd": "1.26"}),
    ("WASTE-02", "waste_generated_tpd", None, {"waste_generated_tpd": "6500"}),
    ("WASTE-03", "waste_collected_tpd", None, {"waste_collected_tpd": "6.51"}),
    ("WASTE-04", "waste_service_household_count", None, {"waste_service_household_count": 2101}),
    ("WASTE-05", "wet_waste_bin_household_count", None, {"wet_waste_bin_household_count": 2101}),
    ("WASTEVEH-01", "waste_vehicle_plate", 2, {"waste_vehicle__1__waste_vehicle_plate": "80-0001 ปราจีนบุรี"}),
    ("WASTESITE-01", "waste_site_name", 2, {"waste_site__1__waste_site_name": "บ่อขยะรวมเหนือ"}),
    ("WASTESITE-02", "waste_site_received_tpd", 1, {"waste_site__0__waste_site_received_tpd": "80.01"}),
    ("WASTESITE-03", "waste_site_location", 1, {"waste_site__0__waste_site_location": OUTSIDE}),
    ("ENV-01", "wastewater_treated_m3d", None, {"wastewater_treated_m3d": 901}),
    ("ENV-02", "green_area_rai", None, {"green_area_rai": 25001}),
    ("CHILD-01", "child_3_5_count", None, {"child_3_5_count": 6176}),
    ("CHILD-02", "child_centre_count", None, {"child_centre_count": 3}),
    ("CHILD-03", "child_centre_enrolled_count", None, {"child_centre_enrolled_count": 77}),
    ("CHILD-04", "child_centre_teacher_count", None, {"child_centre_teacher_count": 6}),
    ("CHILD-05", "child_centre_teacher_bachelor_count", None, {"child_centre_teacher_bachelor_count": 6}),
    ("CHILD-06", "child_centre_standard_pass_count", None, {"child_centre_standard_pass_count": 3}),
    ("CHILD-07", "child_centre_standard_pass_count", None, {"child_centre__1__child_centre_grade": "b"}),
    ("CHILD-08", "child_development_delay_count", None, {"child_development_delay_count": 77}),
    ("CENTRE-01", "child_centre_name", 2, {"child_centre__1__child_centre_name": "ศพด.หนึ่ง"}),
    ("CENTRE-02", "child_centre_under_two", 1, {"child_centre__0__child_centre_under_two": 37}),
    ("CENTRE-03", "child_centre_teachers", 1, {"child_centre__0__child_centre_teachers": 1}),
    ("CENTRE-03", "child_centre_teachers", 1, {"child_centre__0__child_centre_teachers": 0}),
    ("CENTRE-04", "child_centre_location", 2, {"child_centre__1__child_centre_location": OUTSIDE}),
    ("SCHOOL-01", "lao_school_count", None, {"lao_school_count": 2}),
    ("SCHOOL-02", "lao_teacher_count", None, {"lao_teacher_count": 0}),
    ("SCHOOL-03", "student_total", None, {"student_primary_count": 121}),
    ("SCHOOL-04", "student_total", None, {"school__0__school_students": 219}),
    ("SCHOOL-05", "lao_teacher_count", None, {"school__0__school_teachers": 13}),
    ("SCHOOL-06", "school_level_high", 1, {"school__0__school_level_low": "vocational"}),
    ("SCHOOL-07", "school_name", 2, {"school": HONEST["school"] * 2}),
    ("SCHOOL-08", "school_location", 1, {"school__0__school_location": OUTSIDE}),
    ("INNOV-01", "innovation_count", None, {"innovation_count": 2}),
    ("INNOV-02", "innovation_award_count", None, {"innovation_award_count": 2}),
]


@pytest.mark.parametrize(("code", "question", "row", "changes"), BROKEN)
def test_a_broken_rule_gives_its_finding(code: str, question: str, row: int | None, changes: dict[str, Any]) -> None:
    assert (code, question, row) in findings(changed(**changes))


def test_every_rule_of_the_two_domains_is_broken_once() -> None:
    items = {code: form().item(rule.question) for code, rule in form().rules.items()}
    written = {code for code, item in items.items() if item and item.sheet in SHEETS}
    assert written == {code for code, *_ in BROKEN}


KEPT: list[tuple[str, dict[str, Any]]] = [
    ("HEALTH-02", {"village_health_volunteer_count": 6325}),
    ("HEALTH-03", {"dependent_elderly_count": 1200}),
    ("HEALTH-04", {"pregnant_woman_count": 3225}),
    (
        "HEALTHUNIT-01",
        {"health_unit__1__health_unit_affiliation": "lao", "health_promoting_hospital_transferred_count": 2},
    ),
    ("HEALTHUNIT-01", {"health_unit": {"missing": "NONE"}, "health_promoting_hospital_transferred_count": 0}),
    ("RABIES-03", {"rabies_vaccinated_count": 1024}),
    ("RABIES-03", {code: 0 for code in ENVIRONMENT if code.startswith(("dog_", "cat_", "rabies_", "animal_"))}),
    ("WASTE-01", {"waste_disposed_improperly_tpd": "0.55"}),
    ("WASTE-01", {"waste_disposed_improperly_tpd": "0.45"}),
    ("WASTE-02", {"waste_generated_tpd": "1.265"}),
    ("WASTE-02", {"waste_generated_tpd": "18.975"}),
    ("WASTE-03", {"waste_collected_tpd": "6.5"}),
    ("WASTE-04", {"waste_service_household_count": 2100}),
    ("WASTE-05", {"wet_waste_bin_household_count": {"missing": "NONE"}}),
    ("WASTESITE-02", {"waste_site__0__waste_site_received_tpd": 80}),
    ("ENV-01", {"wastewater_treated_m3d": 900}),
    ("ENV-02", {"green_area_rai": 25000}),
    ("CHILD-02", {"child_centre": [], "child_centre_count": 0}),
    ("CHILD-03", {"child_centre": {"missing": "NONE"}, "child_centre_enrolled_count": 0}),
    ("CENTRE-02", {"child_centre__0__child_centre_under_two": 36}),
    ("CENTRE-03", {"child_centre__1__child_centre_teachers": 2}),
    ("SCHOOL-01", {"school": {"missing": "NONE"}, "lao_school_count": 0}),
    ("SCHOOL-02", {"lao_school_count": 0, "lao_teacher_count": 0}),
    ("SCHOOL-06", {"school__0__school_level_low": "lower_secondary"}),
    ("SCHOOL-06", {"school__0__school_level_low": "upper_secondary", "school__0__school_level_high": "vocational"}),
    ("INNOV-02", {"innovation_award_count": 0}),
]


@pytest.mark.parametrize(("code", "changes"), KEPT)
def test_a_rule_kept_at_its_bound_gives_no_finding(code: str, changes: dict[str, Any]) -> None:
    assert code not in {found for found, _, _ in findings(changed(**changes))}


CONSTRAINED: list[tuple[str, int | None, dict[str, Any]]] = [
    ("health_promoting_hospital_count", None, {"health_promoting_hospital_count": 31}),
    ("lao_hospital_count", None, {"lao_hospital_count": 11}),
    ("dog_owned_count", None, {"dog_owned_count": -1}),
    ("ems_vehicle_count", None, {"ems_vehicle_count": 0}),
    ("local_health_fund_balance", None, {"local_health_fund_balance": -1}),
    ("wastewater_capacity_m3d", None, {"wastewater_capacity_m3d": 0}),
    ("health_unit_code", 1, {"health_unit__0__health_unit_code": "123"}),
    ("waste_vehicle_plate", 1, {"waste_vehicle__0__waste_vehicle_plate": "ก"}),
    ("waste_vehicle_capacity_m3", 2, {"waste_vehicle__1__waste_vehicle_capacity_m3": "0.4"}),
    ("waste_vehicle_year_be", 1, {"waste_vehicle__0__waste_vehicle_year_be": 2570}),
    ("waste_site_cluster_member_count", 1, {"waste_site__0__waste_site_cluster_member_count": 0}),
    ("child_centre_rooms", 1, {"child_centre__0__child_centre_rooms": 0}),
    ("child_centre_fee_month", 1, {"child_centre__0__child_centre_fee_month": 5001}),
    ("child_centre_village_no", 1, {"child_centre__0__child_centre_village_no": 100}),
    ("innovation_title", 1, {"innovation_item__0__innovation_title": "ระบบ"}),
    ("innovation_year_be", 1, {"innovation_item__0__innovation_year_be": 2539}),
]


@pytest.mark.parametrize(("question", "row", "changes"), CONSTRAINED)
def test_a_value_outside_its_bounds_is_found(question: str, row: int | None, changes: dict[str, Any]) -> None:
    assert ("constraint", question, row) in findings(changed(**changes))


def test_a_long_benefit_in_several_lines_is_accepted() -> None:
    assert findings(changed(innovation_item__0__innovation_benefit="บรรทัดแรก\n" * 200)) == set()
    too_long = findings(changed(innovation_item__0__innovation_benefit="ก" * 2001))
    assert ("constraint", "innovation_benefit", 1) in too_long


@pytest.mark.parametrize(
    ("gate", "questions"),
    [
        ("ems_service", ("ems_vehicle_count", "ems_call_count")),
        ("local_health_fund_member", ("local_health_fund_balance",)),
        ("waste_service_provided", ("waste_collected_tpd", "waste_service_household_count")),
        ("wastewater_plant_has", ("wastewater_capacity_m3d", "wastewater_treated_m3d")),
    ],
)
def test_questions_behind_a_yes_are_required_only_after_yes(gate: str, questions: tuple[str, ...]) -> None:
    silent = {code: value for code, value in HONEST.items() if code not in questions}
    assert findings(silent) == {("required", code, None) for code in questions}
    assert findings(silent | {gate: False}) == set()


@pytest.mark.parametrize(
    ("register", "gate"),
    [
        ("health_unit", "health_promoting_hospital_count"),
        ("child_centre", "child_centre_count"),
        ("school", "lao_school_count"),
        ("innovation_item", "innovation_count"),
    ],
)
def test_a_register_is_required_once_its_count_says_that_there_are_rows(register: str, gate: str) -> None:
    unfilled = {code: value for code, value in HONEST.items() if code != register}
    assert ("required", register, None) in findings(unfilled)
    assert ("required", register, None) not in findings(
        unfilled | {gate: 0, "lao_health_centre_count": 0, "lao_hospital_count": 0}
    )


def test_a_provincial_organisation_is_asked_for_its_own_units_and_not_for_villages() -> None:
    own = [
        row | {"health_unit_affiliation": "pao"}
        for row in HEALTH["health_unit"]
        if row["health_unit_name"] != "รพ.สต.สอง"
    ]
    province_wide = {"health_promoting_hospital_count": 94, "health_unit": own}
    not_asked = {
        each.code
        for code in SHEETS
        for section in form().sheets[code].sections.values()
        for each in (section.register.columns if section.register else section.questions).values()
        if "PAO" not in each.applies_to
    }
    answers = {code: value for code, value in HONEST.items() if code not in not_asked | {"child_centre"}}
    assert findings(answers | province_wide, unit_type="PAO") == set()
    assert {
        "dog_cat_total",
        "waste_generated_tpd",
        "child_0_2_count",
        "child_centre_name",
        "youth_council_has",
    } <= not_asked


@pytest.mark.parametrize("unit_type", ["CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL"])
def test_every_other_type_is_asked_the_same_questions(unit_type: str) -> None:
    assert findings(HONEST, unit_type=unit_type) == set()


def test_a_small_unit_that_has_almost_nothing_says_so_with_zeros() -> None:
    registers = ("health_unit", "waste_vehicle", "waste_site", "child_centre", "school", "innovation_item")
    nothing = {code: 0 for code in (*HEALTH, *ENVIRONMENT, *EDUCATION) if form().questions.get(code)}
    gates = {code: False for code in nothing if form().questions[code].kind == "boolean"}
    waste = {"waste_generated_tpd": "3.2", "waste_disposed_improperly_tpd": "3.2"}
    answers = ANCHORS | nothing | gates | waste | {code: {"missing": "NONE"} for code in registers}
    assert findings(answers, unit_type="SAO") == set()


def test_an_unanswered_anchor_of_another_domain_keeps_the_rules_silent() -> None:
    alone = {code: value for code, value in HONEST.items() if code not in ANCHORS}
    assert findings(alone | {"village_health_volunteer_count": 999999, "dengue_case_count": 999999}) == set()
