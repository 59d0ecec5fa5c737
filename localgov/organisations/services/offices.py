"""The Department, its 76 provincial and 878 district offices, from the country's list of areas."""

from __future__ import annotations

from datetime import date

from localgov.organisations import areas
from localgov.organisations.models import Kind
from localgov.organisations.register.planning import VersionPlan, plan_versions
from localgov.organisations.register.records import VersionRecord, department_record, district_record, province_record
from localgov.organisations.register.report import OfficeCounts
from localgov.organisations.services.versions import versions_apply, versions_held

OFFICE_KINDS = (Kind.DEPARTMENT, Kind.PROVINCE, Kind.DISTRICT)


def office_records(*, is_demo: bool = False) -> dict[Kind, list[VersionRecord]]:
    """Every office as it should be."""
    return {
        Kind.DEPARTMENT: [department_record(is_demo=is_demo)],
        Kind.PROVINCE: [province_record(one, is_demo=is_demo) for one in areas.provinces()],
        Kind.DISTRICT: [district_record(one, is_demo=is_demo) for one in areas.districts()],
    }


def offices_plan(*, effective: date, is_demo: bool = False, from_nothing: bool = False) -> dict[Kind, VersionPlan]:
    """What would change in the offices; `from_nothing` for a register that is about to be emptied."""
    held = {} if from_nothing else versions_held(kinds=OFFICE_KINDS, on=effective)
    return {kind: plan_versions(records, held) for kind, records in office_records(is_demo=is_demo).items()}


def offices_apply(*, plans: dict[Kind, VersionPlan], effective: date) -> None:
    """Write the offices' plans, in the caller's transaction. An office is never abolished by an import."""
    for kind, plan in plans.items():
        versions_apply(kind=kind, plan=plan, effective=effective)


def offices_count(plans: dict[Kind, VersionPlan]) -> OfficeCounts:
    """The counts of the report."""
    return sum((OfficeCounts.of(plan) for plan in plans.values()), OfficeCounts())
