"""Domains 3 (สาธารณภัย) and 4 (โครงสร้างพื้นฐาน) of the eight-domain form.

One honest อบต. and one honest อบจ. give no finding; from the first, each rule and each constraint is broken in turn.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
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
DOMAINS = ("3", "4")
SHEETS = ("domain_3", "domain_4")
TODAY = dt.date(2026, 5, 20)
SAO = UnitContext(unit_type="SAO", province_code="25", fiscal_year=2569)
PAO = UnitContext(unit_type="PAO", province_code="25", fiscal_year=2569)

Answers = dict[str, Any]
INSIDE = {"lat": 14.05, "lon": 101.37}
NEAR = {"lat": 14.06, "lon": 101.37}  # 1.1 km north of INSIDE
FAR = {"lat": 14.15, "lon": 101.37}  # 11 km north of INSIDE
ELSEWHERE = {"lat": 18.79, "lon": 98.98}


class SouthOf16:
    """Areas that know one thing: the unit's province lies south of latitude 16."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        return point.lat < 16

    def tambon_exists(self, code: str) -> bool | None:
        return None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        return None


FIRE_TRUCK = {
    "disaster_vehicle_plate": "กก 1",
    "disaster_vehicle_type": "fire_truck",
    "disaster_vehicle_water_litre": 4000,
    "disaster_vehicle_year_be": 2560,
    "disaster_vehicle_condition": "usable",
    "disaster_vehicle_owner": "lao",
}
BOAT = FIRE_TRUCK | {"disaster_vehicle_plate": "055-60-0001", "disaster_vehicle_type": "flat_boat"}
del BOAT["disaster_vehicle_water_litre"]
SCHOOL = {
    "shelter_name": "โรงเรียน ก",
    "shelter_capacity": 200,
    "shelter_toilets": 10,
    "shelter_disabled_access": True,
    "shelter_contact_phone": "199",
    "shelter_location": INSIDE,
}
TEMPLE = SCHOOL | {"shelter_name": "วัด ข", "shelter_capacity": 100, "shelter_disabled_access": False}
FLOOD = {
    "disaster_event_date": "2025-10-12",
    "disaster_event_type": "flood",
    "disaster_event_villages": 4,
    "disaster_event_households": 120,
    "disaster_event_persons": 400,
    "disaster_event_deaths": 1,
    "disaster_event_injured": 3,
    "disaster_event_crop_rai": 850.5,
    "disaster_event_damage": 1250000.50,
}
STORM = FLOOD | {"disaster_event_date": "2026-04-02", "disaster_event_type": "storm", "disaster_event_damage": 80000}
CONCRETE_ROAD = {
    "road_route_code": "ปจ.ถ.9-0001",
    "road_name": "สายบ้าน ก ถึงบ้าน ข",
    "road_zone": "outside",
    "road_class": "class_5",
    "road_surface": "concrete",
    "road_length_km": 1.25,
    "road_carriageway_m": 5,
    "road_shoulder_m": 1,
    "road_footpath_m": 0,
    "road_reserve_m": 6,
    "road_year_be": 2550,
    "road_registered_date": "2021-03-01",
    "road_condition": "good",
    "road_start": INSIDE,
    "road_end": NEAR,
}
OPTIONAL_ROAD = ("road_shoulder_m", "road_footpath_m", "road_registered_date", "road_end")
GRAVEL_ROAD = {k: v for k, v in CONCRETE_ROAD.items() if k not in OPTIONAL_ROAD} | {
    "road_route_code": "2",
    "road_zone": "inside",
    "road_class": "class_4",
    "road_surface": "gravel",
    "road_length_km": 0.75,
}
BRIDGE = {
    "bridge_name": "สะพานข้ามคลอง",
    "bridge_type": "box_culvert",
    "bridge_width_m": 6,
    "bridge_length_m": 12,
    "bridge_year_be": 2555,
    "bridge_condition": "fair",
    "bridge_location": INSIDE,
}

