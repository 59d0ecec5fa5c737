"""What search engines are told: addresses of everything that is public now, in both languages, and no other.

`/sitemap.xml` names the parts, each with its addresses and the day of their last change where the data knows one
(https://www.sitemaps.org/protocol.html: at most 50,000 addresses a part; ours have fewer, so that one is made quickly).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from localgov.audit.state import state_of
from localgov.lib.domains import DOMAINS
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations import areas
from localgov.organisations.models import OrganisationVersion
from localgov.portal.selectors.places import regions
from localgov.publishing.selectors import shown
from localgov.travel.views.pages import item_url
from localgov.ui.public import PublicAnswer, not_there
from localgov.web.public_site import ABOUT_LINES, ENGLISH_PREFIX, NAVIGATION
from localgov.web.selectors import page_changes

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 10_000  # pages a part; each stands in it once a language


@dataclass(frozen=True)
class Listed:
    """One public page: its Thai address, and the day on which what it shows last changed, if that is known."""

    path: str
    changed: date | None = None


@dataclass(frozen=True)
class Part:
    """Pages of one kind: how many there are, those from a place to another, and the state that they follow from."""

    count: Callable[[], int]
    pages: Callable[[int, int], Iterable[Listed]]
    version: Callable[[], str]


def _fixed() -> Sequence[Listed]:
    """The country, the domains, regions, provinces and districts, and what the navigation leads to."""
    named: list[tuple[str, tuple[object, ...]]] = [
        (one.url_name, one.arguments)
        for entry in (*NAVIGATION, *ABOUT_LINES)
        for one in (entry, *entry.inner)
        if one.url_name and not one.for_officers
    ]
    named += [("portal:domain", (domain.number,)) for domain in DOMAINS]
    named += [("portal:region", (region.code,)) for region in regions()]
    for name, places in (("portal:province", areas.provinces()), ("portal:district", areas.districts())):
        named += [(name, (place.code,)) for place in places]
    named += [("travel:province", (province.code,)) for province in areas.provinces()]
    changes = page_changes(_state(), timezone.localdate())
    days: dict[tuple[str, object], date] = {("portal:province", code): day for code, day in changes.provinces.items()}
    days |= {("portal:domain", one.number): changes.domains[one.code] for one in DOMAINS if one.code in changes.domains}
    if days:
        days["portal:home", ""] = max(days.values())
    return [
        Listed(path, days.get((name, arguments[0] if arguments else "")))
        for name, arguments in dict.fromkeys(named)
        if (path := _address(name, *arguments))
    ]


def _units(first: int, last: int) -> Iterable[Listed]:
    changed = page_changes(_state(), timezone.localdate()).units
    for code in list(changed)[first:last]:
        if path := _address("portal:unit", code):
            yield Listed(path, changed[code])


def _unit_count() -> int:
    return OrganisationVersion.objects.in_force(timezone.localdate()).units().count()


def _items(first: int, last: int) -> Iterable[Listed]:
    rows = shown.shown_items(order=shown.Order.NAME)[first:last]
    return [Listed(item_url(row), bangkok_date(row.since)) for row in rows]


def _item_count() -> int:
    return shown.shown_items().count()


def _register() -> str:
    return state_of(watched=("organisations_organisationversion",))


def _state() -> str:
    """Of all that units, provinces and domains show."""
    tables = ("certification_certificate", "certification_lapse", "directory_websiterecord")
    return f"{state_of(*tables, watched=('organisations_organisationversion',))} {shown.shown_version()}"


PARTS: dict[str, Part] = {
    "pages": Part(lambda: 1, lambda first, last: _fixed()[first:last], _state),
    "units": Part(_unit_count, _units, _state),
    "items": Part(_item_count, _items, shown.shown_version),
}


class SitemapIndex(PublicAnswer):
    """The parts."""

    def version(self) -> str:
        """How many pages there are of each kind follows from the register and from what is shown."""
        return f"{_register()} {shown.shown_version()}"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One line a part of a kind."""
        origin = request.public_site.origin  # type: ignore[attr-defined]
        lines = [
            f"<sitemap><loc>{origin}{reverse('robots:sitemap-part', args=[name, number])}</loc></sitemap>\n"
            for name, part in PARTS.items()
            for number in range(1, -(-part.count() // _MOST) + 1)
        ]
        return _xml(f'<sitemapindex xmlns="{_NAMES}">\n{"".join(lines)}</sitemapindex>\n')


class SitemapPart(PublicAnswer):
    """The pages of one part."""

    def version(self) -> str:
        """What its pages follow from; 404 for a part that there is not."""
        if self.kwargs["kind"] not in PARTS or not 1 <= self.kwargs["number"] <= _MOST:
            raise not_there("")
        return PARTS[self.kwargs["kind"]].version()

    def get(self, request: HttpRequest, kind: str, number: int) -> HttpResponse:
        """Each page in both languages."""
        origin = request.public_site.origin  # type: ignore[attr-defined]
        pages = "".join(_both(origin, page) for page in PARTS[kind].pages((number - 1) * _MOST, number * _MOST))
        if not pages:
            raise not_there("")
        names = f'xmlns="{_NAMES}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        return _xml(f"<urlset {names}>\n{pages}</urlset>\n")


class Robots(PublicAnswer):
    """What robots may read: the public site; the officers' pages would only send them to sign in."""

    def version(self) -> str:
        """Nothing of it is data."""
        return ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The rules and the way to the sitemap."""
        closed = ("accounts", "home", "filings", "forms", "rounds", "letters", "mail", "monitoring", "jobs", "register")
        rules = "".join(f"Disallow: /{name}/\n" for name in closed)
        origin = request.public_site.origin  # type: ignore[attr-defined]
        text = f"User-agent: *\n{rules}Allow: /\n\nSitemap: {origin}{reverse('robots:sitemap')}\n"
        return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _both(origin: str, page: Listed) -> str:
    """A page's two addresses, each naming the other."""
    thai, english = escape(f"{origin}{page.path}"), escape(f"{origin}{ENGLISH_PREFIX[:-1]}{page.path}")
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in (("th", thai), ("en", english), ("x-default", thai))
    )
    changed = f"<lastmod>{page.changed.isoformat()}</lastmod>" if page.changed else ""
    return "".join(f"<url><loc>{address}</loc>{changed}{others}</url>\n" for address in (thai, english))


def _address(name: str, *arguments: object) -> str:
    """Where a page stands in Thai; empty while there is no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _xml(text: str) -> HttpResponse:
    return HttpResponse(_HEAD + text, content_type="application/xml; charset=utf-8")
