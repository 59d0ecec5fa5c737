"""The demo registry (DESIGN §4): as many units of each type as the country has, with names of real places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import geothai
from django.db import transaction
from geothai.types import Subdistrict

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas, policies
from localgov.organisations.models import Kind, Organisation, RegisterImport
from localgov.organisations.register.planning import plan_versions
from localgov.organisations.register.records import VersionRecord, unit_names, unit_path
from localgov.organisations.services import offices, reset
from localgov.organisations.services.importing import first_effective, register_lock
from localgov.organisations.services.versions import versions_apply

#: Units of each type as the Department publishes them (domain.md §2.1).
DEMO_COUNTS: Final = {
    UnitType.PAO: 76,
    UnitType.CITY: 30,
    UnitType.TOWN: 195,
    UnitType.SUBDISTRICT: 2_247,
    UnitType.SAO: 5_300,
    UnitType.SPECIAL: 1,
}
_PATTAYA_DISTRICT: Final = "2004"
_CAPITAL: Final = "เมือง"


@dataclass(frozen=True)
class DemoRegister:
    """How many units the demo registry holds, from which day; `created` is False when it was there before."""

    units: int
    offices: int
    created: bool
    effective: date


@transaction.atomic
def demo_register_make(*, actor: Actor, at: datetime) -> DemoRegister:
    """Build the demo registry in an empty installation; where it stands already, nothing changes.

    Raises:
        Denied: no right, or the installation holds a register of its own.
    """
    policies.can_manage_register(actor).require()
    register_lock()
    if reset.installation_is_demo():
        office_count = Organisation.objects.exclude(kind=Kind.UNIT).count()
        newest = RegisterImport.objects.latest("pk")
        return DemoRegister(reset.demo_units_count(), office_count, created=False, effective=newest.effective_date)
    if Organisation.objects.exists():
        raise Denied("ระบบนี้มีทะเบียน อปท. จริงอยู่แล้ว จึงสร้างทะเบียนสาธิตทับไม่ได้")
    effective = first_effective(at)
    office_plans = offices.offices_plan(effective=effective, is_demo=True, from_nothing=True)
    offices.offices_apply(plans=office_plans, effective=effective)
    records = tuple(demo_records())
    versions_apply(kind=Kind.UNIT, plan=plan_versions(records, {}), effective=effective)
    made = DemoRegister(
        units=len(records), offices=offices.offices_count(office_plans).created, created=True, effective=effective
    )
    kept = RegisterImport.objects.create(
        source=RegisterImport.Source.DEMO,
        effective_date=effective,
        report={"created": made.units, "offices": {"created": made.offices}},
        actor_id=actor.user_id,
        actor_label=actor.label,
    )
    audit.record(
        actor=actor,
        type="register.demo",
        target_kind="register_import",
        target_id=kept.pk,
        target_label="ทะเบียนสาธิต",
        at=at,
        data={"created": made.units},
    )
    return made


def demo_records() -> Iterator[VersionRecord]:
    """Every demo unit. Codes begin with 9, which no code of the Department does."""
    running: Counter[str] = Counter()
    for unit_type, name, district_code, postcode in _units():
        running[district_code] += 1
        code = f"9{district_code}{running[district_code]:02d}"
        province_code = district_code[:2]
        full_name, short_name = unit_names(unit_type, name)
        yield VersionRecord(
            code=code,
            name=name,
            full_name=full_name,
            short_name=short_name,
            path=unit_path(unit_type, code=code, province_code=province_code, district_code=district_code),
            unit_type=unit_type.value,
            province_code=province_code,
            district_code=district_code,
            postcode=postcode,
            is_demo=True,
        )


def _units() -> Iterator[tuple[UnitType, str, str, str]]:
    """Type, name, district code and postcode of every unit, type by type."""
    for province in areas.provinces():
        yield UnitType.PAO, province.name, f"{province.code}01", ""
    yield UnitType.SPECIAL, "เมืองพัทยา", _PATTAYA_DISTRICT, ""
    towns = _towns()
    cities = DEMO_COUNTS[UnitType.CITY]
    for rank, (name, district_code) in enumerate(towns[: cities + DEMO_COUNTS[UnitType.TOWN]]):
        yield (UnitType.CITY if rank < cities else UnitType.TOWN), name, district_code, ""
    for unit_type, tambon in _tambon_units():
        postcode = tambon.postal_codes[0] if tambon.postal_codes else ""
        yield unit_type, tambon.name_th, tambon.district_code, postcode


def _towns() -> list[tuple[str, str]]:
    """Names and districts of towns, the biggest districts first: capitals of provinces, then all other districts."""
    ranked = sorted(areas.districts(), key=lambda one: (-len(geothai.subdistricts(one.code)), one.code))
    capitals = [(areas.province_name(one.province_code), one.code) for one in ranked if _is_capital(one)]
    others = [(one.name, one.code) for one in ranked if not _is_capital(one) and one.code != _PATTAYA_DISTRICT]
    return capitals + others


def _is_capital(district: areas.District) -> bool:
    return district.code.endswith("01") and district.name.startswith(_CAPITAL)


def _tambon_units() -> Iterator[tuple[UnitType, Subdistrict]]:
    """ทต. and อบต. spread evenly over the sub-districts; where both counts exceed the tambons, some hold both."""
    tambons = [
        tambon
        for district in sorted(areas.districts(), key=lambda one: one.code)
        for tambon in geothai.subdistricts(district.code)
    ]
    municipal, rural = DEMO_COUNTS[UnitType.SUBDISTRICT], DEMO_COUNTS[UnitType.SAO]
    both = municipal + rural - len(tambons)
    seen = 0
    for index, tambon in enumerate(tambons):
        is_municipal = _falls_here(index, municipal, len(tambons))
        if is_municipal:
            yield UnitType.SUBDISTRICT, tambon
        if not is_municipal or _falls_here(seen, both, municipal):
            yield UnitType.SAO, tambon
        seen += is_municipal


def _falls_here(index: int, share: int, total: int) -> bool:
    """Whether the `index`-th of `total` places gets one of `share` things spread evenly."""
    return (index + 1) * share // total > index * share // total