ANCHORS: Answers = {
    "population_male": 3100,
    "population_female": 3225,
    "population_total": 6325,
    "household_count": 2100,
    "village_count": 9,
    "community_count": 0,
    "area_km2": 42.5,
}
HONEST_SAO: Answers = ANCHORS | {
    "disaster_plan_has": True,
    "disaster_plan_year_be": 2566,
    "disaster_drill_count": 2,
    "disaster_staff_count": 6,
    "firefighter_count": 4,
    "opapor_member_count": 130,
    "opapor_trained_count": 50,
    "rescue_volunteer_count": 50,
    "one_tambon_rescue_team_count": 1,
    "hotline_24h_has": "มี",
    "hotline_phone": "199",
    "warning_system_count": 2,
    "broadcast_tower_count": 9,
    "hydrant_count": 12,
    "hydrant_working_count": 11,
    "extinguisher_count": 40,
    "fire_vehicle_count": 1,
    "boat_count": 1,
    "water_pump_count": 3,
    "shelter_count": 2,
    "shelter_capacity_total": 300,
    "disaster_vehicle": [FIRE_TRUCK, BOAT],
    "shelter": [SCHOOL, TEMPLE],
    "risk_village_flood_count": 9,
    "risk_village_drought_count": 3,
    "risk_village_landslide_count": 0,
    "risk_village_fire_count": {"missing": "NONE"},
    "road_danger_point_count": 3,
    "road_death_count": 1,
    "open_burning_count": 4,
    "disaster_event": [FLOOD, STORM],
    "disaster_event_count": 2,
    "disaster_damage_total": 1330000.50,
    "disaster_aid_paid": 95000,
    "reserve_fund_disaster": 95000,
    "road_route_count": 2,
    "road_length_total_km": 2,
    "road_concrete_km": 1.25,
    "road_asphalt_km": 0,
    "road_gravel_km": 0.75,
    "road_earth_km": 0,
    "road_in_community_km": 0.75,
    "road_out_community_km": 1.25,
    "road_registered_count": 1,
    "road_registered_km": 1.25,
    "bridge_count": 1,
    "footpath_km": 0,
    "drain_km": 0.4,
    "road": [CONCRETE_ROAD, GRAVEL_ROAD],
    "bridge": [BRIDGE],
    "household_electricity_count": 2093,
    "household_electricity_percent": 99.67,
    "street_light_count": 300,
    "street_light_working_count": 280,
    "street_light_led_count": 150,
    "electricity_cost": 410000,
    "solar_power_kw": 12.5,
    "office_building_own": True,
    "disabled_facility_count": 2,
    "building_permit_count": 14,
    "town_plan_status": "ไม่มี",
    "tax_map_done_percent": 85,
    "public_land_plot_count": 5,
    "public_land_area_rai": 120.25,
    "housing_count": 2450,
    "internet_household_percent": 78.5,
    "bus_terminal_count": 0,
    "pier_count": 0,
    "cctv_count": 20,
    "cctv_working_count": 18,
    "traffic_light_count": 1,
}


@functools.cache
def form() -> Form:
    return build_form(read_folder(FOLDER))


