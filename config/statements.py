"""Statements of the hot paths: bound by the server and, after a few runs on a connection, parsed and planned but once.

Django's own queries are bound on this side and planned anew each time, which costs more than running most of them. Behind
a pooler that can't keep prepared statements DATABASE_PREPARE_AFTER=0 turns the keeping off.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.db import connection
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)


def prepared_cursor() -> Any:
    """A cursor (of Django's kind, so that statements are counted and logged) whose statements the server keeps planned."""
    connection.ensure_connection()
    return connection._prepare_cursor(psycopg.Cursor(connection.connection))  # type: ignore[attr-defined]


def read(model: type[Row], tail: str, parameters: Sequence[Any]) -> list[Row]:
    """Rows of a model's table; `tail` is the statement after FROM and the table's name, where conditions begin."""
    names, head, converted = _reading(model)
    with prepared_cursor() as cursor:
        cursor.execute(f"{head} {tail}", parameters)
        records = cursor.fetchall()
    found = []
    for record in records:
        if converted:
            values = list(record)
            for place, field in converted:
                values[place] = field.from_db_value(values[place], None, connection)
            record = values
        found.append(model.from_db(connection.alias, names, record))
    return found


@cache
def _reading(model: type[Model]) -> tuple[tuple[str, ...], str, tuple[tuple[int, Any], ...]]:
    """The fields' names, the beginning of the statement, and the fields whose values are converted, with their places."""
    fields: Sequence[Field[Any, Any]] = model._meta.concrete_fields
    columns = ", ".join(f'"{model._meta.db_table}"."{field.column}"' for field in fields)
    converted = tuple((place, field) for place, field in enumerate(fields) if hasattr(field, "from_db_value"))
    return tuple(field.attname for field in fields), f'SELECT {columns} FROM "{model._meta.db_table}"', converted  # noqa: S608
