"""The eight domains as cards: name, two telling figures, a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from localgov.forms.translations import domain_label
from localgov.lib.domains import DOMAINS, Domain
from localgov.portal.selectors.figure_lines import FigureLine


@dataclass(frozen=True)
class DomainCard:
    """One domain of a page."""

    domain: Domain
    lines: tuple[FigureLine, ...]
    url: str

    @property
    def name(self) -> str:
        """The domain's name in the reader's language."""
        return domain_label(self.domain.code, self.domain.name)


def domain_cards(
    lines: Mapping[str, FigureLine], telling: Mapping[str, Sequence[str]], *, url: Callable[[int], str]
) -> list[DomainCard]:
    """The domains that the form of the year has, each with its telling figures."""
    return [
        DomainCard(domain, tuple(lines[code] for code in telling[domain.code] if code in lines), url(domain.number))
        for domain in DOMAINS
        if domain.code in telling
    ]
