"""Suggestions of what the travel site shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from localgov.organisations import areas
from localgov.publishing.selectors import shown
from localgov.travel.views.pages import item_url
from localgov.ui.suggestions import MOST_SHOWN, Allowance, Suggestion, Suggestions


class ItemSuggestions(Suggestions):
    """Items that hold what was typed, those with it in their title first; nothing that is not shown."""

    allowance: ClassVar[Allowance] = Allowance(rate=20, burst=40)

    def version(self) -> str:
        """As the pages'."""
        return shown.shown_version()

    def found(self, text: str) -> Sequence[Suggestion]:
        """The first lines of the search."""
        return [
            Suggestion(
                row.title,
                f"{row.category.label} · {row.unit_name} · {areas.province_name(row.province_code)}",
                item_url(row),
            )
            for row in shown.shown_items(text=text)[:MOST_SHOWN]
        ]
