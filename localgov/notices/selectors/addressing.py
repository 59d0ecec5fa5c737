"""Whom a circular reaches, by the register of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from localgov.lib.unit_types import UnitType
from localgov.notices.models import Circular
from localgov.organisations import areas
from localgov.organisations.models import Kind, OrganisationVersion

#: Offices that a circular may go to, with the words of the pages.
OFFICE_KINDS: dict[str, str] = {Kind.PROVINCE.value: "สถจ.", Kind.DISTRICT.value: "สถอ."}


@dataclass(frozen=True)
class Addressed:
    """How many organisations of a kind are addressed; `label` is the unit type or the kind of office."""

    label: str
    count: int


def reached(circular: Circular, *, on: date) -> QuerySet[OrganisationVersion]:
    """The versions in force on a day that the circular's choice means, all strictly under its office: never one outside.

    Areas follow supervision (`path`), as the office's own tree does: a district means those that answer to it.
    """
    areas_chosen = Q(path__startswith=circular.office_path) if circular.everywhere else Q(pk__in=[])
    for code in () if circular.everywhere else circular.provinces:
        areas_chosen |= Q(path__startswith=f"th.{code}.")
    for code in () if circular.everywhere else circular.districts:
        areas_chosen |= Q(path__startswith=f"th.{code[:2]}.{code}.")
    kinds = Q(organisation__kind=Kind.UNIT, unit_type__in=circular.unit_types)
    kinds |= Q(organisation__kind__in=[one for one in circular.office_kinds if one in OFFICE_KINDS])
    chosen = areas_chosen & kinds
    if not circular.everywhere and circular.units:
        chosen |= Q(organisation__code__in=circular.units)
    versions = OrganisationVersion.objects.in_force(on).under(circular.office_path)
    return versions.filter(chosen).exclude(organisation_id=circular.office_id)


def counts(circular: Circular, *, on: date) -> list[Addressed]:
    """How many of each type and kind of office it reaches, types first; one query."""
    found = reached(circular, on=on).values_list("organisation__kind", "unit_type").annotate(count=Count("pk"))
    by_kind = {(kind, unit_type): count for kind, unit_type, count in found.order_by("organisation__kind", "unit_type")}
    lines = [(one.label, by_kind.get((Kind.UNIT.value, one.value), 0)) for one in UnitType]
    lines += [(label, by_kind.get((kind, ""), 0)) for kind, label in OFFICE_KINDS.items()]
    return [Addressed(label, count) for label, count in lines if count]


def unknown_units(codes: Sequence[str], *, office_path: str, on: date) -> list[str]:
    """Codes that name no unit or office under the sender's."""
    if not codes:
        return []
    versions = OrganisationVersion.objects.in_force(on).under(office_path).exclude(path=office_path)
    known = set(versions.filter(organisation__code__in=codes).values_list("organisation__code", flat=True))
    return [code for code in codes if code not in known]


def wording(circular: Circular) -> str:
    """To whom it goes, in a sentence."""
    kinds = [UnitType(one).abbreviation for one in circular.unit_types]
    if len(kinds) == len(UnitType):
        kinds = ["อปท. ทุกประเภท"]
    kinds += [OFFICE_KINDS[one] for one in circular.office_kinds if one in OFFICE_KINDS]
    places = [f"จ.{areas.province_name(code)}" for code in circular.provinces]
    places += [f"อ.{areas.district_name(code)}" for code in circular.districts]
    if circular.everywhere:
        where = "ทั้งประเทศ" if circular.office_path == "th." else f"ทุกแห่งในสังกัด {circular.office_name}"
    else:
        where = ", ".join(places[:8]) + (f" และอีก {len(places) - 8:,} แห่ง" if len(places) > 8 else "")
    parts = [f"{' '.join(kinds)} ใน{where}" if circular.everywhere or places else ""]
    if circular.units and not circular.everywhere:
        parts.append(f"เฉพาะแห่ง {len(circular.units):,} แห่ง")
    return " และ".join(part for part in parts if part)
