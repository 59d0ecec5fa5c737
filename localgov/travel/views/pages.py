"""What all pages of the public site share: their state, their way up, the cards by which they show items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from localgov.lib.numbers import format_number
from localgov.organisations import areas
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.travel import looks
from localgov.travel.day_names import days_text
from localgov.ui.pages import Crumb
from localgov.ui.public import PublicPage, not_there


class TravelPage(PublicPage):
    """A page of ท้องถิ่นไทย หัวใจพอเพียง: fresh with whatever any unit's shown items change."""

    section: ClassVar[str] = ""

    def version(self) -> str:
        """One statement a request."""
        return self._version

    @cached_property
    def _version(self) -> str:
        return shown.shown_version()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the front page of the site."""
        return (Crumb(_("ท้องถิ่นไทย หัวใจพอเพียง"), reverse("travel:home")),)

    def render(self, *, status: int = 200, partial: str | None = None, **context: Any) -> HttpResponse:
        """With the line of the site's own navigation that the page lies under."""
        context.setdefault("section", self.section)
        return super().render(status=status, partial=partial, **context)


def item_url(row: shown.ShownRow) -> str:
    """Where an item is read."""
    return reverse("travel:item", args=[looks.SLUGS[row.kind], row.id])


def kind_or_404(slug: str) -> PublishedKind:
    """The kind that an address names."""
    if slug not in looks.KINDS:
        raise nothing_there()
    return looks.KINDS[slug]


def item_or_404(slug: str, pk: int) -> shown.ShownItem:
    """The item as the public sees it. Hidden, deleted, unchecked and never written are one and the same 404."""
    kind = kind_or_404(slug)
    found = shown.shown_item(pk, kind) if pk < 2**63 else None
    if found is None:
        raise nothing_there()
    return found


def nothing_there() -> Exception:
    """The friendly 404 of the site."""
    return not_there(_("ไม่มีรายการนี้ให้แสดง อาจยังไม่เผยแพร่ หรือ อปท. เจ้าของเลิกแสดงแล้ว ลองค้นหาในท้องถิ่นไทย หัวใจพอเพียง"))


@dataclass(frozen=True)
class Card:
    """An item on a list: a picture if it has one, what it is, whose it is; `note` is price, distance or days."""

    url: str
    title: str
    category: str
    icon: str
    unit: str
    province: str
    picture: shown.ShownPicture | None
    note: str = ""


def cards_of(rows: Iterable[shown.ShownRow]) -> list[Card]:
    """The cards of some shown items."""
    return [card_of(row) for row in rows]


def card_of(row: shown.ShownRow) -> Card:
    """The card of one shown item."""
    return Card(
        url=item_url(row),
        title=row.title,
        category=str(row.category.label),
        icon=looks.CATEGORY_ICONS[row.category],
        unit=row.unit_name,
        province=areas.province_name(row.province_code),
        picture=row.picture,
        note=_note(row),
    )


def _note(row: shown.ShownRow) -> str:
    """What beside its name a reader compares by."""
    if row.distance_km is not None:
        return distance_text(row.distance_km)
    if row.event_from is not None:
        return days_text(row.event_from, row.event_to)
    return price_text(row)


def distance_text(kilometres: float) -> str:
    """`850 ม.`, `12.4 กม.`, `134 กม.`."""
    if kilometres < 1:
        return _("%(metres)s ม.") % {"metres": format_number(max(10, round(kilometres * 100) * 10))}
    shown_km = f"{kilometres:.1f}" if kilometres < 20 else f"{kilometres:.0f}"
    return _("%(kilometres)s กม.") % {"kilometres": shown_km}


def price_text(row: shown.ShownRow) -> str:
    """`120 บาท ต่อขวด`, `120–350 บาท`; empty without a price."""
    if row.price_from is None:
        return ""
    amount = _plain(row.price_from)
    if row.price_to is not None and row.price_to != row.price_from:
        amount = f"{amount}–{_plain(row.price_to)}"
    said = _("%(amount)s บาท") % {"amount": amount}
    return f"{said} / {row.price_unit}" if row.price_unit else said


def _plain(price: Decimal) -> str:
    return format_number(price, 0 if price == price.to_integral_value() else 2)
