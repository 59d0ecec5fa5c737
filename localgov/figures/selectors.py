"""Reading figures: totals of the country, fresh to the last save."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from config.statements import prepared_cursor
from localgov.figures.models import Stage

#: Answered by the index alone, which holds the values.
_TOTAL = """
SELECT sum(number), count(*) FILTER (WHERE missing <> 'NO_DATA'), count(*) FILTER (WHERE missing = 'NONE'),
    count(*) FILTER (WHERE missing = 'NO_DATA')
FROM figures_figure WHERE fiscal_year_be = %s AND question = %s AND stage = %s
"""


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a question over the country, in its unit (baht, persons, …), and how many units stand behind it.

    `units` gave a value; `none` of them said ไม่มี, which counts as 0; `no_data` said ไม่มีข้อมูล and are not in the sum.
    `number` is None while nobody gave one.
    """

    number: Decimal | None
    units: int
    none: int
    no_data: int


def country_total(*, fiscal_year: int, question: str, stage: Stage) -> Total:
    """The country's total of a question in a reading (one statement)."""
    with prepared_cursor() as cursor:
        cursor.execute(_TOTAL, [fiscal_year, question, stage.value])
        return Total(*cursor.fetchone())
