"""Reading rounds and rosters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.forms import selectors as forms
from localgov.forms.engine.facts import UnitContext
from localgov.lib.thai_calendar import (
    bangkok_date,
    fiscal_year_of,
    format_date_short,
    format_datetime_short,
    last_day_before,
)
from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.first_dates import LastDays, first_dates
from localgov.rounds.models import Extension, Reopening, RosterEntry, Round
from localgov.rounds.scopes import Reach, Scope

_STANDINGS = {
    "due": Q(excused_from__isnull=True),
    "excused": Q(excused_from__isnull=False),
    "extended": Q(due_at__gt=F("round__due_at")),
}


@dataclass(frozen=True)
class NotOnRoster(Exception):
    """No such form, year or unit; `reason` is a Thai sentence that says what there is instead."""

    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class Dates:
    """The three dates of a unit in a round, exclusive moments."""

    due_at: datetime
    last_new_at: datetime
    last_edit_at: datetime


@dataclass(frozen=True)
class TypeCount:
    """How many units of a type."""

    unit_type: UnitType
    count: int


# rounds


def rounds(*, actor: Actor) -> QuerySet[Round]:
    """All rounds, newest year first, each with `unit_count` (units due, of the whole country), for who may see rounds."""
    if not actor.scopes(Permission.ROUND_VIEW):
        return Round.objects.none()
    due = RosterEntry.objects.due().filter(round=OuterRef("pk")).order_by().values("round").annotate(n=Count("pk"))
    count = Coalesce(Subquery(due.values("n"), output_field=IntegerField()), Value(0))
    return (
        Round.objects.annotate(unit_count=count)
        .select_related("form_version")
        .defer("form_version__source")
        .order_by("-fiscal_year_be", "form_code")
    )


def round_of(*, form_code: str, fiscal_year: int) -> Round | None:
    """The round of a form in a fiscal year (พ.ศ.), None when the year is not open."""
    return (
        Round.objects.filter(form_code=form_code, fiscal_year_be=fiscal_year)
        .select_related("form_version")
        .defer("form_version__source")
        .first()
    )


def open_rounds(*, at: datetime) -> list[Round]:
    """Rounds of which some unit's answers may still change (extended or re-opened ones too), newest year first."""
    later = Extension.objects.filter(round=OuterRef("pk"), last_edit_at__gt=at)
    reopened = Reopening.objects.filter(round=OuterRef("pk"), from_at__lte=at, until_at__gt=at, end__isnull=True)
    return list(
        Round.objects.filter(Q(last_edit_at__gt=at) | Exists(later) | Exists(reopened), opened_at__lte=at)
        .select_related("form_version")
        .defer("form_version__source")
        .order_by("-fiscal_year_be", "form_code")
    )


def proposed(*, form_code: str, at: datetime) -> tuple[int, LastDays]:
    """The next fiscal year of a form and its dates: those of the newest round, a year later; of a first round, the usual."""
    newest = Round.objects.filter(form_code=form_code).order_by("-fiscal_year_be").first()
    if newest is None:
        fiscal_year = fiscal_year_of(at)
        return fiscal_year, first_dates(fiscal_year, on=bangkok_date(at))
    fiscal_year = newest.fiscal_year_be + 1
    if newest.last_new_at != newest.last_edit_at:
        return fiscal_year, LastDays(
            *(_year_later(last_day_before(one)) for one in (newest.due_at, newest.last_new_at, newest.last_edit_at))
        )
    return fiscal_year, first_dates(fiscal_year, on=bangkok_date(at))


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def units_in_force(*, on: date) -> list[TypeCount]:
    """Units of the register on a day, counted by type: whom a round opened then would ask."""
    return by_type(OrganisationVersion.objects.in_force(on).units())


# rosters


def roster(*, actor: Actor, round_id: int, search: Mapping[str, Any]) -> QuerySet[RosterEntry]:
    """A round's units that the actor may see, in Thai order. `search`: words, province, unit_type, standing (due, excused,
    extended)."""
    found = (
        RosterEntry.objects.visible_to(actor, Permission.ROUND_VIEW).filter(round_id=round_id).select_related("round")
    )
    if words := search_text(search.get("words") or ""):
        found = found.filter(Q(search_text__contains=words) | Q(code__startswith=words))
    for field, key in (("province_code", "province"), ("unit_type", "unit_type")):
        if search.get(key):
            found = found.filter(**{field: search[key]})
    if search.get("standing"):
        found = found.filter(_STANDINGS[search["standing"]])
    return found.order_by("sort_key", "pk")


