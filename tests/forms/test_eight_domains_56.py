"""Domains 5 (การบริหารจัดการน้ำ) and 6 (การจัดการภายในและธรรมาภิบาล) of the eight-domain form.

An honest อบต., ทม. and อบจ. give no finding; from them each rule, constraint and condition is broken in turn.
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
DOMAINS = ("5", "6")
TODAY = dt.date(2026, 5, 20)

Answers = dict[str, Any]
INSIDE = {"lat": 14.05, "lon": 101.37}
ELSEWHERE = {"lat": 18.79, "lon": 98.98}
NO_DATA = {"missing": "NO_DATA", "reason": "รอผลรังวัด"}


class Box:
    """Areas that know provinces by a line of latitude and by the first two digits of a sub-district's code."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        """Whether a point lies in the province."""
        return point.lat < 16

    def tambon_exists(self, code: str) -> bool | None:
        """Whether a sub-district code is in use."""
        return None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        """Whether a sub-district lies in the province."""
        return code.startswith(province_code)


def unit(unit_type: str, province_code: str = "25") -> UnitContext:
    return UnitContext(unit_type=unit_type, province_code=province_code, fiscal_year=2569)


def village(number: int, population: int, households: int) -> Answers:
    return {
        "village_kind": "หมู่บ้าน",
        "village_no": number,
        "village_name": f"บ้านที่ {number}",
        "village_tambon_code": "250201",
        "village_population": population,
        "village_households": households,
    }


def water_village(number: int, households: int, has_waterworks: Any) -> Answers:
    sources = ("vw_src_mwa", "vw_src_commercial", "vw_src_other_village", "vw_src_waterbank", "vw_src_natural")
    return dict.fromkeys(sources, 0) | {
        "vw_village_no": number,
        "vw_village_name": f"บ้านที่ {number}",
        "vw_tambon": "250201",
        "vw_households": households,
        "vw_has_waterworks": has_waterworks,
        "vw_src_pwa": 100,
        "vw_src_self": 50,
    }


VILLAGES = [village(1, 3000, 1000), village(2, 2000, 600), village(3, 1325, 500)]
WATER_VILLAGES = [water_village(1, 1000, True), water_village(2, 600, "มี"), water_village(3, 500, False)]
COMMUNITY: Answers = {
    "village_kind": "community",
    "village_name": "ชุมชนตลาดเก่า",
    "village_tambon_code": "250201",
    "village_population": 0,
    "village_households": 0,
}
BUILT: Answers = {
    "ws_name": "ประปาหมู่ 1",
    "ws_village_no": 1,
    "ws_owner_type": "องค์กรปกครองส่วนท้องถิ่น (อปท.)",
    "ws_responsible_agency": "กองช่าง",
    "ws_system_type": "ประปาบาดาลขนาดใหญ่",
    "ws_source_type": "น้ำบาดาล",
    "ws_capacity_m3_hr": 10,
    "ws_usage_type": "domestic",
    "ws_construction_year_be": 2555,
    "ws_establishment_type": "built",
    "ws_operational_status": "working",
    "ws_drinking_quality": "pass",
    "ws_utility_quality": "usable",
    "ws_quantity": "enough",
    "ws_households_served": 900,
    "ws_shared": "not_shared",
    "ws_location": INSIDE,
}
TRANSFERRED: Answers = BUILT | {
    "ws_name": "ประปาหมู่ 2",
    "ws_system_type": "ประปาผิวดินขนาดกลาง",
    "ws_source_type": "น้ำผิวดิน",
    "ws_construction_year_be": 2540,
    "ws_establishment_type": "ถ่ายโอนจากหน่วยงานอื่น",
    "ws_establishment_agency": "กรมอนามัย",
    "ws_transfer_year_be": 2546,
    "ws_transfer_agency": "กรมอนามัย",
    "ws_transfer_document_status": "ไม่มีเอกสาร",
    "ws_operational_status": "not_working",
    "ws_drinking_quality": "no_data",
    "ws_utility_quality": "no_data",
    "ws_quantity": "not_enough",
}
POND: Answers = {
    "water_source_name": "หนองใหญ่",
    "water_source_type": "หนอง/บึง",
    "water_source_capacity_m3": "12,500.50",
    "water_source_area_rai": 100,
    "water_source_households": 80,
    "water_source_year_round": True,
    "water_source_condition": "shallow",
    "water_source_location": INSIDE,
}
STREAM: Answers = {
    "water_source_name": "ห้วยยาง",
    "water_source_type": "ลำห้วย/คลอง",
    "water_source_capacity_m3": 0,
    "water_source_year_round": False,
    "water_source_condition": "usable",
    "water_source_location": INSIDE,
}
ADMIN: Answers = {
    "admin_name": "ก",
    "admin_position": "นักวิชาการ",
    "admin_phone": "199",
    "admin_email": "info@example.go.th",
}
MAYOR: Answers = {"exec_position": "นายก", "exec_name": "ก", "exec_from": "2021-11-28"}
PAST_MAYOR: Answers = MAYOR | {"exec_from": "2017-11-28", "exec_to": "2021-11-28"}
CLERK: Answers = {"exec_position": "ปลัด", "exec_name": "ข", "exec_from": "2013-10-01"}

