"""One line of งานของฉัน."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from localgov.lib.domains import DOMAINS
from localgov.rounds.models import RosterEntry

_TITLES = {domain.code: domain.title for domain in DOMAINS}


@dataclass(frozen=True)
class WorkItem:
    """One thing to do. `rank` 0 is most urgent; `due` breaks ties; `count` is how many of it there are.

    `parts`: what it consists of, each with the address where it is done.
    """

    rank: int
    title: str
    detail: str
    url: str = ""
    due: datetime | None = None
    icon: str = "circle"
    count: int | None = None
    parts: tuple[tuple[str, str], ...] = ()


def url_of(name: str, **kwargs: object) -> str:
    """The address of a page; empty where it is not built."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


def domain_title(section: str) -> str:
    """ด้านที่ …"""
    return _TITLES.get(section, section)


def filing_url(entry: RosterEntry) -> str:
    """The unit's filing of the entry's year."""
    return url_of("filings:filing-detail", fiscal_year=entry.round.fiscal_year_be, unit_code=entry.code)