def roster_counts(*, actor: Actor, round_id: int) -> list[TypeCount]:
    """Units due in a round that the actor may see, by type."""
    return by_type(RosterEntry.objects.visible_to(actor, Permission.ROUND_VIEW).filter(round_id=round_id).due())


def roster_provinces(*, actor: Actor, round_id: int) -> list[tuple[str, str]]:
    """Code and name of the provinces in a roster that the actor may see, in Thai order."""
    visible = RosterEntry.objects.visible_to(actor, Permission.ROUND_VIEW).filter(round_id=round_id)
    codes = set(visible.order_by().values_list("province_code", flat=True).distinct())
    return [(one.code, one.name) for one in areas.provinces() if one.code in codes]


def managed_entry(*, actor: Actor, pk: int) -> RosterEntry | None:
    """A unit of a roster that the actor may excuse."""
    return RosterEntry.objects.visible_to(actor, Permission.ROUND_OPEN).select_related("round").filter(pk=pk).first()


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
        .defer("round__form_version__source")
        .first()
    )
    if entry is not None:
        return entry
    raise NotOnRoster(_what_is_unknown(form_code, fiscal_year, organisation_code))


# dates of units


def dates_of(entry: RosterEntry, *, as_of: datetime | None = None) -> Dates:
    """A unit's dates from the recorded acts: the latest of the round's and of each extension that reaches it.

    `as_of` leaves out what the database recorded after that moment. Without it the answer is what stands on the entry. The
    entry's round is loaded; 1 query.
    """
    acts = Extension.objects.reaching(entry)
    if as_of is not None:
        acts = acts.filter(recorded_at__lte=as_of)
    found = [entry.round, *acts.order_by("pk")]
    return Dates(*(max(getattr(one, name) for one in found) for name in ("due_at", "last_new_at", "last_edit_at")))


def reached(*, round_id: int, reach: Reach) -> QuerySet[RosterEntry]:
    """The units of a round within reach, by the roster's places: whoever rules the place rules them there."""
    return RosterEntry.objects.filter(round_id=round_id).reached(reach)


def reach_path(*, round_id: int, reach: Reach) -> str:
    """The supervision path of the place: of a unit today's, empty when the round has no such unit."""
    if reach.scope is Scope.UNIT:
        return reached(round_id=round_id, reach=reach).values_list("path", flat=True).first() or ""
    return {
        Scope.ALL: "th.",
        Scope.PROVINCE: f"th.{reach.code}.",
        Scope.DISTRICT: f"th.{reach.code[:2]}.{reach.code}.",
    }[reach.scope]


def reach_label(reach: Reach, *, unit_name: str = "") -> str:
    """How a reach is called: `ทุกแห่งในรอบ`, `จังหวัดปราจีนบุรี`, `อำเภอเมือง… จังหวัด…`, a unit's full name."""
    if reach.scope is Scope.ALL:
        return Scope.ALL.label
    if reach.scope is Scope.UNIT:
        return unit_name
    if reach.scope is Scope.PROVINCE:
        return f"จังหวัด{areas.province_name(reach.code)}"
    return f"อำเภอ{areas.district_name(reach.code)} จังหวัด{areas.province_name(reach.code[:2])}"


@dataclass(frozen=True)
class TimeAct:
    """An extension or re-opening as a line of the list; `labels` are the titles of the round's sheets."""

    kind: str
    act: Extension | Reopening
    labels: Mapping[str, str]
    as_of: datetime | None = None

    @property
    def key(self) -> tuple[datetime, int]:
        """By when it was recorded."""
        return self.act.recorded_at, self.act.pk

    @property
    def what(self) -> str:
        """The dates of the act in words; its round, and the end of a re-opening, are loaded."""
        act = self.act
        if isinstance(act, Extension):
            dates = (("ครบกำหนด", "due_at"), ("เริ่มได้ถึง", "last_new_at"), ("แก้ไขได้ถึง", "last_edit_at"))
            moved = (
                (label, getattr(act, name)) for label, name in dates if getattr(act, name) > getattr(act.round, name)
            )
            return " · ".join(f"{label} {format_date_short(last_day_before(moment))}" for label, moment in moved)
        until = format_date_short(last_day_before(act.until_at))
        text = f"{sheets_words(act.sections, self.labels)} ตั้งแต่ {format_date_short(act.from_at)} ถึง {until}"
        end = getattr(act, "end", None)
        if end is not None and self.as_of is not None and end.recorded_at > self.as_of:
            end = None
        return f"{text} (ปิดก่อนกำหนดเมื่อ {format_datetime_short(end.at)}: {end.reason})" if end else text


