"""One item: pictures, text, where it is, whom to call, what is near, and the same for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from localgov.organisations import areas
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.travel import drawing, looks
from localgov.travel.day_names import days_text
from localgov.travel.views.pages import TravelPage, cards_of, item_or_404, item_url, kind_or_404, price_text
from localgov.ui.dates import date_short
from localgov.ui.pages import Crumb

_NEARBY: Final = 4
_NEARBY_KM: Final = 60
_DESCRIPTION: Final = 160
#: A map outside that any browser and telephone opens; nothing of it is loaded into our page.
_MAP: Final = "https://www.google.com/maps/search/?api=1&query={0.lat},{0.lon}"


@dataclass(frozen=True)
class Contact:
    """One way to reach the people of an item: an icon, a word, what is shown, where it leads."""

    icon: str
    label: str
    text: str
    url: str = ""
    outside: bool = False


class ItemDetail(TravelPage):
    """An item that is shown; every other is the same friendly 404."""

    template = "travel/item.html"
    item: shown.ShownItem

    def page_title(self) -> str:
        """Its title."""
        return self.item.title

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under its kind."""
        kind = Crumb(str(looks.KIND_TITLES[self.item.kind]), reverse("travel:item-list", args=[self.section]))
        return (*super().breadcrumb(), kind)

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Everything of it."""
        kind_or_404(kind)
        self.section = kind  # type: ignore[misc]
        self.item = item = item_or_404(kind, pk)
        drawn = drawing.province_drawing(item.province_code) if item.point else None
        pictures = [request.build_absolute_uri(picture_url(one)) for one in item.pictures]
        return self.render(
            item=item,
            slug=kind,
            icon=looks.CATEGORY_ICONS[item.category],
            description=_description(item),
            unit_url=_unit_url(item.unit_code),
            province=areas.province_name(item.province_code),
            district=areas.district_name(item.district_code),
            price=price_text(item),
            days=days_text(item.event_from, item.event_to) if item.event_from else "",
            since=date_short(item.since),
            contacts=_contacts(item),
            drawing=drawn,
            spot=drawn.frame.place(item.point) if drawn and item.point else None,
            map_url=_MAP.format(item.point) if item.point else "",
            page_url=request.build_absolute_uri(item_url(item)),
            open_graph_picture=pictures[0] if pictures else "",
            nearby=cards_of(_nearby(item)),
            structured_data=_structured(item, request.build_absolute_uri(item_url(item)), pictures),
        )


def picture_url(picture: shown.ShownPicture, size: str = "full", ending: str = "jpg") -> str:
    """Where a file of a picture is."""
    return reverse("pictures:picture", args=[picture.sha256, size, ending])


def _nearby(item: shown.ShownItem) -> list[shown.ShownRow]:
    """The nearest others; without a point, the newest others of the province."""
    if item.point is not None:
        found = shown.shown_items(near=item.point, within_km=_NEARBY_KM, order=shown.Order.NEAREST)
    else:
        found = shown.shown_items(province_code=item.province_code)
    return [one for one in found[: _NEARBY + 1] if one.id != item.id][:_NEARBY]


def _contacts(item: shown.ShownItem) -> list[Contact]:
    phone = item.telephone
    lines = [
        Contact("users", _("ผู้ผลิต"), item.producer),
        Contact("circle-user-round", _("ผู้ติดต่อ"), item.contact),
        Contact("phone", _("โทรศัพท์"), item.phone, phone.href if phone else ""),
        Contact("mail", _("อีเมล"), item.email, f"mailto:{quote(item.email)}" if item.email else ""),
        Contact("globe", _("เว็บไซต์"), item.url, item.url, outside=True),
        Contact("link", "Facebook", item.facebook, item.facebook, outside=True),
        Contact("link", "Twitter", item.twitter, item.twitter, outside=True),
        Contact("link", "Google", item.google, item.google, outside=True),
    ]
    return [one for one in lines if one.text]


def _unit_url(code: str) -> str:
    """The unit's page in the portal; empty while there is none."""
    try:
        return reverse("portal:unit", args=[code])
    except NoReverseMatch:
        return ""


def _description(item: shown.ShownItem) -> str:
    """One sentence for search engines and for who shares the page."""
    text = " ".join(item.body.split())
    start = f"{item.category.label} · {item.unit_name} {item.province_name}"
    if not text:
        return start
    return text if len(text) <= _DESCRIPTION else f"{text[: _DESCRIPTION - 1].rstrip()}…"


def _structured(item: shown.ShownItem, url: str, pictures: list[str]) -> dict[str, Any]:
    """The item in the words of schema.org."""
    common: dict[str, Any] = {"@context": "https://schema.org", "url": url, "description": _description(item)}
    if pictures:
        common["image"] = pictures
    unit = {"@type": "GovernmentOrganization", "name": item.unit_full_name}
    place = _place(item)
    if item.kind is PublishedKind.PLACE:
        return common | {"@type": "TouristAttraction", "name": item.title} | place | _telephone(item)
    if item.kind is PublishedKind.PRODUCT:
        brand = {"@type": "Brand", "name": item.producer or item.unit_name}
        product = {"@type": "Product", "name": item.title, "category": str(item.category.label), "brand": brand}
        return common | product | _offer(item)
    if item.event_from is not None:
        where = {"@type": "Place", "name": item.address or item.unit_name} | place
        return common | {
            "@type": "Event",
            "name": item.title,
            "startDate": item.event_from.isoformat(),
            "endDate": (item.event_to or item.event_from).isoformat(),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": where,
            "organizer": unit,
        }
    return common | {
        "@type": "NewsArticle",
        "headline": item.title[:110],
        "datePublished": item.since.isoformat(),
        "author": unit,
        "publisher": unit,
    }


def _place(item: shown.ShownItem) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "addressCountry": "TH",
        "addressRegion": item.province_name,
        "addressLocality": item.district_name,
    }
    if item.address:
        address["streetAddress"] = item.address
    found: dict[str, Any] = {"address": address}
    if item.point is not None:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(item.point.lat),
            "longitude": float(item.point.lon),
        }
    return found


def _telephone(item: shown.ShownItem) -> dict[str, str]:
    phone = item.telephone
    return {"telephone": phone.e164 or phone.national} if phone else {}


def _offer(item: shown.ShownItem) -> dict[str, Any]:
    if item.price_from is None:
        return {}
    if item.price_to is None or item.price_to == item.price_from:
        return {"offers": {"@type": "Offer", "price": str(item.price_from), "priceCurrency": "THB"}}
    return {
        "offers": {
            "@type": "AggregateOffer",
            "lowPrice": str(item.price_from),
            "highPrice": str(item.price_to),
            "priceCurrency": "THB",
        }
    }
