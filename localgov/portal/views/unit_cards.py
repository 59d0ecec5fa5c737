"""A domain of a unit as a card of its page."""

from __future__ import annotations

from dataclasses import dataclass

from localgov.lib.domains import Domain
from localgov.portal.selectors.unit_figures import UnitFigure


@dataclass(frozen=True)
class DomainCard:
    """One domain of the unit: how far it is certified, and its first figures. `count`: how many it has in all."""

    domain: Domain
    title: str
    more: str
    url: str
    state: str
    state_text: str
    figures: tuple[UnitFigure, ...]
    count: int