@functools.cache
def table(*parts: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one CSV file of the form's folder."""
    with FOLDER.joinpath(*parts).open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def own_catalogue() -> list[Mapping[str, str]]:
    return [row for row in table("catalogue.csv") if row["domain_no"] in DOMAINS]


def own_rules() -> dict[str, Mapping[str, str]]:
    return {row["code"]: row for domain in DOMAINS for row in table("rules", f"domain_{domain}.csv")}


def findings(answers: Answers, *, unit: UnitContext = SAO) -> list[Finding]:
    """What the engine finds on the questions and registers of domains 3 and 4."""
    return check_answers(form(), answers, unit=unit, today=TODAY, sheets=SHEETS, areas=SouthOf16())


def with_rows(register: str, *rows: Answers) -> Answers:
    return {register: list(rows)}


# Rule code: the question and row that the finding names, answers at the edge that still satisfy, answers that break.
RULES: dict[str, tuple[str, int | None, Answers, Answers]] = {
    "DPREP-01": ("firefighter_count", None, {"firefighter_count": 6}, {"firefighter_count": 7}),
    "DPREP-02": ("opapor_member_count", None, {"opapor_member_count": 6325}, {"opapor_member_count": 6326}),
    "DPREP-03": (
        "opapor_member_count",
        None,
        {"population_total": 6500, "opapor_member_count": 130},
        {"population_total": 6500, "opapor_member_count": 129},
    ),
    "DPREP-04": ("opapor_trained_count", None, {"opapor_trained_count": 130}, {"opapor_trained_count": 131}),
    "DPREP-05": ("rescue_volunteer_count", None, {"rescue_volunteer_count": 0}, {"rescue_volunteer_count": 49}),
    "DPREP-06": ("hydrant_working_count", None, {"hydrant_working_count": 12}, {"hydrant_working_count": 13}),
    "DPREP-07": (
        "fire_vehicle_count",
        None,
        {"fire_vehicle_count": 1, "disaster_vehicle": [FIRE_TRUCK | {"disaster_vehicle_type": "water_truck"}, BOAT]},
        {"fire_vehicle_count": 2},
    ),
    "DPREP-08": (
        "shelter_count",
        None,
        {"shelter_count": 0, "shelter_capacity_total": 0, "shelter": []},
        {"shelter_count": 3},
    ),
    "DPREP-09": (
        "shelter_capacity_total",
        None,
        {"shelter_count": 0, "shelter_capacity_total": 0, "shelter": {"missing": "NONE"}},
        {"shelter_capacity_total": 301},
    ),
    "DVEH-01": (
        "disaster_vehicle_plate",
        2,
        with_rows("disaster_vehicle", FIRE_TRUCK, BOAT),
        with_rows("disaster_vehicle", FIRE_TRUCK, FIRE_TRUCK),
    ),
    "SHEL-01": (
        "shelter_name",
        2,
        with_rows("shelter", SCHOOL, TEMPLE),
        with_rows("shelter", SCHOOL, TEMPLE | {"shelter_name": SCHOOL["shelter_name"]}),
    ),
    "SHEL-02": (
        "shelter_location",
        1,
        with_rows("shelter", SCHOOL, TEMPLE),
        with_rows("shelter", SCHOOL | {"shelter_location": ELSEWHERE}, TEMPLE),
    ),
    "DRISK-01": (
        "risk_village_flood_count",
        None,
        {"village_count": 8, "community_count": 1},
        {"risk_village_flood_count": 10},
    ),
    "DRISK-02": (
        "risk_village_drought_count",
        None,
        {"risk_village_drought_count": 9},
        {"risk_village_drought_count": 10},
    ),
    "DRISK-03": (
        "risk_village_landslide_count",
        None,
        {"risk_village_landslide_count": 9},
        {"risk_village_landslide_count": 10},
    ),
    "DRISK-04": ("risk_village_fire_count", None, {"risk_village_fire_count": 9}, {"risk_village_fire_count": 10}),
    "DEVENT-01": (
        "disaster_event_villages",
        2,
        with_rows("disaster_event", FLOOD, STORM | {"disaster_event_villages": 9}),
        with_rows("disaster_event", FLOOD, STORM | {"disaster_event_villages": 10}),
    ),
    "DEVENT-02": (
        "disaster_event_households",
        1,
        with_rows("disaster_event", FLOOD | {"disaster_event_households": 2100}, STORM),
        with_rows("disaster_event", FLOOD | {"disaster_event_households": 2101}, STORM),
    ),
    "DEVENT-03": (
        "disaster_event_persons",
        1,
        with_rows("disaster_event", FLOOD | {"disaster_event_persons": 4}, STORM),
        with_rows("disaster_event", FLOOD | {"disaster_event_persons": 3}, STORM),
    ),
    "DAID-01": (
        "disaster_event_count",
        None,
        {"disaster_event": [], "disaster_event_count": 0, "disaster_damage_total": 0},
        {"disaster_event_count": 1},
    ),
    "DAID-02": (
        "disaster_damage_total",
        None,
        {"disaster_event": [STORM], "disaster_event_count": 1, "disaster_damage_total": "80,000.00"},
        {"disaster_damage_total": 1330000.51},
    ),
    "ROAD-01": ("road_route_count", None, {}, {"road_route_count": 3}),
    "ROAD-02": ("road_length_total_km", None, {"road_length_total_km": 2.001}, {"road_length_total_km": 2.002}),
    "ROAD-03": ("road_concrete_km", None, {}, {"road_concrete_km": 1.251}),
    "ROAD-04": ("road_asphalt_km", None, {}, {"road_asphalt_km": 0.001}),
    "ROAD-05": ("road_gravel_km", None, {}, {"road_gravel_km": 0.749}),
    "ROAD-06": ("road_earth_km", None, {"road_earth_km": {"missing": "NONE"}}, {"road_earth_km": 0.001}),
    "ROAD-07": ("road_registered_count", None, {"road_registered_count": 2}, {"road_registered_count": 3}),
    "ROAD-08": ("road_registered_km", None, {"road_registered_km": 2}, {"road_registered_km": 2.001}),
    "ROAD-09": ("road_out_community_km", None, {"road_out_community_km": 1.249}, {"road_out_community_km": 1.248}),
    "ROAD-10": (
        "road_route_code",
        2,
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD),
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD | {"road_route_code": CONCRETE_ROAD["road_route_code"]}),
    ),
    "ROAD-11": (
        "road_class",
        2,
        with_rows("road", CONCRETE_ROAD | {"road_class": "6"}, GRAVEL_ROAD | {"road_class": "พิเศษ"}),
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD | {"road_class": "5"}),
    ),
    "ROAD-12": (
        "road_reserve_m",
        1,
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD | {"road_reserve_m": 5}),
        with_rows("road", CONCRETE_ROAD | {"road_footpath_m": 0.5}, GRAVEL_ROAD),
    ),
    "ROAD-13": (
        "road_end",
        1,
        with_rows("road", CONCRETE_ROAD | {"road_end": INSIDE}, GRAVEL_ROAD),
        with_rows("road", CONCRETE_ROAD | {"road_end": FAR}, GRAVEL_ROAD),
    ),
    "ROAD-14": (
        "road_start",
        2,
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD),
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD | {"road_start": ELSEWHERE}),
    ),
    "ROAD-15": (
        "road_end",
        1,
        with_rows("road", CONCRETE_ROAD, GRAVEL_ROAD),
        with_rows("road", CONCRETE_ROAD | {"road_end": ELSEWHERE}, GRAVEL_ROAD),
    ),
    "BRIDGE-01": ("bridge_count", None, {"bridge_count": 0, "bridge": []}, {"bridge_count": 2}),
    "BRIDGE-02": (
        "bridge_location",
        1,
        with_rows("bridge", BRIDGE),
        with_rows("bridge", BRIDGE | {"bridge_location": ELSEWHERE}),
    ),
    "ELEC-01": (
        "household_electricity_count",
        None,
        {"household_electricity_count": 2100, "household_electricity_percent": 100},
        {"household_electricity_count": 2101, "household_electricity_percent": 100},
    ),
    "ELEC-02": (
        "household_electricity_percent",
        None,
        {
            "household_count": 320,
            "household_electricity_count": 290,  # 90.625, half up
            "household_electricity_percent": 90.63,
            "disaster_event": [],
        },
        {"household_electricity_percent": 99.66},
    ),
    "ELEC-03": ("street_light_working_count", None, {"street_light_working_count": 300}, {"street_light_count": 279}),
    "ELEC-04": ("street_light_led_count", None, {"street_light_led_count": 300}, {"street_light_led_count": 301}),
    "BUILD-01": (
        "public_land_area_rai",
        None,
        {"public_land_area_rai": "26,562.50"},
        {"public_land_area_rai": "26,562.51"},
    ),
    "TRANS-01": ("cctv_working_count", None, {"cctv_working_count": 20}, {"cctv_working_count": 21}),
}

