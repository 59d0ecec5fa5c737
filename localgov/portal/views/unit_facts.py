"""What the register tells of a unit, as its pages print it: its names in time, its office, its domains' titles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from localgov.forms.translations import domain_label
from localgov.lib.domains import Domain
from localgov.organisations.models import OrganisationVersion
from localgov.organisations.naming import unit_name
from localgov.organisations.selectors import UnitStory
from localgov.portal.selectors import places


@dataclass(frozen=True)
class Named:
    """A name that the unit bore from a day on, until before another."""

    name: str
    first: date
    end: date | None
    is_current: bool


def domain_title(domain: Domain) -> str:
    """`ด้านที่ 6 การจัดการภายในและธรรมาภิบาล`."""
    return _("ด้านที่ %(number)s %(name)s") % {"number": domain.number, "name": domain_label(domain.code, domain.name)}


def shown_name(unit: OrganisationVersion) -> str:
    """Its name in the language of the page."""
    return unit_name(
        name=unit.name,
        full_name=unit.full_name,
        unit_type=unit.unit_type,
        province_code=unit.province_code,
        district_code=unit.district_code,
    )


def office_address(unit: OrganisationVersion) -> str:
    """The office's address as far as the register has it."""
    moo = f"หมู่ที่ {unit.moo}" if unit.moo else ""
    house = "" if unit.address.strip("-– ") == "" else unit.address
    found = [part for part in (house, moo) if part]
    district, province = places.district(unit.district_code), places.province(unit.province_code)
    area = [
        f"อำเภอ{district.thai_name}" if district else "",
        f"จังหวัด{province.thai_name}" if province else "",
        unit.postcode,
    ]
    return " ".join([*found, *(part for part in area if part)]) if found else ""


def names_of(story: UnitStory) -> list[Named]:
    """The periods in which the unit bore one name and type, newest first; other changes of the register are not told."""
    found: list[Named] = []
    for line in story.history:
        if line.is_future:
            continue
        version = line.version
        if found and found[-1].name == version.full_name:
            found[-1] = replace(found[-1], first=version.valid_from)
        else:
            found.append(Named(version.full_name, version.valid_from, version.valid_to, line.is_current))
    return found
