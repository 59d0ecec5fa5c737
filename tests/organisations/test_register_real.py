"""The Department's register as it comes: 7,849 units, dirty fields and all."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from localgov.organisations import boundaries
from localgov.organisations.models import Kind, Organisation, OrganisationVersion
from localgov.organisations.register.checking import Checked, check_rows
from localgov.organisations.register.source import read_source

pytestmark = pytest.mark.real_data

TYPES = {"pao": "PAO", "city": "CITY", "town": "TOWN", "tambon_mun": "SUBDISTRICT", "tao": "SAO", "special": "SPECIAL"}
ON = date(2026, 11, 21)


@pytest.fixture
def checked(shared_data: Path) -> Checked:
    """The file, read and checked."""
    return check_rows(read_source((shared_data / "dla_register.csv").read_bytes()).rows)


@pytest.fixture
def truth(shared_data: Path) -> dict[str, dict[str, str]]:
    """The same units as another compilation has them, by code."""
    with (shared_data / "lao_registry.csv").open(encoding="utf-8", newline="") as file:
        return {row["dla_code"]: row for row in csv.DictReader(file)}


def report_of(path: Path, *options: str) -> dict[str, Any]:
    """The JSON report of one import."""
    out = StringIO()
    call_command("import_register", str(path), "--json", *options, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def test_refuses_no_row(checked: Checked) -> None:
    assert (len(checked.records), checked.refused) == (7849, [])


def test_agrees_with_another_compilation_of_the_register(checked: Checked, truth: dict[str, dict[str, str]]) -> None:
    wrong = [
        one.code
        for one in checked.records
        if (one.unit_type, one.full_name, one.short_name, one.province_code, one.district_code)
        != (
            TYPES[truth[one.code]["type_code"]],
            truth[one.code]["full_name_th"],
            truth[one.code]["short_name_th"],
            truth[one.code]["province_code"],
            truth[one.code]["district_code"],
        )
    ]

    assert wrong == []


def test_puts_every_unit_under_the_office_that_watches_it(checked: Checked, truth: dict[str, dict[str, str]]) -> None:
    steps = {"province": 3, "district": 4}

    wrong = [one.code for one in checked.records if one.path.count(".") != steps[truth[one.code]["reviewer_level"]]]

    assert wrong == []


def test_lists_what_is_doubtful_and_nothing_else(checked: Checked) -> None:
    found = Counter(one.field for one in checked.doubtful)

    assert found["website"] == 119
    assert found["area"] == 71
    assert found["zipcode"] == 6
    half_or_abroad = [one for one in checked.doubtful if one.field == "lat,lng" and "นอกจังหวัด" not in one.reason]
    assert len(half_or_abroad) == 47
    by_value = {one.value: (one.row, one.code, one.field) for one in checked.doubtful}
    assert by_value["bansang001@bansang.go.th"] == (3018, "5250601", "website")
    assert by_value["www.Khlongphon go.th"] == (3, "5810402", "website")
    assert by_value["70370150"][2] == "area"


def test_lists_the_points_outside_their_province(checked: Checked) -> None:
    if not boundaries.SHAPES_FILE.exists():
        pytest.skip("ยังไม่ได้สร้าง assets/dist (make setup)")

    assert sum("นอกจังหวัด" in one.reason for one in checked.doubtful) == 32


def test_every_website_is_stored_or_listed(checked: Checked) -> None:
    listed = {one.code for one in checked.doubtful if one.field == "website"}
    unread = {one.code: one.website_typed for one in checked.records if one.website_typed and not one.website}

    assert {typed for code, typed in unread.items() if code not in listed} == {"-", "."}


@pytest.mark.django_db
def test_comes_in_whole_and_a_second_time_changes_nothing(shared_data: Path) -> None:
    path = shared_data / "dla_register.csv"

    first, second = report_of(path), report_of(path)

    assert (first["read"], first["created"], first["offices"]["created"]) == (7849, 7849, 955)
    assert (second["created"], second["changed"], second["unchanged"]) == (0, 0, 7849)
    assert second["offices"] == {"created": 0, "changed": 0, "unchanged": 955}
    kinds = {kind: Organisation.objects.filter(kind=kind).count() for kind in Kind.values}
    assert kinds == {"DEPARTMENT": 1, "PROVINCE": 76, "DISTRICT": 878, "UNIT": 7849}
    prachin_buri = OrganisationVersion.objects.in_force(ON).units().under("th.25.")
    assert prachin_buri.count() == 70
