"""Open data as files: CSV for spreadsheets, JSON for programs. English column names, fixed for ever; credit and date with them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpResponse

SOURCE = "กรมส่งเสริมการปกครองท้องถิ่น (INFO)"
#: What a spreadsheet takes for a formula or a command at the beginning of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(value: object) -> object:
    """A value as a cell of CSV: text that a spreadsheet would run stands behind an apostrophe; None is empty."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def csv_response(columns: Sequence[str], rows: Iterable[Sequence[object]], *, file_name: str) -> HttpResponse:
    """A table as CSV in UTF-8 with its mark, which Excel needs for Thai."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([csv_text(value) for value in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def json_response(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str, as_of: date) -> HttpResponse:
    """The same table as JSON: `data` is a list of objects by column name, blank values are null."""
    data = [{name: value if value != "" else None for name, value in zip(columns, row, strict=True)} for row in rows]
    whole = {"title": title, "source": SOURCE, "as_of": as_of, "count": len(data), "data": data}
    text = json.dumps(whole, ensure_ascii=False, default=_plain, separators=(",", ":"))
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _plain(value: object) -> object:
    """Numbers as numbers, days as ISO 8601."""
    return value.isoformat() if isinstance(value, date) else float(str(value))