# Scalar question: values inside its bounds, values outside.
BOUNDS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "disaster_plan_year_be": ((2550, 2574), (2549, 2575)),
    "disaster_drill_count": ((0, 365), (366,)),
    "household_electricity_percent": ((0, 100), (-1, "100.01")),
    "tax_map_done_percent": ((0, 100), (-1, "100.01")),
    "internet_household_percent": ((0, 100), (-1, "100.01")),
}
# Register, column: values inside its bounds, values outside.
COLUMN_BOUNDS: dict[tuple[str, str], tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    ("disaster_vehicle", "disaster_vehicle_water_litre"): ((500, 20000), (499, 20001)),
    ("disaster_vehicle", "disaster_vehicle_year_be"): ((2490, 2569), (2489, 2570)),
    ("shelter", "shelter_capacity"): ((1, 10000), (0, 10001)),
    ("shelter", "shelter_toilets"): ((0, 500), (-1, 501)),
    ("disaster_event", "disaster_event_date"): (("2025-10-01", "2026-09-30"), ("2025-09-30", "2026-10-01")),
    ("road", "road_name"): (("ก" * 200,), ("ก" * 201,)),
    ("road", "road_length_km"): (("0.001", 200), (0, "200.001")),
    ("road", "road_carriageway_m"): ((1, 60), ("0.99", "60.01")),
    ("road", "road_shoulder_m"): ((0, 10), (-1, "10.01")),
    ("road", "road_footpath_m"): ((0, 10), (-1, "10.01")),
    ("road", "road_reserve_m"): (("0.01",), (0, -1)),
    ("road", "road_year_be"): ((2450, 2569), (2449, 2570)),
    ("road", "road_registered_date"): (("2026-05-20",), ("2026-05-21",)),
    ("bridge", "bridge_width_m"): (("0.5", 60), ("0.49", "60.01")),
    ("bridge", "bridge_length_m"): ((1, 3000), ("0.99", "3000.01")),
    ("bridge", "bridge_year_be"): ((2450, 2569), (2449, 2570)),
}
FIRST_ROW = {
    "disaster_vehicle": FIRE_TRUCK,
    "shelter": SCHOOL,
    "disaster_event": FLOOD,
    "road": CONCRETE_ROAD,
    "bridge": BRIDGE,
}


