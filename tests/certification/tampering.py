"""What only the owner of the database could do, and only by switching its triggers off: a change behind everybody's back."""

from __future__ import annotations

from django.db import connection


def tamper(table: str, statement: str) -> None:
    """Run a statement on a table as its owner with the table's own triggers disabled."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
