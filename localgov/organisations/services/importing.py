"""Importing the Department's register file: check, plan, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.audit import services as audit
from localgov.lib.thai_calendar import bangkok_date, fiscal_year_bounds, fiscal_year_of, format_date_short
from localgov.organisations import boundaries, policies
from localgov.organisations.models import Kind, Organisation, OrganisationVersion, RegisterImport, Succession
from localgov.organisations.register.checking import Checked, check_rows
from localgov.organisations.register.planning import Held, VersionPlan, plan_versions
from localgov.organisations.register.report import ImportReport
from localgov.organisations.register.source import Source, read_source
from localgov.organisations.services import offices, reset
from localgov.organisations.services.versions import versions_apply, versions_close, versions_held

#: The subdistrict column joins every sub-district of the district to a unit and is not read (domain.md §2.2).
UNREAD_COLUMNS = ("subdistrict",)
REGISTER_LOCK = "register"
_ACCEPT_LENGTH = 12


class ImportRefused(Exception):
    """The import changes nothing; `reason` is a Thai sentence, `report` tells every refused field."""

    def __init__(self, reason: str, report: ImportReport) -> None:
        super().__init__(reason)
        self.reason = reason
        self.report = report


@dataclass(frozen=True)
class ImportOrder:
    """What the operator asks for besides the file.

    `effective`: the first day on which the file holds (None: today, or for a first import the first day of the fiscal
    year before this one). `complete`: the file names every unit, so one that it leaves out is abolished, once `accept`
    repeats what the preview printed. `merged`: code of a unit that is no more → code of the one that took it in.
    """

    effective: date | None = None
    dry_run: bool = False
    complete: bool = False
    accept: str = ""
    merged: Mapping[str, str] | None = None


@dataclass(frozen=True)
class _Work:
    """What is to be written."""

    report: ImportReport
    units: VersionPlan
    offices: dict[Kind, VersionPlan]
    successors: Mapping[str, str]


@transaction.atomic
def register_import(
    *, actor: Actor, at: datetime, content: bytes, file_name: str, order: ImportOrder | None = None
) -> ImportReport:
    """Import a register file; the same file again changes nothing. The first real file empties a demo installation.

    Raises:
        Denied: the actor does not keep the register.
        NotARegisterFile: the file as a whole cannot be read.
        ImportRefused: a row without code, place, type or name, a date before versions that exist, or an abolition that
            was not accepted. Nothing is written then.
    """
    order = order or ImportOrder()
    policies.can_manage_register(actor).require()
    source = read_source(content)
    checked = check_rows(source.rows)
    register_lock()
    sha256 = hashlib.sha256(content).hexdigest()
    work = _plan(source=source, checked=checked, order=order, at=at, sha256=sha256)
    if checked.refused:
        reason = f"ไม่นำเข้าทั้งไฟล์: มี {len(checked.refused)} แถวที่ใช้ไม่ได้ ให้แก้ไฟล์แล้วนำเข้าใหม่"
        raise ImportRefused(reason, _without_plan(work.report))
    _check_order(work, order)
    if order.dry_run:
        return work.report
    report = replace(work.report, applied=True)
    _apply(work, demo=report.demo_removed > 0 or reset.installation_is_demo())
    if not work.units.is_empty or report.abolished or report.offices.created or report.offices.changed:
        _record(actor=actor, at=at, report=report, file_name=file_name, sha256=sha256)
    return report


def register_lock() -> None:
    """One change of the register at a time; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [REGISTER_LOCK])


def first_effective(at: datetime) -> date:
    """From when a first register holds: the first day of the fiscal year before this one, whose rounds stay open."""
    return fiscal_year_bounds(fiscal_year_of(bangkok_date(at)) - 1)[0]


def _plan(*, source: Source, checked: Checked, order: ImportOrder, at: datetime, sha256: str) -> _Work:
    """Compare the checked file with the register of the effective day."""
    demo = reset.installation_is_demo()
    first = demo or not Organisation.objects.filter(kind=Kind.UNIT).exists()
    effective = order.effective or (first_effective(at) if first else bangkok_date(at))
    held = {} if demo else versions_held(kinds=[Kind.UNIT], on=effective)
    units = plan_versions(checked.records, held)
    office_plans = offices.offices_plan(effective=effective, from_nothing=demo)
    successors = dict(order.merged or {})
    abolished = tuple(one for one in units.left_out if order.complete or one.record.code in successors)
    report = ImportReport(
        read=len(source.rows),
        effective=effective,
        first=first,
        created=units.created,
        changed=units.changed,
        unchanged=units.unchanged,
        abolished=abolished,
        merged=successors,
        left_out=tuple(one for one in units.left_out if one not in abolished),
        refused=tuple(checked.refused),
        doubtful=tuple(checked.doubtful),
        blank_marks=dict(sorted(checked.blank_marks.items())),
        ignored_columns=tuple(name for name in (*UNREAD_COLUMNS, *source.unknown_columns) if name),
        offices=offices.offices_count(office_plans),
        demo_removed=reset.demo_units_count() if demo else 0,
        accept=_accept_code(abolished, successors, effective, sha256),
        boundaries_known=boundaries.are_known(),
    )
    return _Work(report=report, units=units, offices=office_plans, successors=successors)