def has(found: list[Finding], code: str, question: str, row: int | None = None) -> bool:
    return any((f.code, f.question, f.row) == (code, question, row) for f in found)


def described(found: list[Finding]) -> list[str]:
    return [f"{f.code} {f.question} {f.row} {f.message}" for f in found]


def test_finds_nothing_on_an_honest_subdistrict_organisation() -> None:
    assert described(findings(HONEST_SAO)) == []


def test_finds_nothing_on_an_honest_provincial_organisation_without_village_questions() -> None:
    asked = {code: value for code, value in HONEST_SAO.items() if applies(code, "PAO")}

    assert described(findings(asked, unit=PAO)) == []
    assert "risk_village_flood_count" not in asked
    assert "road" in asked


def applies(code: str, unit_type: str) -> bool:
    item = form().item(code)
    assert item is not None, code
    return unit_type in item.applies_to


@pytest.mark.parametrize("unit_type", ["PAO", "CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_asks_every_type_of_unit_for_something_required(domain: str, unit_type: str) -> None:
    sheet = f"domain_{domain}"

    assert any(q.sheet == sheet and q.required and unit_type in q.applies_to for q in form().questions.values())


@pytest.mark.parametrize("code", sorted(RULES))
def test_is_silent_when_the_rule_holds(code: str) -> None:
    _, _, satisfying, _ = RULES[code]

    assert [f for f in findings(HONEST_SAO | satisfying) if f.code == code] == []


@pytest.mark.parametrize("code", sorted(RULES))
def test_names_the_question_and_row_when_the_rule_is_broken(code: str) -> None:
    question, row, _, breaking = RULES[code]

    found = [f for f in findings(HONEST_SAO | breaking) if f.code == code]

    assert [(f.question, f.row, str(f.severity)) for f in found] == [(question, row, own_rules()[code]["severity"])]
    assert "${" not in found[0].message


def test_breaks_every_rule_of_the_two_domains() -> None:
    assert set(RULES) == set(own_rules())


@pytest.mark.parametrize("question", sorted(BOUNDS))
def test_keeps_a_number_within_its_bounds(question: str) -> None:
    inside, outside = BOUNDS[question]

    for value in inside:
        assert not has(findings(HONEST_SAO | {question: value}), "constraint", question), value
    for value in outside:
        assert has(findings(HONEST_SAO | {question: value}), "constraint", question), value


@pytest.mark.parametrize(("register", "column"), sorted(COLUMN_BOUNDS))
def test_keeps_a_column_within_its_bounds(register: str, column: str) -> None:
    inside, outside = COLUMN_BOUNDS[register, column]
    row = FIRST_ROW[register]

    for value in inside:
        found = findings(HONEST_SAO | with_rows(register, row | {column: value}))
        assert not has(found, "constraint", column, 1), value
    for value in outside:
        found = findings(HONEST_SAO | with_rows(register, row | {column: value}))
        assert has(found, "constraint", column, 1), value


def test_refuses_every_count_and_amount_below_zero() -> None:
    numbers = [q for row in own_catalogue() if (q := form().questions[row["code"]]).numeric]

    for question in numbers:
        if question.register is None:
            answers, row = {question.code: -1}, None
        else:
            answers, row = with_rows(question.register, FIRST_ROW[question.register] | {question.code: -1}), 1
        assert has(findings(HONEST_SAO | answers), "constraint", question.code, row), question.code


@pytest.mark.parametrize(
    ("gate", "question"),
    [("disaster_plan_has", "disaster_plan_year_be"), ("hotline_24h_has", "hotline_phone")],
)
def test_asks_a_conditional_question_only_when_its_condition_holds(gate: str, question: str) -> None:
    unanswered = {code: value for code, value in HONEST_SAO.items() if code != question}

    assert has(findings(unanswered | {gate: True}), "required", question)
    assert not has(findings(unanswered | {gate: False}), "required", question)


@pytest.mark.parametrize(
    ("kind", "asked"), [("fire_truck", True), ("รถบรรทุกน้ำ", True), ("alley_fire_truck", False), ("flat_boat", False)]
)
def test_asks_the_water_capacity_of_fire_and_water_trucks_alone(kind: str, asked: bool) -> None:
    row = FIRE_TRUCK | {"disaster_vehicle_type": kind}
    del row["disaster_vehicle_water_litre"]

    found = findings(HONEST_SAO | with_rows("disaster_vehicle", row))

    assert has(found, "required", "disaster_vehicle_water_litre", 1) is asked


@pytest.mark.parametrize(
    ("register", "count"),
    [
        ("disaster_vehicle", "fire_vehicle_count"),
        ("shelter", "shelter_count"),
        ("disaster_event", "disaster_event_count"),
        ("road", "road_route_count"),
        ("bridge", "bridge_count"),
    ],
)
def test_asks_for_a_register_once_its_count_is_not_zero(register: str, count: str) -> None:
    unanswered = {code: value for code, value in HONEST_SAO.items() if code != register}

    assert has(findings(unanswered | {count: 1}), "required", register)
    assert not has(findings(unanswered | {count: 0}), "required", register)


def test_offers_the_share_of_households_with_electricity_rounded_half_up() -> None:
    answers = {"household_count": 320, "household_electricity_count": 290, "household_electricity_percent": 90.62}

    found = [f for f in findings(HONEST_SAO | answers) if f.code == "ELEC-02"]

    assert [str(f.suggestion) for f in found] == ["90.63"]


def test_offers_every_choice_of_the_catalogue_by_its_thai_label() -> None:
    for row in own_catalogue():
        if row["type"] != "choice":
            continue
        choices = form().questions[row["code"]].choices
        assert choices is not None
        assert list(choices.labels.values()) == row["validation"].split(";")
