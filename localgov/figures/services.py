"""Writing figures, in the transaction of the act that caused them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from config.statements import prepared_cursor
from localgov.figures.models import Stage

_WRITE = """
INSERT INTO figures_figure (fiscal_year_be, organisation_id, question, stage, number, choice, missing)
SELECT %s::smallint, u, q, %s, n, c, m
FROM json_to_recordset(%s) AS new (u bigint, q text, n numeric, c text, m text)
ON CONFLICT (fiscal_year_be, question, stage, organisation_id)
DO UPDATE SET number = excluded.number, choice = excluded.choice, missing = excluded.missing
"""
_CLEAR = """
DELETE FROM figures_figure AS kept USING unnest(%s::bigint[], %s::text[]) AS gone (unit, question)
WHERE kept.fiscal_year_be = %s AND kept.stage = %s AND kept.organisation_id = gone.unit AND kept.question = gone.question
"""
_COPY = """
COPY figures_figure (fiscal_year_be, organisation_id, question, stage, number, choice, missing) FROM STDIN
"""
#: From how many figures on it pays to try the fast way first.
MANY = 1_000


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What a figure holds: a number (baht, persons, …), or a choice, or the kind of missing. ไม่มี is number 0 with NONE."""

    number: Decimal | None = None
    choice: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of some questions of one unit; questions in `cleared` without a value lose theirs."""

    organisation_id: int
    values: Mapping[str, FigureValue]
    cleared: Collection[str] = ()


@transaction.atomic(savepoint=False)
def figures_write(*, fiscal_year: int, stage: Stage, readings: Sequence[Reading]) -> None:
    """Put the figures of some units in one year; of each unit and stage one reading."""
    gone = [
        (reading.organisation_id, question)
        for reading in readings
        for question in reading.cleared
        if question not in reading.values
    ]
    if gone:
        units, questions = zip(*gone, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_CLEAR, [list(units), list(questions), fiscal_year, stage.value])
    read_as = stage.value
    records = [
        (fiscal_year, reading.organisation_id, question, read_as, value.number, value.choice, value.missing)
        for reading in readings
        for question, value in sorted(reading.values.items())
    ]
    if len(records) >= MANY and _copied(records):
        return
    if records:
        rows = [
            {"u": unit, "q": code, "n": None if number is None else str(number), "c": choice, "m": missing}
            for _, unit, code, _, number, choice, missing in records
        ]
        with prepared_cursor() as cursor:
            cursor.execute(_WRITE, [fiscal_year, stage.value, json.dumps(rows, separators=(",", ":"))])


def _copied(records: Sequence[tuple[object, ...]]) -> bool:
    """Whether many figures could be written the fast way, which knows no conflict: false when one stood there already."""
    try:
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for record in records:
                copy.write_row(record)
    except UniqueViolation:  # a copy's errors come from the driver, not through Django
        return False
    return True