def sheets_words(sections: Sequence[str] | None, labels: Mapping[str, str]) -> str:
    """`ทุกด้าน`, or the titles of some."""
    return "ทุกด้าน" if sections is None else " ".join(f"“{labels.get(code, code)}”" for code in sections)


def time_acts_of(entry: RosterEntry, *, as_of: datetime | None = None) -> list[TimeAct]:
    """Extensions and re-openings that reach a unit (and were recorded by then), newest first; its round is loaded (2 queries)."""
    labels = forms.sheet_labels(entry.round.form_version_id)
    extended = Extension.objects.reaching(entry).select_related("round")
    acts = [
        *(TimeAct("ขยายเวลา", one, labels, as_of) for one in extended.order_by("pk")),
        *(TimeAct("เปิดให้แก้ไข", one, labels, as_of) for one in entry.reopenings),
    ]
    if as_of is not None:
        acts = [one for one in acts if one.act.recorded_at <= as_of]
    return sorted(acts, key=lambda one: one.key, reverse=True)


def time_acts(*, actor: Actor, round: Round) -> list[TimeAct]:
    """Extensions and re-openings of a round that reach a unit of the actor's, newest first (2 queries)."""
    labels = forms.sheet_labels(round.form_version_id)
    acts = [
        *(TimeAct("ขยายเวลา", one, labels) for one in _acts(Extension.objects.all(), actor, round)),
        *(TimeAct("เปิดให้แก้ไข", one, labels) for one in _acts(Reopening.objects.select_related("end"), actor, round)),
    ]
    return sorted(acts, key=lambda one: one.key, reverse=True)


def _acts(acts: QuerySet[Any], actor: Actor, round: Round) -> QuerySet[Any]:
    mine = RosterEntry.objects.visible_to(actor, Permission.ROUND_VIEW).filter(round=round)
    touching = (
        Q(scope=Scope.ALL)
        | Q(scope=Scope.PROVINCE, scope_code__in=mine.values("province_code"))
        | Q(scope=Scope.DISTRICT, scope_code__in=mine.values("district_code"))
        | Q(scope=Scope.UNIT, scope_code__in=mine.values("code"))
    )
    return acts.filter(touching, round=round).select_related("round").order_by("-pk")


def unit_context(entry: RosterEntry) -> UnitContext:
    """What the form's expressions may ask about the unit of that year. The entry's round is loaded."""
    return UnitContext(
        unit_type=entry.unit_type,
        province_code=entry.province_code,
        fiscal_year=entry.round.fiscal_year_be,
        district_code=entry.district_code,
    )


def _what_is_unknown(form_code: str, fiscal_year: int, organisation_code: str) -> str:
    rounds_of_form = Round.objects.filter(form_code=form_code).order_by("fiscal_year_be")
    years = list(rounds_of_form.values_list("fiscal_year_be", flat=True))
    if not years:
        codes = Round.objects.order_by("form_code").values_list("form_code", flat=True).distinct()
        return f"ไม่มีรอบของแบบ “{form_code}” แบบที่เปิดรอบแล้ว: {', '.join(codes) or 'ยังไม่มีแบบใดเปิดรอบ'}"
    if fiscal_year not in years:
        hint = f" หากหมายถึง ค.ศ. ให้ใช้ {fiscal_year + 543}" if fiscal_year + 543 in years else ""
        known = ", ".join(map(str, years))
        return f"แบบ “{form_code}” ยังไม่เปิดรอบปีงบประมาณ {fiscal_year} ปีที่เปิดแล้ว: {known}{hint}"
    return f"ไม่มี อปท. รหัส “{organisation_code}” ในบัญชีรายชื่อของรอบปีงบประมาณ {fiscal_year} ตรวจรหัส 7 หลักในหน้าทะเบียน อปท."


def by_type(rows: QuerySet[RosterEntry] | QuerySet[OrganisationVersion]) -> list[TypeCount]:
    """Units counted by type."""
    counts = dict(rows.order_by().values_list("unit_type").annotate(Count("pk")))
    return [TypeCount(kind, counts[kind.value]) for kind in UnitType if kind.value in counts]
