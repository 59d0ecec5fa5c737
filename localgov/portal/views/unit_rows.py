"""The rows of a place's units, made at once: a large province has more than three hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from localgov.portal.selectors import places
from localgov.portal.selectors.register import UnitLine
from localgov.ui.markup import as_written

_STAND_IN: Final = "0000000"


def unit_rows(
    units: Sequence[UnitLine], texts: Mapping[int, str] | None, *, with_district: bool, keep: str
) -> SafeString:
    """Rows of name, type, district where the place has several, and the figure's text (None = no such column)."""
    # One address made and the rest written after it: making each takes longer than all else of a row.
    before, after = reverse("portal:unit", args=[_STAND_IN]).split(_STAND_IN)
    districts = {
        code: format_html('<td><a href="{}{}">{}</a></td>', found.url, keep, found.name)
        if (found := places.district(code))
        else format_html("<td></td>")
        for code in {one.district_code for one in units}
    }
    return format_html_join(
        "\n",
        '<tr><th scope="row"><a href="{}{}{}{}">{}</a></th><td>{}</td>{}{}</tr>',
        (
            (
                before,
                one.code,
                after,
                keep,
                as_written(one.name),
                one.type_name,
                districts[one.district_code] if with_district else "",
                ""
                if texts is None
                else format_html('<td data-align="end">{}</td>', texts.get(one.organisation_id) or "–"),
            )
            for one in units
        ),
    )