def _accept_code(abolished: tuple[Held, ...], successors: Mapping[str, str], effective: date, sha256: str) -> str:
    """Ties an accepted preview to the file, the day and the units to be abolished; empty when nothing needs accepting."""
    codes = [one.record.code for one in abolished if one.record.code not in successors]
    if not codes:
        return ""
    seen = "\n".join([sha256, effective.isoformat(), *codes])
    return hashlib.sha256(seen.encode()).hexdigest()[:_ACCEPT_LENGTH]


def _without_plan(report: ImportReport) -> ImportReport:
    """The findings alone: a file with refused rows has no plan that anyone could accept."""
    return ImportReport(
        read=report.read,
        effective=report.effective,
        first=report.first,
        refused=report.refused,
        doubtful=report.doubtful,
        blank_marks=report.blank_marks,
        ignored_columns=report.ignored_columns,
        boundaries_known=report.boundaries_known,
    )


def _check_order(work: _Work, order: ImportOrder) -> None:
    """Refuse what the register or the operator's words do not allow."""
    report = work.report
    reason = _merge_problem(work) or ("" if work.units.is_empty and not report.abolished else _date_problem(report))
    if not reason and report.accept and not order.dry_run and order.accept != report.accept:
        reason = (
            f"ไฟล์ไม่มี อปท. ที่อยู่ในทะเบียน {len(report.abolished)} แห่ง: ตรวจรายชื่อด้วย --dry-run ก่อน "
            f"ถ้ายืนยันให้ยุบเลิก สั่งใหม่โดยเติม --accept {report.accept}"
        )
    if reason:
        raise ImportRefused(reason, report)


def _merge_problem(work: _Work) -> str:
    """A merger names a unit that the file leaves out and one that it holds."""
    left_out = {one.record.code for one in work.units.left_out}
    changed = {one.record.code for one in work.units.changed}
    for old, new in work.successors.items():
        if old not in left_out:
            return f"--merged {old}={new}: {old} ต้องอยู่ในทะเบียนและไม่อยู่ในไฟล์"
        known = changed | {one.code for one in work.units.created}
        if old == new or (new in left_out) or (new not in known and not _in_register(new)):
            return f"--merged {old}={new}: {new} ต้องอยู่ในไฟล์"
    return ""


def _in_register(code: str) -> bool:
    return Organisation.objects.filter(code=code, kind=Kind.UNIT).exists()


def _date_problem(report: ImportReport) -> str:
    """Versions follow one another: nothing may begin before what is in the register already."""
    if report.demo_removed or report.first:
        return ""
    newest = OrganisationVersion.objects.order_by("-in_force__startswith").values_list("in_force", flat=True).first()
    if newest is not None and report.effective < newest.lower:
        return (
            f"วันมีผล {format_date_short(report.effective)} อยู่ก่อนทะเบียนรุ่นล่าสุดที่มีผล {format_date_short(newest.lower)}: "
            "กำหนด --effective ให้ไม่ก่อนวันนั้น"
        )
    for one in report.abolished:
        if one.valid_from == report.effective:
            return f"{one.record.full_name} เริ่มมีในทะเบียนวันเดียวกับวันมีผล จึงยุบเลิกวันนั้นไม่ได้: กำหนด --effective เป็นวันหลังจากนั้น"
    return ""


def _apply(work: _Work, *, demo: bool) -> None:
    """Write the plan."""
    effective = work.report.effective
    if demo:
        reset.demo_empty()
    offices.offices_apply(plans=work.offices, effective=effective)
    versions_apply(kind=Kind.UNIT, plan=work.units, effective=effective)
    versions_close([one.version_id for one in work.report.abolished], on=effective)
    ids = dict(
        Organisation.objects.filter(code__in=[*work.successors.keys(), *work.successors.values()]).values_list(
            "code", "pk"
        )
    )
    Succession.objects.bulk_create(
        [
            Succession(predecessor_id=ids[old], successor_id=ids[new], effective_date=effective)
            for old, new in work.successors.items()
        ]
    )


def _record(*, actor: Actor, at: datetime, report: ImportReport, file_name: str, sha256: str) -> None:
    """Keep the import with its report, and the act."""
    kept = RegisterImport.objects.create(
        source=RegisterImport.Source.REAL,
        file_name=file_name[:300],
        sha256=sha256,
        effective_date=report.effective,
        report=report.as_json(),
        actor_id=actor.user_id,
        actor_label=actor.label,
    )
    audit.record(
        actor=actor,
        type="register.import",
        target_kind="register_import",
        target_id=kept.pk,
        target_label=file_name,
        at=at,
        data={
            "sha256": sha256,
            "effective": report.effective.isoformat(),
            "created": len(report.created),
            "changed": len(report.changed),
            "abolished": len(report.abolished),
            "doubtful": len(report.doubtful),
            "demo_removed": report.demo_removed,
        },
    )