WATER_COUNTS: Answers = {
    "weir_count": 0,
    "check_dam_count": 0,
    "reservoir_count": 0,
    "dug_pond_count": 0,
    "groundwater_well_count": 0,
    "groundwater_well_working_count": 0,
    "groundwater_bank_closed_count": {"missing": "NONE"},
    "groundwater_bank_open_count": 0,
    "irrigation_canal_count": 2,
    "pump_station_count": 1,
}
INSIDE_THE_UNIT: Answers = {
    "office_address": "99 หมู่ 1",
    "office_phone": "199",
    "office_email": "saraban@example.go.th",
    "website_has": True,
    "website_url": "https://example.go.th",
    "office_location": INSIDE,
    "area_km2": 42.5,
    "population_male": 3100,
    "population_female": 3225,
    "population_total": 6325,
    "household_count": 2100,
    "size_class": "สามัญ",
    "established_date": "1996-03-02",
    "system_admin": [ADMIN],
    "council_seat_count": 6,
    "council_member_count": 6,
    "council_female_count": 2,
    "council_meeting_count": 4,
    "eligible_voter_count": 5000,
    "turnout_count": 3500,
    "executive_person": [MAYOR, PAST_MAYOR, CLERK],
    "staff_official_count": 12,
    "staff_teacher_count": 4,
    "staff_permanent_employee_count": 1,
    "staff_contract_mission_count": 8,
    "staff_contract_general_count": 5,
    "staff_total": 30,
    "staff_post_authorised_count": 36,
    "personnel_cost_percent": 34.5,
    "local_plan_project_count": 120,
    "local_plan_project_done_count": 35,
    "budget_ordinance_date": "2025-10-01",
    "elaas_current": "เป็นปัจจุบัน",
    "ita_score": 91.25,
    "complaint_received_count": 10,
    "complaint_closed_count": 8,
    "satisfaction_percent": 95,
    "internal_audit_done": True,
    "dpo_appointed": False,
}
SAO: Answers = (
    INSIDE_THE_UNIT
    | WATER_COUNTS
    | {
        "village_count": 3,
        "community_count": 0,
        "village": VILLAGES,
        "village_waterworks_yes_count": 2,
        "village_waterworks_no_count": 1,
        "water_system_count": 2,
        "water_system_working_count": 1,
        "water_system_drinking_pass_count": 1,
        "water_system_insufficient_count": 1,
        "household_tap_water_count": 1900,
        "household_pwa_count": 300,
        "household_self_source_count": 150,
        "household_natural_source_count": 30,
        "household_no_clean_water_count": 20,
        "water_quality_test_count": 4,
        "tap_water_produced_m3d": 400,
        "tap_water_demand_m3d": 450.5,
        "tap_water_price_m3": 7,
        "tap_water_income": 800000,
        "village_water_village": WATER_VILLAGES,
        "water_system": [BUILT, TRANSFERRED],
        "natural_river_count": 1,
        "natural_pond_count": 1,
        "shallow_well_count": 3,
        "water_storage_total_m3": 12500.50,
        "irrigated_area_rai": 100,
        "water_source": [POND, STREAM],
    }
)
TOWN: Answers = SAO | {
    "council_seat_count": 18,
    "village_count": 0,
    "community_count": 1,
    "village": [COMMUNITY | {"village_population": 6325, "village_households": 2100}],
    "village_waterworks_yes_count": 0,
    "village_waterworks_no_count": 0,
    "village_water_village": {"missing": "NONE"},
}
NOT_FOR_PAO = (
    *("village_count", "community_count", "village", "village_waterworks_yes_count", "village_waterworks_no_count"),
    *("household_tap_water_count", "household_pwa_count", "household_self_source_count"),
    *("household_natural_source_count", "household_no_clean_water_count", "tap_water_produced_m3d"),
    *("tap_water_demand_m3d", "tap_water_price_m3", "tap_water_income", "village_water_village"),
    *("natural_river_count", "natural_pond_count", "shallow_well_count"),
)
PAO: Answers = {code: answer for code, answer in SAO.items() if code not in NOT_FOR_PAO} | {
    "area_km2": 4762.36,
    "council_seat_count": 24,
    "water_source": [],
    "water_storage_total_m3": 0,
    "irrigated_area_rai": 0,
}


