"""Suggestions of units, as forgiving as their search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from localgov.audit.state import state_of
from localgov.organisations import areas
from localgov.portal.selectors.unit_search import FoundUnit, FoundUnits
from localgov.ui.suggestions import MOST_SHOWN, Allowance, Suggestion, Suggestions


class UnitSuggestions(Suggestions):
    """Units whose name, old name or abbreviation is near what was typed."""

    allowance: ClassVar[Allowance] = Allowance(rate=20, burst=40)

    def version(self) -> str:
        """The register's."""
        return state_of(watched=("organisations_organisationversion",))

    def found(self, text: str) -> Sequence[Suggestion]:
        """The first lines of the search."""
        return [_line(one) for one in FoundUnits(text, on=timezone.localdate())[:MOST_SHOWN]]


def _line(row: FoundUnit) -> Suggestion:
    """Where it lies, and the old name by which it was found."""
    parts = [areas.district_name(row.district_code), areas.province_name(row.province_code)]
    if row.former:
        parts.append(_("ชื่อเดิม %(former)s") % {"former": row.former})
    return Suggestion(row.shown_name, " · ".join(one for one in parts if one), reverse("portal:unit", args=[row.code]))
