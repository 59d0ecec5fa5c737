"""The cards of items as markup, written by Python: a page has dozens, for each of which a template takes many times as long."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from localgov.publishing.selectors.shown import ShownPicture
from localgov.ui.icons import icon_svg

if TYPE_CHECKING:
    from localgov.travel.views.pages import Card

_DIGEST: Final = "0" * 64


def card_list(cards: Iterable[Card], look: str = "") -> SafeString:
    """The cards of a list or a shelf; the link of a card's title covers the whole card. `look`: `is-four` for a shelf."""
    # The addresses made once and digests written into them: making each takes longer than all else of a card.
    webp, jpg = (reverse("pictures:picture", args=[_DIGEST, "thumb", ending]) for ending in ("webp", "jpg"))
    inside = "".join(f"<li>{_card(card, webp, jpg)}</li>" for card in cards)
    return mark_safe(f'<ul class="tv-cards{f" {look}" if look else ""}">{inside}</ul>')  # noqa: S308 - every part is escaped


def _card(card: Card, webp: str, jpg: str) -> str:
    icon = icon_svg(card.icon)
    picture = (
        f'<div class="tv-card-picture">{_thumbnail(card.picture, webp, jpg)}</div>\n  '
        if card.picture
        else f'<div class="tv-card-picture is-empty">{icon}</div>'
    )
    note = f'<p class="tv-card-note">{escape(card.note)}</p>' if card.note else ""
    return f"""
<article class="tv-card">
  {picture}
  <div class="tv-card-body">
    <p class="tv-card-kind">{icon}{escape(card.category)}</p>
    <h3><a href="{escape(card.url)}" lang="th">{escape(card.title)}</a></h3>
    {note}
    <p class="tv-card-place"><span lang="th">{escape(card.unit)}</span> · {escape(card.province)}</p>
  </div>
</article>
"""


def _thumbnail(picture: ShownPicture, webp: str, jpg: str) -> str:
    """The card's title stands beside it, so that it has no words of its own."""
    webp, jpg = webp.replace(_DIGEST, picture.sha256), jpg.replace(_DIGEST, picture.sha256)
    return (
        f'\n<picture><source type="image/webp" srcset="{webp}"><img src="{jpg}" width="{picture.width}"'
        f' height="{picture.height}" alt="" loading="lazy" decoding="async"></picture>\n'
    )