@functools.cache
def form() -> Form:
    return build_form(read_folder(FOLDER))


@functools.cache
def table(*parts: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one CSV file of the form's folder."""
    with FOLDER.joinpath(*parts).open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def own_codes() -> set[str]:
    own = [row for row in table("catalogue.csv") if row["domain_no"] in DOMAINS]
    return {row["code"] for row in own} | {row["group_code"] for row in own}


def own_rules() -> dict[str, Mapping[str, str]]:
    return {row["code"]: row for domain in DOMAINS for row in table("rules", f"domain_{domain}.csv")}


def findings(answers: Answers, where: UnitContext) -> list[Finding]:
    """What the engine finds on the questions and registers of domains 5 and 6."""
    found = check_answers(form(), answers, unit=where, last_year=None, today=TODAY, areas=Box())
    return [finding for finding in found if finding.question in own_codes()]


def changed(rows: list[Answers], number: int, **columns: Any) -> list[Answers]:
    """The rows with some columns of one row (from 1) changed."""
    return [row | columns if place == number else row for place, row in enumerate(rows, start=1)]


def villages(number: int, **columns: Any) -> Answers:
    return {"village": changed(VILLAGES, number, **columns)}


def water_villages(number: int, **columns: Any) -> Answers:
    return {"village_water_village": changed(WATER_VILLAGES, number, **columns)}


def systems(number: int, **columns: Any) -> Answers:
    return {"water_system": changed([BUILT, TRANSFERRED], number, **columns)}


def one_cell(register: str, row: int, column: str, value: Any) -> Answers:
    return {register: changed(SAO[register], row, **{column: value})}


def seats(number: int, villages: int = 0) -> Answers:
    return {"council_seat_count": number, "village_count": villages}


WATER_TWICE = water_villages(3, vw_village_no=1)
NOBODY: Answers = {"population_male": 0, "population_female": 0, "population_total": 0}
BASES = {"SAO": SAO, "TOWN": TOWN, "PAO": PAO, "SUBDISTRICT": SAO, "CITY": TOWN, "SPECIAL": TOWN}

Case = tuple[str, str, str, int | None, Answers, Answers]

# Rule, question of an อบต., an answer at the edge that satisfies, an answer that breaks.
ONE_ANSWER: list[tuple[str, str, Any, Any]] = [
    ("WATER-02", "village_waterworks_no_count", 1, 2),
    ("WATER-04", "water_system_count", 2, 3),
    ("WATER-05", "water_system_working_count", 2, 3),
    ("WATER-06", "water_system_drinking_pass_count", 2, 3),
    ("WATER-07", "water_system_insufficient_count", 2, 3),
    ("WATER-08", "water_system_working_count", 1, 2),
    ("WATER-10", "water_system_insufficient_count", 1, 0),
    ("WATER-11", "household_tap_water_count", 2100, 2101),
    ("WATER-12", "household_pwa_count", 1900, 1901),
    ("WATER-13", "household_self_source_count", 2100, 2101),
    ("WATER-14", "household_natural_source_count", 2100, 2101),
    ("WATER-15", "household_no_clean_water_count", 20, 21),
    ("WSRC-10", "groundwater_well_working_count", 0, 1),
    ("WSRC-11", "water_storage_total_m3", "๑๒,๕๐๐.๕๐", 12500.51),
    ("WSRC-12", "irrigated_area_rai", 100, 100.25),
    ("POP-02", "household_count", 6325, 6326),
    ("POP-02", "household_count", 791, 790),
    ("AREA-01", "area_km2", 2500, 2500.01),
    ("AREA-03", "area_km2", 0.32, 0.31),
    ("ESTAB-01", "upgraded_date", "1996-03-02", "1996-03-01"),
    ("OFFICE-01", "office_location", INSIDE, ELSEWHERE),
    ("COUNCIL-06", "council_seat_count", 6, 7),
    ("COUNCIL-08", "council_member_count", 6, 7),
    ("COUNCIL-09", "council_female_count", 6, 7),
    ("COUNCIL-10", "eligible_voter_count", 6325, 6326),
    ("COUNCIL-11", "turnout_count", 5000, 5001),
    ("EXEC-01", "executive_person", [MAYOR, PAST_MAYOR], [MAYOR, MAYOR | {"exec_to": "2026-05-21"}]),
    ("EXEC-02", "executive_person", [CLERK], [CLERK, CLERK]),
    ("STAFF-01", "staff_total", 30, 31),
    ("STAFF-02", "staff_post_authorised_count", 30, 29),
    ("STAFF-03", "personnel_cost_percent", 40, 40.01),
    ("GOV-01", "local_plan_project_done_count", 120, 121),
    ("GOV-02", "budget_ordinance_date", "2025-10-01", "2025-10-02"),
    ("GOV-03", "budget_ordinance_date", "2024-10-01", "2024-09-30"),
    ("GOV-04", "complaint_closed_count", 10, 11),
]
# Rule, register of an อบต., row, its question, a value at the edge that satisfies, a value that breaks.
ONE_CELL: list[tuple[str, str, int, str, Any, Any]] = [
    ("VW-01", "village_water_village", 3, "vw_village_no", 3, 1),
    ("VW-02", "village_water_village", 2, "vw_tambon", "250202", "500101"),
    ("VW-03", "village_water_village", 2, "vw_src_pwa", 600, 601),
    ("VW-04", "village_water_village", 2, "vw_src_mwa", 600, 601),
    ("VW-05", "village_water_village", 2, "vw_src_commercial", 600, 601),
    ("VW-06", "village_water_village", 2, "vw_src_other_village", 600, 601),
    ("VW-07", "village_water_village", 2, "vw_src_waterbank", 600, 601),
    ("VW-08", "village_water_village", 2, "vw_src_self", 600, 601),
    ("VW-09", "village_water_village", 2, "vw_src_natural", 600, 601),
    ("VW-10", "village_water_village", 3, "vw_src_mwa", 0, 1),
    ("WSYS-01", "water_system", 2, "ws_name", "ประปาหมู่ 2", "ประปาหมู่ 1"),
    ("WSYS-02", "water_system", 1, "ws_source_type", "แหล่งน้ำผสม", "น้ำผิวดิน"),
    ("WSYS-03", "water_system", 2, "ws_transfer_year_be", 2540, 2539),
    ("WSYS-04", "water_system", 1, "ws_utility_quality", "usable", "ใช้เพื่อการอุปโภคไม่ได้"),
    ("WSYS-05", "water_system", 1, "ws_households_served", 2100, 2101),
    ("WSYS-07", "water_system", 1, "ws_location", INSIDE, ELSEWHERE),
    ("WSRC-13", "water_source", 2, "water_source_name", "หนองใหญ่ หมู่ 2", "หนองใหญ่"),
    ("WSRC-14", "water_source", 1, "water_source_households", 2100, 2101),
    ("WSRC-15", "water_source", 2, "water_source_location", INSIDE, ELSEWHERE),
    ("VILLAGE-09", "village", 2, "village_no", 2, 1),
    ("VILLAGE-10", "village", 3, "village_tambon_code", "250202", "500101"),
]
# Rule, scalar question, the kind in the register of water sources that must be counted in it.
ONE_SOURCE = [
    ("WSRC-01", "natural_river_count", "แม่น้ำ"),
    ("WSRC-01", "natural_river_count", "ลำห้วย/คลอง"),
    ("WSRC-02", "natural_pond_count", "หนอง/บึง"),
    ("WSRC-03", "weir_count", "ฝาย"),
    ("WSRC-04", "check_dam_count", "ฝายชะลอน้ำ"),
    ("WSRC-05", "reservoir_count", "อ่างเก็บน้ำ"),
    ("WSRC-06", "dug_pond_count", "สระ"),
    ("WSRC-07", "groundwater_well_count", "บ่อบาดาล"),
    ("WSRC-08", "groundwater_bank_closed_count", "ธนาคารน้ำใต้ดินระบบปิด"),
    ("WSRC-09", "groundwater_bank_open_count", "ธนาคารน้ำใต้ดินระบบเปิด"),
]


def one_more(question: str, kind: str) -> Answers:
    """One water source more, in the register and in the count of its kind."""
    row = STREAM | {"water_source_name": "แห่งใหม่", "water_source_type": kind}
    before = SAO[question] if isinstance(SAO[question], int) else 0
    return {question: before + 1, "water_source": [POND, STREAM, row]}


# Rule, type of unit, question and row that the finding names, answers that satisfy, answers that break.
MANY_ANSWERS: list[Case] = [
    (
        *("WATER-01", "SAO", "village_waterworks_yes_count", None),
        water_villages(3, vw_has_waterworks="มี")
        | {"village_waterworks_yes_count": 3, "village_waterworks_no_count": 0},
        {"village_waterworks_yes_count": 3},
    ),
    ("WATER-03", "SAO", "village_waterworks_no_count", None, {}, {"village_water_village": WATER_VILLAGES[:2]}),
    ("WATER-04", "PAO", "water_system_count", None, {}, {"water_system": []}),
    ("WATER-09", "SAO", "water_system_drinking_pass_count", None, {}, systems(1, ws_drinking_quality="fail")),
    ("WATER-16", "SAO", "village_water_village", None, {}, water_villages(1, vw_households=1001)),
    ("VW-01", "SAO", "vw_village_no", 3, water_villages(3, vw_village_no=1, vw_tambon="250202"), WATER_TWICE),
    (
        *("WSYS-05", "SAO", "ws_households_served", 2),
        systems(2, ws_households_served=2101, ws_shared="ใช้ร่วมกับหมู่บ้านอื่น"),
        systems(2, ws_households_served=2101, ws_shared="no_data"),
    ),
    (
        *("WSYS-06", "TOWN", "ws_households_served", 1),
        systems(1, ws_households_served=2100),
        systems(1, ws_households_served=2101),
    ),
    ("WSRC-05", "PAO", "reservoir_count", None, {}, {"reservoir_count": 1}),
    ("POP-01", "SAO", "population_total", None, {}, NOBODY),
    ("AREA-02", "PAO", "area_km2", None, {"area_km2": 416.7}, {"area_km2": 399.99}),
    (
        *("VILLAGE-01", "SAO", "village", None),
        {"community_count": 1, "village": [*VILLAGES, COMMUNITY]},
        {"community_count": 1},
    ),
    ("VILLAGE-02", "SAO", "village", None, {}, {"village": [*VILLAGES[:2], COMMUNITY]}),
    ("VILLAGE-03", "SAO", "village", None, {}, villages(1, village_population=2999)),
    ("VILLAGE-03", "SUBDISTRICT", "village", None, {}, villages(1, village_population=3001)),
    ("VILLAGE-04", "TOWN", "village", None, {}, {"village": [COMMUNITY | {"village_population": 6326}]}),
    ("VILLAGE-05", "CITY", "village", None, {}, {"village": [COMMUNITY | {"village_population": 6324}]}),
    ("VILLAGE-06", "SAO", "village", None, {}, villages(3, village_households=499)),
    ("VILLAGE-07", "SPECIAL", "village", None, {}, {"village": [COMMUNITY | {"village_households": 2101}]}),
    ("VILLAGE-08", "TOWN", "village", None, {}, {"village": [COMMUNITY | {"village_households": 2099}]}),
    ("COUNCIL-01", "SUBDISTRICT", "council_seat_count", None, seats(12), seats(18)),
    ("COUNCIL-02", "TOWN", "council_seat_count", None, seats(18), seats(12)),
    ("COUNCIL-03", "CITY", "council_seat_count", None, seats(24), seats(18)),
    ("COUNCIL-04", "SPECIAL", "council_seat_count", None, seats(24), seats(30)),
    ("COUNCIL-05", "PAO", "council_seat_count", None, seats(36), seats(26)),
    ("COUNCIL-05", "PAO", "council_seat_count", None, seats(48), seats(18)),
    ("COUNCIL-06", "SAO", "council_seat_count", None, seats(9, villages=9), seats(12, villages=9)),
    ("COUNCIL-06", "SAO", "council_seat_count", None, seats(8, villages=9), seats(7, villages=6)),
    ("COUNCIL-07", "SAO", "council_seat_count", None, seats(6, villages=6), seats(6, villages=7)),
    ("EXEC-03", "SAO", "exec_to", 1, {}, {"executive_person": [CLERK | {"exec_to": "2013-10-01"}]}),
    (
        *("EXEC-04", "SAO", "exec_to", 1),
        {"executive_person": [CLERK | {"exec_to": "2025-09-30"}]},
        {"executive_person": [PAST_MAYOR | {"exec_to": "2021-11-29"}]},
    ),
]
CASES: list[Case] = [
    *((code, "SAO", question, None, {question: good}, {question: bad}) for code, question, good, bad in ONE_ANSWER),
    *(
        (code, "SAO", column, row, one_cell(register, row, column, good), one_cell(register, row, column, bad))
        for code, register, row, column, good, bad in ONE_CELL
    ),
    *(
        (code, "SAO", question, None, one_more(question, kind), one_more(question, kind) | {question: SAO[question]})
        for code, question, kind in ONE_SOURCE
    ),
    *MANY_ANSWERS,
]

# Question (of an อบต.): answers inside its bounds, answers outside.
BOUNDS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "population_total": ((6325, "๖,๓๒๕"), (6000,)),
    "household_count": ((1,), (0,)),
    "area_km2": (("0.1", 25000), (0, "25000.01")),
    "village_count": ((0, 400), (-1, 401)),
    "community_count": ((0,), (-1,)),
    "established_date": (("2026-05-20",), ("2026-05-21",)),
    "office_address": (("99 หมู่ 1\nตำบลหนองกี่", "ก" * 300), ("ก" * 301,)),
    "council_seat_count": ((6, 48), (5, 49)),
    "council_meeting_count": ((0, 60), (61,)),
    "budget_ordinance_date": (("2026-09-30",), ("2026-10-01",)),
    "personnel_cost_percent": ((0, 100), ("100.01",)),
    "ita_score": ((0, 100), (101,)),
    "lpa_score_percent": ((0, 100), (101,)),
    "satisfaction_percent": ((0, 100), (101,)),
    "tap_water_price_m3": ((0, 50), (51,)),
    "tap_water_income": ((0,), (-1,)),
}


