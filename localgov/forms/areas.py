"""What the engine may ask about areas, answered by the country's list of provinces and sub-districts (geothai, DOPA codes)."""

from __future__ import annotations

import geothai

from localgov.forms.engine.facts import Areas
from localgov.lib.coordinates import Point


class CountryAreas:
    """Sub-districts by their six-digit code. Boundaries are not part of geothai: where a point lies is not known."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        """Not known."""
        return None

    def tambon_exists(self, code: str) -> bool | None:
        """Whether a sub-district with this code is in use."""
        return geothai.subdistrict(code) is not None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        """Whether the sub-district lies in the province; not known for a code that is not in use (its own finding)."""
        tambon = geothai.subdistrict(code)
        return None if tambon is None or not province_code else tambon.province_code == province_code


AREAS: Areas = CountryAreas()
