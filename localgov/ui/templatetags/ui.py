"""Filters and tags that every template has without loading (builtins)."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import (
    BooleanField,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ChoiceField,
    Field,
    RadioSelect,
)
from django.http import QueryDict
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from localgov.lib import numbers, thai_calendar
from localgov.ui import dates, icons, markup, moments
from localgov.ui.maps import ClassMap
from localgov.ui.states import state_look

register = template.Library()

#: What could end a block of data inside a page.
_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def number(value: Decimal | int | float | str | None, decimals: int | None = None) -> str:
    """`6325` → `6,325`; `{{ n|number:2 }}` → `6,325.00`; nothing for None and the empty text."""
    if value is None or value == "":
        return ""
    return numbers.format_number(numbers.parse_decimal(value), decimals)


@register.filter
def baht(value: Decimal | int | str | None) -> str:
    """An amount in baht with its two decimals: `1,234.50 บาท`."""
    text = number(value, 2)
    return f"{text} {_('บาท')}" if text else ""


@register.filter
def thai_date(value: date | None) -> str:
    """`15 มิ.ย. 2569`; `15 Jun 2026` on an English page, as all dates here."""
    return dates.date_short(value) if value else ""


@register.filter
def thai_date_long(value: date | None) -> str:
    """`15 มิถุนายน 2569`."""
    return dates.date_long(value) if value else ""


@register.filter
def thai_datetime(value: datetime | None) -> str:
    """`15 มิ.ย. 2569 10:42 น.`, on Thailand's clock."""
    return dates.datetime_short(value) if value else ""


@register.filter
def thai_due(value: datetime | None) -> str:
    """The last day in time of an exclusive moment: midnight that ends 15 June prints `15 มิ.ย. 2570`."""
    return dates.date_short(thai_calendar.last_day_before(value)) if value else ""


@register.filter
def thai_time(value: datetime | None) -> str:
    """`10:42 น.`, on Thailand's clock."""
    return dates.clock(value) if value else ""


@register.filter
def fiscal_year(value: int | None) -> str:
    """`ปีงบประมาณ 2570`; `FY 2570 (2027)` on an English page."""
    return dates.fiscal_year(value) if value else ""


@register.filter
def as_written(text: object) -> SafeString:
    """What somebody wrote (a name, a text of a unit): on an English page marked as Thai where it is Thai."""
    return markup.as_written(str(text))


@register.filter
def be_year(value: date | int | None) -> str:
    """The Buddhist year of a date or of a Christian year: `2026` → `2569`."""
    if not value:
        return ""
    return str(thai_calendar.be_year(value if isinstance(value, int) else value.year))


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "search" %}`: a decorative icon; write its word beside it."""
    return icons.icon_svg(name)


@register.simple_tag
def map_areas(drawing: ClassMap) -> SafeString:
    """`{% map_areas map %}`: the outlines of a map (`ui.maps.ClassMap`)."""
    return markup.map_areas(drawing)


@register.simple_tag
def state_badge(code: str, note: str = "") -> SafeString:
    """`{% state_badge sheet.status %}`: word, icon and colour of a state; `note` follows the word."""
    return markup.state(state_look(code), note)


register.simple_tag(markup.list_head)
register.simple_tag(markup.list_rows)
register.simple_tag(markup.list_pager)
register.simple_tag(markup.main_menu)


@register.inclusion_tag("_components/progress.html")
def progress(done: int, total: int, label: str, unit: str = "ข้อ") -> dict[str, Any]:
    """`{% progress 11 14 "ตอบแล้ว" %}`: a labelled bar. `total` 0 shows an empty bar and says so."""
    return {"done": done, "total": total, "label": label, "unit": unit, "ceiling": max(total, 1)}


def errors_of(bound: BoundField) -> list[str]:
    """The errors of a field in our words: a blank one says what to do instead of "this field is required"."""
    plain = str(Field.default_error_messages["required"])
    sentence = (
        _("โปรดเลือก “%(label)s”")
        if isinstance(bound.field, ChoiceField)
        else _("โปรดทำเครื่องหมายที่ “%(label)s”")
        if isinstance(bound.field, BooleanField)
        else _("โปรดกรอก “%(label)s”")
    )
    return [sentence % {"label": bound.label} if error == plain else str(error) for error in bound.errors]


@register.inclusion_tag("_components/field.html")
def field(bound: BoundField, unit: str = "") -> dict[str, Any]:
    """`{% field form.name %}`: label, star, help, control and errors of a form field, tied together for screen readers."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "field": bound,
        "errors": errors_of(bound),
        "unit": unit,
        "is_group": grouped,
        "is_checkbox": isinstance(widget, CheckboxInput) and not grouped,
    }


@register.inclusion_tag("_components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """`{% error_summary form %}`: all errors of a form, each leading to its field; nothing when there are none."""
    return {"form": form, "bound_errors": [(bound, errors_of(bound)) for bound in form if bound.errors]}


@register.inclusion_tag("_components/action_button.html")
def action_button(
    label: str,
    decision: Any = None,
    *,
    name: str = "",
    value: str = "",
    icon: str = "",
    kind: str = "",
    reason_id: str = "",
) -> dict[str, Any]:
    """A submit button; where the policy's `decision` refuses, it is off and the reason stands beside it in words."""
    return {
        "label": label,
        "refused": "" if decision is None or decision.allowed else decision.reason,
        "name": name,
        "value": value,
        "icon_name": icon,
        "kind": kind,
        "reason_id": reason_id or f"reason-{name or 'submit'}-{value or 'x'}",
    }


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: object) -> str:
    """The page's own query with some keys changed (None removes): `<a href="{% query_string page=2 %}">`."""
    return changed_query(context["request"].GET, changes)


def changed_query(query: QueryDict, changes: Mapping[str, object]) -> str:
    """`?…` of a query with keys set or (None, "") removed; `?` alone when nothing is left."""
    kept = dict(query.lists())
    for key, value in changes.items():
        if value is None or value == "":
            kept.pop(key, None)
        else:
            kept[key] = [str(value)]
    return f"?{urlencode(kept, doseq=True)}"


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """`{% json_ld structured_data %}`: what search engines read (schema.org); a block of data, never run as a script."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, default=str).translate(
        _JSON_ESCAPES
    )
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - no < > & is left in it


@register.simple_tag(takes_context=True)
def breadcrumb_ld(context: Context) -> SafeString:
    """`{% breadcrumb_ld %}`: the way to a public page as search engines read it (schema.org); nothing for a front page."""
    site, crumbs = context["site"], context.get("breadcrumb") or ()
    if context.get("is_front"):
        return mark_safe("")
    way = [(_("หน้าแรก"), site.home_url), *((str(one.label), one.url) for one in crumbs if one.url)]
    steps = [*way, (str(context.get("title", "")), context["request"].path)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": f"{site.origin}{url}"}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return json_ld({"@type": "BreadcrumbList", "itemListElement": items})


@register.simple_tag
def moment_suffix(moment: datetime) -> str:
    """`{{ url }}{% moment_suffix event.recorded_at %}`: the part of an address that asks for a moment."""
    return moments.moment_suffix(moment)
