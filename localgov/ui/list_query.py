"""What the address of a list asks for (search, order, page), read without ever failing: bad values fall back with a notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from localgov.lib.refusals import quoted
from localgov.ui.columns import Column

PAGE_SIZES = (10, 25, 50, 100)
DEFAULT_PAGE_SIZE = 10


@dataclass(frozen=True)
class ListQuery:
    """A list's request, understood. `filters` are (label, shown value) of what was searched, for the manifest."""

    search: Mapping[str, Any]
    filters: tuple[tuple[str, str], ...]
    sort: str
    page: int
    page_size: int
    notices: tuple[str, ...] = field(default=())


def read_query(query: QueryDict, *, form: forms.Form | None, columns: Sequence[Column], default_sort: str) -> ListQuery:
    """Understand an address. What it can't use is left out, and said in `notices`."""
    notices: list[str] = []
    search, filters = _read_search(form, notices)
    return ListQuery(
        search=search,
        filters=filters,
        sort=_read_sort(query.get("sort", ""), columns, default_sort, notices),
        page=_read_page(query.get("page", ""), notices),
        page_size=_read_page_size(query.get("per_page", ""), notices),
        notices=tuple(notices),
    )


def with_initials(query: QueryDict, form_class: type[forms.Form] | None) -> QueryDict:
    """The address with the search form's initial values for the fields that it does not mention at all."""
    data = query.copy()
    for name, form_field in form_class.base_fields.items() if form_class else ():
        if name not in data and form_field.initial is not None:
            data[name] = str(form_field.initial() if callable(form_field.initial) else form_field.initial)
    return data


def _read_search(form: forms.Form | None, notices: list[str]) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    if form is None:
        return {}, ()
    form.is_valid()
    for name in form.errors:
        label = form[name].label if name in form.fields else name
        notices.append(_("ค่าที่ค้นหาในช่อง “%(field)s” ใช้ไม่ได้ จึงแสดงรายการโดยไม่ใช้ช่องนี้") % {"field": label})
    search = {name: form.cleaned_data.get(name) for name in form.fields}
    filters = tuple(
        (str(form[name].label), _shown(form, name, value)) for name, value in search.items() if not _is_blank(value)
    )
    return search, filters


def _is_blank(value: object) -> bool:
    return value is None or value in ("", [], ())


def _shown(form: forms.Form, name: str, value: object) -> str:
    """A searched value in the words of its field."""
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return str(value)
    labels = {str(code): str(label) for code, label in _flat(choices)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)


def _flat(choices: Any) -> list[tuple[object, object]]:
    """Choices without their groups."""
    pairs: list[tuple[object, object]] = []
    for code, label in choices:
        pairs.extend(_flat(label) if isinstance(label, list | tuple) else [(code, label)])
    return pairs


def _read_sort(typed: str, columns: Sequence[Column], default: str, notices: list[str]) -> str:
    if not typed:
        return default
    key = typed.removeprefix("-")
    if any(column.key == key and column.sort for column in columns):
        return typed
    notices.append(_("เรียงลำดับตาม %(typed)s ไม่ได้ จึงเรียงตามลำดับปกติ") % {"typed": quoted(typed)})
    return default


def _read_page(typed: str, notices: list[str]) -> int:
    if not typed:
        return 1
    if typed.isascii() and typed.isdigit() and len(typed) <= 9 and int(typed) >= 1:
        return int(typed)
    notices.append(_("ไม่มีหน้า %(typed)s จึงแสดงหน้าแรก") % {"typed": quoted(typed)})
    return 1


def _read_page_size(typed: str, notices: list[str]) -> int:
    if not typed:
        return DEFAULT_PAGE_SIZE
    for size in PAGE_SIZES:
        if typed == str(size):
            return size
    choices = ", ".join(str(size) for size in PAGE_SIZES)
    asked = {"typed": quoted(typed), "choices": choices, "size": DEFAULT_PAGE_SIZE}
    notices.append(_("หน้าละ %(typed)s รายการไม่ได้ (เลือกได้ %(choices)s) จึงแสดงหน้าละ %(size)s รายการ") % asked)
    return DEFAULT_PAGE_SIZE
