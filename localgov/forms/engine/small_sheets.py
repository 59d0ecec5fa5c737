"""The two small sheets of a form: choices and settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from localgov.forms.engine.model import ChoiceList
from localgov.forms.engine.problems import Problem
from localgov.forms.engine.source import RawRow

_SLUG = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_FORM_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_YEAR = re.compile(r"2[45][0-9]{2}|26[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings sheet; fiscal years are B.E., None = open."""

    title: str
    form_id: str
    version: str
    fiscal_year_from: int | None
    fiscal_year_to: int | None


def read_settings(rows: tuple[RawRow, ...], problems: list[Problem]) -> Settings | None:
    """The one row of settings, None (with problems) when there isn't exactly one."""
    if len(rows) != 1:
        problems.append(Problem("settings", f"ต้องมีข้อมูล 1 แถว แต่มี {len(rows)} แถว"))
        return None
    row = rows[0]
    for column in ("form_title", "form_id", "version"):
        if not row.get(column):
            problems.append(row.problem(column, f"ต้องกรอก {column}"))
    if row.get("form_id") and not _FORM_ID.fullmatch(row.get("form_id")):
        problems.append(row.problem("form_id", "ใช้ a-z 0-9 และ _ ขึ้นต้นด้วยตัวอักษร"))
    first, last = (_year(row, column, problems) for column in ("fiscal_year_from", "fiscal_year_to"))
    if first and last and first > last:
        problems.append(row.problem("fiscal_year_to", f"ปีสิ้นสุด {last} มาก่อนปีเริ่ม {first}"))
    return Settings(row.get("form_title"), row.get("form_id"), row.get("version"), first, last)


def _year(row: RawRow, column: str, problems: list[Problem]) -> int | None:
    text = row.get(column)
    if not text:
        return None
    if not _YEAR.fullmatch(text):
        problems.append(row.problem(column, f"“{text}” ไม่ใช่ปีงบประมาณ พ.ศ. 4 หลัก เช่น 2569"))
        return None
    return int(text)


def read_choices(rows: Iterable[RawRow], problems: list[Problem]) -> Mapping[str, ChoiceList]:
    """All lists of choices, in order."""
    lists: dict[str, dict[str, str]] = {}
    for row in rows:
        list_name, slug, label = row.get("list_name"), row.get("name"), row.get("label")
        if not list_name:
            problems.append(row.problem("list_name", "ต้องมีชื่อรายการ"))
            continue
        labels = lists.setdefault(list_name, {})
        if not _SLUG.fullmatch(slug):
            problems.append(row.problem("name", f"“{slug}” ใช้เป็นรหัสตัวเลือกไม่ได้ ใช้ a-z 0-9 และ _ ไม่เกิน 60 ตัว"))
        elif slug in labels:
            problems.append(row.problem("name", f"ตัวเลือก “{slug}” ซ้ำในรายการ {list_name}"))
        elif not label:
            problems.append(row.problem("label", "ต้องมีข้อความตัวเลือกภาษาไทย"))
        elif label in labels.values():
            problems.append(row.problem("label", f"ข้อความ “{label}” ซ้ำในรายการ {list_name}"))
        else:
            labels[slug] = label
    return {name: ChoiceList(name, MappingProxyType(labels)) for name, labels in lists.items()}