@pytest.mark.parametrize(
    ("unit_type", "answers"),
    [("SAO", SAO), ("TOWN", TOWN), ("PAO", PAO), ("SUBDISTRICT", SAO | {"council_seat_count": 12})],
)
def test_an_honest_unit_gives_no_finding(unit_type: str, answers: Answers) -> None:
    assert findings(answers, unit(unit_type)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_a_rule_finds_what_breaks_it_and_passes_what_satisfies_it(case: Case) -> None:
    code, unit_type, question, row, satisfying, breaking = case
    base, where = BASES[unit_type], unit(unit_type)
    assert code not in {finding.code for finding in findings(base | satisfying, where)}
    found = [finding for finding in findings(base | breaking, where) if finding.code == code]
    severity = own_rules()[code]["severity"]
    assert (question, row, severity) in {(each.question, each.row, str(each.severity)) for each in found}
    assert all("${" not in each.message for each in found)


def test_every_rule_of_the_two_domains_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(own_rules())


@pytest.mark.parametrize("question", BOUNDS)
def test_a_constraint_holds_at_its_bounds_and_not_beyond(question: str) -> None:
    inside, outside = BOUNDS[question]

    def broken(value: Any) -> bool:
        found = findings(SAO | {question: value}, unit("SAO"))
        return any((each.code, each.question) == ("constraint", question) for each in found)

    assert [value for value in inside if broken(value)] == []
    assert [value for value in outside if not broken(value)] == []


@pytest.mark.parametrize(
    ("question", "row", "asked"),
    [
        ("village_no", 2, villages(2, village_no=None)),
        ("ws_establishment_agency", 2, systems(2, ws_establishment_agency=None)),
        ("ws_transfer_year_be", 1, systems(1, ws_establishment_type="transferred")),
        ("ws_transfer_agency", 1, systems(1, ws_establishment_type="transferred")),
        ("ws_transfer_document_status", 1, systems(1, ws_establishment_type="transferred")),
        ("ws_transfer_document", 2, systems(2, ws_transfer_document_status="มีเอกสาร")),
        ("village", None, {"village": None}),
        ("village_water_village", None, {"village_water_village": None}),
        ("water_system", None, {"water_system": None}),
        ("water_source", None, {"water_source": None}),
    ],
)
def test_a_conditional_question_is_required_once_its_condition_holds(
    question: str, row: int | None, asked: Answers
) -> None:
    answers = {code: answer for code, answer in (SAO | asked).items() if answer is not None}
    found = {(each.code, each.question, each.row) for each in findings(answers, unit("SAO"))}
    assert ("required", question, row) in found


def test_website_and_administrators_are_linked_and_never_missing() -> None:
    linked = {"website_has", "website_url", "system_admin"}
    answers = {code: answer for code, answer in SAO.items() if code not in linked}

    assert {code for code in linked if not form().item(code).linked} == set()  # type: ignore[union-attr]
    assert findings(answers, unit("SAO")) == []


def test_an_area_without_data_and_with_a_reason_silences_the_rules_about_it() -> None:
    assert findings(SAO | {"area_km2": NO_DATA}, unit("SAO")) == []


def test_the_metropolitan_waterworks_is_no_wonder_in_its_own_provinces() -> None:
    answers = SAO | water_villages(3, vw_src_mwa=1)
    assert "VW-10" not in {finding.code for finding in findings(answers, unit("SAO", "11"))}


def test_a_town_without_villages_may_serve_its_communities_from_its_own_waterworks() -> None:
    assert findings(TOWN | systems(1, ws_households_served=2000), unit("TOWN")) == []


@pytest.mark.parametrize("unit_type", ["PAO", "CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL"])
def test_each_domain_asks_something_of_every_type(unit_type: str) -> None:
    asked = {
        question.sheet
        for question in form().questions.values()
        if question.required and question.register is None and unit_type in question.applies_to
    }
    assert {"domain_5", "domain_6"} <= asked


@pytest.mark.parametrize("code", NOT_FOR_PAO)
def test_a_provincial_organisation_is_not_asked_about_villages_and_households(code: str) -> None:
    item = form().item(code)
    assert item is not None
    assert item.applies_to == {"CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL"}
