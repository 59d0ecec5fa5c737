"""`{% load unit_figures %}`: figures of a unit in one piece; a page has dozens, which templates would print slowly."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from localgov.portal import wording
from localgov.portal.selectors.unit_certificates import CertifiedDomain, Signed
from localgov.portal.selectors.unit_figures import Line, UnitFigure
from localgov.portal.views.unit_cards import DomainCard
from localgov.ui.dates import date_short
from localgov.ui.icons import icon_svg
from localgov.ui.markup import as_written

register = template.Library()

_ICONS = {"both": "badge-check", "unit": "circle-check", "none": "circle"}


@register.simple_tag
def figure_value(figure: UnitFigure) -> SafeString:
    """The answer with its unit of measure; a dash where there is none."""
    return mark_safe(_value(figure))  # noqa: S308 - its parts are escaped


@register.simple_tag
def figure_line(line: Line | None) -> SafeString:
    """The small line of years; whoever does not see it is told the numbers. Nothing for no line."""
    return mark_safe(_spark(line))  # noqa: S308 - numbers, and escaped words


@register.simple_tag
def figure_list(figures: Iterable[UnitFigure], look: str) -> SafeString:
    """Figures with their labels and lines as a list of terms of the class `look`."""
    return mark_safe(_terms(figures, look))  # noqa: S308 - its parts are escaped


@register.simple_tag
def unit_cards(cards: Iterable[DomainCard]) -> SafeString:
    """The domains of a unit as panels: how far each is certified, its first figures, the way to all of them."""
    return mark_safe("".join(map(_card, cards)))  # noqa: S308 - its parts are escaped


@register.simple_tag
def compared_rows(figures: Iterable[UnitFigure]) -> SafeString:
    """A row for each figure: the unit's, the median of those that are like it, and where it stands."""
    middle = escape(_("ค่ากลาง"))
    rows = []
    for one in figures:
        words = wording.words_of(one.question)
        measure = f' <span class="text-quiet">({words.unit})</span>' if words.unit else ""
        rows.append(
            f'<tr><th scope="row">{words.label}{measure}</th><td class="is-number"><strong>{escape(one.text)}</strong></td>'
            f'<td class="is-number" data-label="{middle}">{escape(one.median)}</td><td>{escape(one.standing)}</td></tr>'
        )
    return mark_safe("".join(rows))  # noqa: S308 - its parts are escaped


@register.simple_tag
def certified_rows(certified: Sequence[tuple[str, CertifiedDomain]]) -> SafeString:
    """A row for each certified domain: the revision, and the certificates of both levels with their public check."""
    time, by_unit, by_province = escape(_("ครั้งที่")), escape(_("ระดับ อปท.")), escape(_("ระดับจังหวัด"))
    waits = f'<span class="text-quiet">{escape(_("รอรับรอง"))}</span>'
    rows = [
        f'<tr><th scope="row">{escape(name)}</th><td data-label="{time}">{one.revision}</td>'
        f'<td data-label="{by_unit}">{_signed(one.unit) if one.unit else ""}</td>'
        f'<td data-label="{by_province}">{_signed(one.province) if one.province else waits}</td></tr>'
        for name, one in certified
    ]
    return mark_safe("".join(rows))  # noqa: S308 - its parts are escaped


def _card(card: DomainCard) -> str:
    name, title = f"domain-{card.domain.number}", escape(card.title)
    figures = _terms(card.figures, "unit-figures") if card.figures else ""
    more = (
        f'<p class="unit-more no-print"><a href="{escape(card.url)}">{escape(card.more)}'
        f'<span class="sr-only"> {title}</span></a></p>'
        if card.count
        else ""
    )
    return (
        f'<section class="panel" id="{name}" aria-labelledby="{name}-title">'
        f'<h3 class="panel-title" id="{name}-title"><a href="{escape(card.url)}">{title}</a></h3><div class="panel-body">'
        f'<p class="unit-certified" data-state="{card.state}">{icon_svg(_ICONS[card.state])}{escape(card.state_text)}</p>'
        f"{figures}{more}</div></section>\n"
    )


def _terms(figures: Iterable[UnitFigure], look: str) -> str:
    rows = (
        f"<div><dt>{wording.words_of(one.question).label}</dt><dd>{_value(one)}{_spark(one.line)}</dd></div>"
        for one in figures
    )
    return f'<dl class="{look}">{"".join(rows)}</dl>'


def _value(figure: UnitFigure) -> str:
    if not figure.text:
        return '<span class="text-quiet">–</span>'
    unit = f" {wording.words_of(figure.question).unit}" if figure.has_number else ""
    # A number is the same in every language; only the words of a choice may stay Thai on an English page.
    text = as_written(figure.text) if figure.answer and figure.answer.choice else escape(figure.text)
    return f"<strong>{text}</strong>{unit}"


def _spark(line: Line | None) -> str:
    if line is None:
        return ""
    dots = "".join([f'<circle cx="{x}" cy="{y}" r="2"/>' for x, y in line.dots])
    former = "".join([f'<circle class="former" cx="{x}" cy="{y}" r="2.5"/>' for x, y in line.former])
    last = f'<circle cx="{line.last[0]}" cy="{line.last[1]}" r="3"/>'
    size = f'viewBox="0 0 {line.width} {line.height}" width="{line.width}" height="{line.height}"'
    return (
        f'<span class="spark"><svg {size} aria-hidden="true" focusable="false"><path d="{line.path}"/>{dots}{last}{former}'
        f'</svg><span class="sr-only">{escape(line.in_words)}</span></span>'
    )


def _signed(signed: Signed) -> str:
    check = reverse("certificates:certificate-check", args=[signed.address])
    return (
        f'<a href="{check}">{as_written(signed.number)}</a><br>{escape(date_short(signed.day))} · '
        f'<span lang="th">{escape(signed.position)}</span>'
    )
