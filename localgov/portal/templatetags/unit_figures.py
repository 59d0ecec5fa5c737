"""`{% load unit_figures %}`: a figure of a unit in one piece; a page has dozens, which templates would print slowly."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from localgov.portal.selectors.unit_figures import Line, UnitFigure
from localgov.ui.markup import as_written

register = template.Library()


@register.simple_tag
def figure_value(figure: UnitFigure) -> SafeString:
    """The answer with its unit of measure; a dash where there is none."""
    if not figure.text:
        return mark_safe('<span class="text-quiet">–</span>')
    unit = f" {as_written(figure.question.unit)}" if figure.has_number else ""
    return mark_safe(f"<strong>{as_written(figure.text)}</strong>{unit}")  # noqa: S308 - its parts are escaped


@register.simple_tag
def figure_line(line: Line | None) -> SafeString:
    """The small line of years; whoever does not see it is told the numbers. Nothing for no line."""
    if line is None:
        return SafeString("")
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2"/>' for x, y in line.dots)
    last = f'<circle cx="{line.last[0]}" cy="{line.last[1]}" r="3"/>'
    size = f'viewBox="0 0 {line.width} {line.height}" width="{line.width}" height="{line.height}"'
    svg = f'<svg {size} aria-hidden="true" focusable="false"><path d="{line.path}"/>{dots}{last}</svg>'
    words = f'<span class="sr-only">{escape(line.in_words)}</span>'
    return mark_safe(f'<span class="spark">{svg}{words}</span>')  # noqa: S308 - numbers, and escaped words
