"""Where a district is: the middle of the units that lie in it."""

from __future__ import annotations

from datetime import date

from django.db.models import Avg

from localgov.lib.coordinates import NotAPoint, Point, parse_point
from localgov.organisations.models import OrganisationVersion


def district_middle(code: str, *, on: date) -> Point | None:
    """The mean of the points of a district's units in force; None where the register knows none."""
    found = OrganisationVersion.objects.in_force(on).units().filter(province_code=code[:2], district_code=code)
    middle = found.aggregate(lat=Avg("latitude"), lon=Avg("longitude"))
    if middle["lat"] is None:
        return None
    try:
        return parse_point(round(middle["lat"], 4), round(middle["lon"], 4))
    except NotAPoint:
        return None
