"""The rows of a place's units, made at once: a large province has more than three hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from localgov.portal.selectors import places
from localgov.portal.selectors.register import UnitLine
from localgov.ui.markup import as_written


def unit_rows(
    units: Sequence[UnitLine], texts: Mapping[int, str] | None, *, with_district: bool, keep: str
) -> SafeString:
    """Rows of name, type, district where the place has several, and the figure's text (None = no such column)."""
    districts = {
        code: format_html('<td><a href="{}{}">{}</a></td>', found.url, keep, found.name)
        if (found := places.district(code))
        else format_html("<td></td>")
        for code in {one.district_code for one in units}
    }
    return format_html_join(
        "\n",
        '<tr><th scope="row">{}</th><td>{}</td>{}{}</tr>',
        (
            (
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
