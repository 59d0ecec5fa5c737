"""The clock by which the database stamps what is recorded (`recorded_now()`): a simulated one is the owner's role's alone."""

from datetime import datetime

from django.db import connection


def clock_set(at: datetime) -> None:
    """Let the database stamp what the rest of this transaction records with a moment of a simulated season.

    The first row stamped is refused (`insufficient_privilege`) unless the connection is of the role that owns the tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('localgov.clock', %s, true)", [at.isoformat()])
