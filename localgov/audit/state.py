"""The state of tables as a short text: what is made from them holds as long as the text stays the same."""

from __future__ import annotations

from functools import cache

from config.statements import prepared_cursor

#: How many of the newest rows make the text. A transaction may commit after others that took later numbers; only where more
#: rows than this were committed while it ran would it go unnoticed.
_NEWEST = 256


def state_of(*sealed: str, watched: tuple[str, ...] = ()) -> str:
    """Another text after every transaction that wrote into one of the tables; one prepared statement, some 0.1 ms.

    `sealed`: tables in which rows are only added (`audit_seal`). `watched`: tables whose rows change, by their record
    (`audit_watch`). Names come from code, never from a request.
    """
    with prepared_cursor() as cursor:
        cursor.execute(_statement(sealed, watched))
        return " ".join(str(one) for one in cursor.fetchone())


@cache
def _statement(sealed: tuple[str, ...], watched: tuple[str, ...]) -> str:
    newest = [f'SELECT id FROM "{table}"' for table in sealed]  # noqa: S608
    newest += [f"SELECT id FROM audit_rowchange WHERE \"table\" = '{table}'" for table in watched]  # noqa: S608
    sums = (f"(SELECT coalesce(sum(id), 0) FROM ({one} ORDER BY id DESC LIMIT {_NEWEST}) newest)" for one in newest)  # noqa: S608
    return f"SELECT {', '.join(sums)}"
