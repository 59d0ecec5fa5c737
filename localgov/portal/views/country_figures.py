"""The map of a headline figure with its table, and the regions: drawn once for each state of the figures, in each language."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from localgov.portal import wording
from localgov.portal.selectors import figure_lines, places
from localgov.portal.selectors.readings import Reading, Spread
from localgov.portal.views.base import Option
from localgov.portal.views.maps import figure_map


@lru_cache(maxsize=64)
def country_figures(
    reading: Reading, read: tuple[str, ...], codes: tuple[str, ...], column: int, keep: str, language: str
) -> SafeString:
    """Of the headline questions `codes`, the map of the one at `column`; `keep` follows every link.

    `read` are all questions whose lines the page has read, so that they are not read again. `language` is the active one: what is
    kept is in it.
    """
    found = figure_lines.lines(reading, read)
    shown = [found[code] for code in codes]
    rows = figure_lines.area_rows(reading, places.provinces(), codes, Spread.PROVINCE)
    question = shown[column].question
    return render_to_string(
        "portal/parts/country_figures.html",
        {
            "keep": keep,
            "headlines": shown,
            "regions": figure_lines.merged_rows(rows, places.regions(), [one.question for one in shown]),
            "map": figure_map(rows, question, column, url=lambda row: f"{row.place.url}{keep}"),
            "map_figure": shown[column],
            "map_texts": [(row.place, row.texts[column]) for row in rows],
            "map_options": [
                Option(line.question.code, line.question.label, number == column) for number, line in enumerate(shown)
            ],
            "map_kept": (("year", reading.year.fiscal_year), ("stage", wording.stage_slug(reading.stage)))
            if keep
            else (),
        },
    )
