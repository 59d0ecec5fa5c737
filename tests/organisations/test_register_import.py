"""Importing files one after another: versions, previews, mergers, refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.db import IntegrityError, transaction

from localgov.access.actor import Actor, system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.organisations import selectors
from localgov.organisations.models import Kind, Organisation, OrganisationVersion, RegisterImport, Succession
from localgov.organisations.register.report import ImportReport
from localgov.organisations.services import ImportOrder, ImportRefused, register_import
from tests.organisations.register_files import FIRST, Row, register_file, row

pytestmark = pytest.mark.django_db

OPERATOR = system_actor("ทดสอบ", RoleCode.OPERATOR)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIRST_DAY = date(2025, 10, 1)
NEXT_YEAR = date(2027, 10, 1)
RENAMED = row("6250201", "บ้านชื่อใหม่")
UPGRADED = row("6250202", "บ้านแบบอย่าง", "เทศบาลตำบล")
MOVED = row("5250203", "เมืองตัวอย่าง", "เทศบาลตำบล", district="นาดี")


def run(*rows: Row, actor: Actor = OPERATOR, at: datetime = AT, **order: Any) -> ImportReport:
    """Import rows as a file."""
    return register_import(
        actor=actor, at=at, content=register_file(rows), file_name="register.csv", order=ImportOrder(**order)
    )


def version_on(code: str, day: date) -> OrganisationVersion:
    """The version of an organisation in force on a day."""
    return OrganisationVersion.objects.in_force(day).get(organisation__code=code)


def counts(report: ImportReport) -> dict[str, object]:
    """The counts that the issue names."""
    printed = report.as_json()
    return {name: printed[name] for name in ("read", "created", "changed", "unchanged", "abolished", "demo_removed")}


def test_makes_units_and_offices_from_a_first_file() -> None:
    report = run(*FIRST)

    assert counts(report) == {"read": 6, "created": 6, "changed": 0, "unchanged": 0, "abolished": 0, "demo_removed": 0}
    assert report.as_json()["offices"] == {"created": 955, "changed": 0, "unchanged": 0}
    kinds = {kind: Organisation.objects.filter(kind=kind).count() for kind in Kind.values}
    assert kinds == {"DEPARTMENT": 1, "PROVINCE": 76, "DISTRICT": 878, "UNIT": 6}
    unit = version_on("6250201", FIRST_DAY)
    assert (unit.full_name, unit.path, unit.valid_to) == (
        "องค์การบริหารส่วนตำบลบ้านสมมติ",
        "th.25.2502.6250201.",
        None,
    )
    assert version_on("P25", FIRST_DAY).path == "th.25."
    assert version_on("D2502", FIRST_DAY).full_name == "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอกบินทร์บุรี"


def test_a_first_register_holds_from_the_fiscal_year_before_this_one() -> None:
    assert run(*FIRST).effective == FIRST_DAY


def test_the_same_file_again_changes_nothing() -> None:
    run(*FIRST)

    report = run(*FIRST)

    assert counts(report) == {"read": 6, "created": 0, "changed": 0, "unchanged": 6, "abolished": 0, "demo_removed": 0}
    assert OrganisationVersion.objects.count() == 955 + 6
    assert RegisterImport.objects.count() == 1
    assert Event.objects.filter(type="register.import").count() == 1


def test_a_later_file_opens_new_versions_from_its_day() -> None:
    run(*FIRST)

    report = run(RENAMED, UPGRADED, MOVED, *FIRST[3:], row("6250299", "บ้านเกิดใหม่"), effective=NEXT_YEAR)

    assert counts(report) == {"read": 7, "created": 1, "changed": 3, "unchanged": 3, "abolished": 0, "demo_removed": 0}
    kinds = {change["code"]: change["kinds"] for change in report.as_json()["changes"]}
    assert kinds == {"6250201": ["RENAMED"], "6250202": ["RETYPED"], "5250203": ["MOVED"]}
    day_before = date(2027, 9, 30)
    assert [version_on("6250201", day).name for day in (day_before, NEXT_YEAR)] == ["บ้านสมมติ", "บ้านชื่อใหม่"]
    assert [version_on("6250202", day).short_name for day in (day_before, NEXT_YEAR)] == [
        "อบต.บ้านแบบอย่าง",
        "ทต.บ้านแบบอย่าง",
    ]
    assert [version_on("5250203", day).path for day in (day_before, NEXT_YEAR)] == [
        "th.25.2502.5250203.",
        "th.25.2503.5250203.",
    ]
    assert not OrganisationVersion.objects.in_force(day_before).filter(organisation__code="6250299").exists()


def test_old_days_keep_the_old_name() -> None:
    run(*FIRST)
    run(RENAMED, *FIRST[1:], effective=NEXT_YEAR)
    unit = Organisation.objects.get(code="6250201")

    names = [selectors.full_names_on(organisation_ids=[unit.pk], on=day)[unit.pk] for day in (FIRST_DAY, NEXT_YEAR)]

    assert names == ["องค์การบริหารส่วนตำบลบ้านสมมติ", "องค์การบริหารส่วนตำบลบ้านชื่อใหม่"]


def test_a_preview_says_the_same_and_writes_nothing() -> None:
    run(*FIRST)

    preview = run(RENAMED, *FIRST[1:], effective=NEXT_YEAR, dry_run=True)

    assert (preview.applied, len(preview.changed)) == (False, 1)
    assert version_on("6250201", NEXT_YEAR).name == "บ้านสมมติ"
    assert RegisterImport.objects.count() == 1


def test_a_corrected_file_of_the_same_day_replaces_what_never_was_in_force() -> None:
    run(*FIRST)
    run(RENAMED, *FIRST[1:], effective=NEXT_YEAR)

    run(row("6250201", "บ้านชื่อถูก"), *FIRST[1:], effective=NEXT_YEAR)

    names = OrganisationVersion.objects.filter(organisation__code="6250201").order_by("in_force").values_list("name")
    assert [name for (name,) in names] == ["บ้านสมมติ", "บ้านชื่อถูก"]


def test_refuses_a_day_before_what_the_register_holds() -> None:
    run(*FIRST)
    run(RENAMED, *FIRST[1:], effective=NEXT_YEAR)

    with pytest.raises(ImportRefused, match=r"1 ต\.ค\. 2570"):
        run(*FIRST[:5], UPGRADED | {"id": "6250999"}, effective=date(2027, 1, 1))


def test_keeps_a_unit_that_a_file_leaves_out() -> None:
    run(*FIRST)

    report = run(*FIRST[1:], effective=NEXT_YEAR)

    assert [held.record.code for held in report.left_out] == ["6250201"]
    assert version_on("6250201", NEXT_YEAR).valid_to is None


def test_abolishes_a_left_out_unit_once_the_preview_is_accepted() -> None:
    run(*FIRST)
    preview = run(*FIRST[1:], effective=NEXT_YEAR, complete=True, dry_run=True)

    with pytest.raises(ImportRefused, match=preview.accept):
        run(*FIRST[1:], effective=NEXT_YEAR, complete=True)
    with pytest.raises(ImportRefused):
        run(*FIRST[2:], effective=NEXT_YEAR, complete=True, accept=preview.accept)
    report = run(*FIRST[1:], effective=NEXT_YEAR, complete=True, accept=preview.accept)

    assert [held.record.code for held in report.abolished] == ["6250201"]
    assert not OrganisationVersion.objects.in_force(NEXT_YEAR).filter(organisation__code="6250201").exists()
    assert version_on("6250201", date(2027, 9, 30)).name == "บ้านสมมติ"


def test_a_merger_names_the_unit_that_reads_the_old_ones_papers() -> None:
    run(*FIRST)

    report = run(*FIRST[1:], effective=NEXT_YEAR, merged={"6250201": "5250203"})

    assert [held.record.code for held in report.abolished] == ["6250201"]
    succession = Succession.objects.select_related("predecessor", "successor").get()
    assert (succession.predecessor.code, succession.successor.code) == ("6250201", "5250203")
    assert succession.effective_date == NEXT_YEAR


@pytest.mark.parametrize("merged", [{"6250202": "5250203"}, {"6250201": "9999999"}, {"6250201": "6250201"}])
def test_refuses_a_merger_that_the_file_does_not_bear_out(merged: dict[str, str]) -> None:
    run(*FIRST)

    with pytest.raises(ImportRefused, match="--merged"):
        run(*FIRST[1:], effective=NEXT_YEAR, merged=merged)


def test_one_refused_row_refuses_the_whole_file() -> None:
    run(*FIRST)

    with pytest.raises(ImportRefused) as refused:
        run(RENAMED, *FIRST[1:], row("6250298", "บ้านไร้จังหวัด", province=""), effective=NEXT_YEAR)

    report = refused.value.report.as_json()
    assert [(one["row"], one["field"]) for one in report["refused"]] == [(8, "province")]
    assert (report["created"], report["changed"], report["applied"]) == (0, 0, False)
    assert version_on("6250201", NEXT_YEAR).name == "บ้านสมมติ"


def test_a_returning_unit_gets_a_new_version() -> None:
    run(*FIRST)
    run(*FIRST[1:], effective=NEXT_YEAR, merged={"6250201": "5250203"})

    report = run(*FIRST, effective=date(2028, 10, 1))

    assert counts(report)["created"] == 1
    assert version_on("6250201", date(2028, 10, 1)).name == "บ้านสมมติ"


def test_only_keepers_of_the_register_may_import() -> None:
    with pytest.raises(Denied, match="ผู้ปฏิบัติการระบบ"):
        run(*FIRST, actor=system_actor("ทดสอบ", RoleCode.PROVINCE_OFFICER))

    assert not Organisation.objects.exists()


def test_the_record_says_who_imported_what() -> None:
    run(*FIRST)

    event = Event.objects.get(type="register.import")
    assert (event.actor_label, event.data["created"]) == ("ทดสอบ", 6)
    assert RegisterImport.objects.get().report["read"] == 6


def test_the_database_refuses_versions_that_overlap() -> None:
    run(*FIRST)
    version = version_on("6250201", FIRST_DAY)
    version.pk, version.in_force = None, DateRange(NEXT_YEAR, None)

    with pytest.raises(IntegrityError, match="organisation_one_version_in_force"), transaction.atomic():
        version.save(force_insert=True)
