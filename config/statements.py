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
from django.db.models import Field, ForeignKey, Model

Row = TypeVar("Row", bound=Model)


def prepared_cursor() -> Any:
    """A cursor (of Django's kind, so that statements are counted and logged) whose statements the server keeps planned."""
    connection.close_if_health_check_failed()  # as Django's own cursor does: the database may have ended it since
    connection.ensure_connection()
    return connection._prepare_cursor(psycopg.Cursor(connection.connection))  # type: ignore[attr-defined]


def read(model: type[Row], tail: str, parameters: Sequence[Any], *, related: Sequence[str] = ()) -> list[Row]:
    """Rows of a model's table; `tail` is the statement after FROM and the table's name, where conditions begin.

    `related`: foreign keys (never null) whose rows come along, as by `select_related`; `tail` may name their tables.
    """
    names, head, converted = _reading(model, tuple(related))
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
        row, end = model.from_db(connection.alias, names, record[: len(names)]), len(names)
        for name in related:
            other = _related(model, name)
            others, *_ = _reading(other, ())
            setattr(row, name, other.from_db(connection.alias, others, record[end : end + len(others)]))
            end += len(others)
        found.append(row)
    return found


@cache
def _reading(model: type[Model], related: tuple[str, ...]) -> tuple[tuple[str, ...], str, tuple[tuple[int, Any], ...]]:
    """The fields' names, the beginning of the statement, and the fields whose values are converted, with their places."""
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    own = tuple(field.attname for field in fields)
    tables = f'"{model._meta.db_table}"'
    for name in related:
        other = _related(model, name)._meta
        fields += other.concrete_fields
        key = f'"{model._meta.db_table}"."{_foreign_key(model, name).column}"'
        tables += f' JOIN "{other.db_table}" ON "{other.db_table}"."{other.pk.column}" = {key}'
    columns = ", ".join(f'"{field.model._meta.db_table}"."{field.column}"' for field in fields)
    converted = tuple((place, field) for place, field in enumerate(fields) if hasattr(field, "from_db_value"))
    return own, f"SELECT {columns} FROM {tables}", converted  # noqa: S608


@cache
def _related(model: type[Model], name: str) -> type[Model]:
    """The model that a foreign key points to."""
    return _foreign_key(model, name).remote_field.model


def _foreign_key(model: type[Model], name: str) -> ForeignKey[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model.__name__}.{name} is no foreign key")
    return field
