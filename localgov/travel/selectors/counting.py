"""How many items are shown, counted once for each state of what is shown (`shown_version`) and kept by this process.

Counting the country reads every item; the state changes with any change, so that a kept count is never an old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from localgov.publishing.selectors import shown

_KEPT = 2048


@lru_cache(maxsize=64)
def _counts(version: str, by: str, province_code: str) -> Mapping[str, int]:
    return MappingProxyType(shown.shown_counts(by=by, province_code=province_code))


def counts(*, version: str, by: str, province_code: str = "") -> Mapping[str, int]:
    """As `shown.shown_counts`, for the state that the page shows."""
    return _counts(version, by, province_code)


@lru_cache(maxsize=_KEPT)
def _count(version: str, wanted: tuple[tuple[str, Any], ...]) -> int:
    return shown.shown_items(**dict(wanted)).count()


if TYPE_CHECKING:
    _Pages = Paginator[Any]
else:
    _Pages = Paginator


class CountedPages(_Pages):
    """Pages of the items that fit `wanted` (arguments of `shown.shown_items`)."""

    def __init__(self, wanted: Mapping[str, Any], per_page: int, *, version: str) -> None:
        items = shown.shown_items(**wanted)
        super().__init__(items, per_page)
        self.in_titles = items.in_titles
        self._wanted = tuple(sorted(wanted.items()))
        self._version = version

    @cached_property
    def count(self) -> int:
        """Of all pages; the order does not matter for it."""
        return _count(self._version, tuple(pair for pair in self._wanted if pair[0] != "order"))


def forget() -> None:
    """Forget every count: a test's database has states that another test's had too."""
    _counts.cache_clear()
    _count.cache_clear()
