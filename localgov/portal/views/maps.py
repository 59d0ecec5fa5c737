"""The map of the provinces, coloured by a figure, or with one place marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from localgov.organisations.country_map import country_map
from localgov.portal import wording
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import places
from localgov.portal.selectors.figure_lines import AreaRow
from localgov.ui.maps import ClassMap, MapArea, class_bounds, class_of


def figure_map(
    rows: Sequence[AreaRow], question: OpenQuestion, column: int, *, url: Callable[[AreaRow], str]
) -> ClassMap:
    """Provinces in five classes of one figure, each with about as many provinces."""
    width, height, paths = country_map()
    numbers = {row.place.code: total.number for row in rows if (total := row.totals[column]) is not None}
    known = {code: number for code, number in numbers.items() if number is not None}
    bounds = class_bounds(known.values())
    texts = [wording.number_text(question, bound) for bound in bounds]
    return ClassMap(
        width=width,
        height=height,
        areas=tuple(
            MapArea(
                row.place.code,
                row.place.name,
                paths.get(row.place.code, ""),
                class_of(known.get(row.place.code), bounds),
                row.texts[column],
                url(row),
            )
            for row in rows
        ),
        legend=tuple(
            (
                class_of(bound, bounds),
                _("%(number)s ขึ้นไป") % {"number": text}
                if number == len(bounds) - 1
                else f"{text} – {texts[number + 1]}",
            )
            for number, (bound, text) in enumerate(zip(bounds, texts, strict=True))
        ),
    )


@lru_cache(maxsize=256)
def marked_map(codes: tuple[str, ...], language: str) -> SafeString:
    """The country with some provinces marked, drawn; every province leads to its page, in a language."""
    width, height, paths = country_map()
    drawing = ClassMap(
        width=width,
        height=height,
        areas=tuple(
            MapArea(one.code, one.name, paths.get(one.code, ""), 0, "", one.url, one.code in codes)
            for one in places.provinces()
        ),
        legend=(),
    )
    return render_to_string("_components/class_map.html", {"map": drawing})
