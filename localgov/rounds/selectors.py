"""Reading rounds and rosters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from localgov.forms.engine.facts import UnitContext
from localgov.rounds.models import RosterEntry, Round


@dataclass(frozen=True)
class NotOnRoster(Exception):
    """No such form, year or unit; `reason` is a Thai sentence that says what there is instead."""

    reason: str

    def __str__(self) -> str:
        return self.reason


def round_of(*, form_code: str, fiscal_year: int) -> Round | None:
    """The round of a form in a fiscal year (พ.ศ.), None when the year is not open."""
    return Round.objects.filter(form_code=form_code, fiscal_year_be=fiscal_year).select_related("form_version").first()


def open_rounds(*, at: datetime) -> list[Round]:
    """Rounds whose answers may still change, newest year first."""
    return list(
        Round.objects.filter(opened_at__lte=at, last_edit_at__gt=at)
        .select_related("form_version")
        .order_by("-fiscal_year_be", "form_code")
    )


def entry_of(*, form_code: str, fiscal_year: int, organisation_code: str) -> RosterEntry:
    """A unit in the round of a form and year, with its round and form version.

    Raises:
        NotOnRoster: saying which of form, year and unit is unknown, and which there are.
    """
    entry = (
        RosterEntry.objects.filter(
            round__form_code=form_code, round__fiscal_year_be=fiscal_year, code=organisation_code
        )
        .select_related("round", "round__form_version")
        .first()
    )
    if entry is not None:
        return entry
    years = list(
        Round.objects.filter(form_code=form_code).order_by("fiscal_year_be").values_list("fiscal_year_be", flat=True)
    )
    if not years:
        codes = Round.objects.order_by("form_code").values_list("form_code", flat=True).distinct()
        known = ", ".join(codes) or "ยังไม่มีแบบใดเปิดรอบ"
        raise NotOnRoster(f"ไม่มีรอบของแบบ “{form_code}” แบบที่เปิดรอบแล้ว: {known}")
    if fiscal_year not in years:
        hint = f" หากหมายถึง ค.ศ. ให้ใช้ {fiscal_year + 543}" if fiscal_year + 543 in years else ""
        raise NotOnRoster(
            f"แบบ “{form_code}” ยังไม่เปิดรอบปีงบประมาณ {fiscal_year} ปีที่เปิดแล้ว: {', '.join(map(str, years))}{hint}"
        )
    raise NotOnRoster(
        f"ไม่มี อปท. รหัส “{organisation_code}” ในบัญชีรายชื่อของรอบปีงบประมาณ {fiscal_year} ตรวจรหัส 7 หลักในหน้าทะเบียน อปท."
    )


def unit_context(entry: RosterEntry) -> UnitContext:
    """What the form's expressions may ask about the unit of that year. The entry's round is loaded."""
    return UnitContext(
        unit_type=entry.unit_type,
        province_code=entry.province_code,
        fiscal_year=entry.round.fiscal_year_be,
        district_code=entry.district_code,
    )
