"""What became of the letters: which of the units named have done it since, when, and after how many days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db import connection

from localgov.filings.states import Action, Status
from localgov.lib.thai_calendar import bangkok_date
from localgov.monitoring.causes import ENTRY_CAUSES
from localgov.monitoring.selectors.lagging import Cause, lagging_units
from localgov.organisations import areas
from localgov.reports.models import Letter, LetterRun
from localgov.rounds.reading import RosterFilter

#: The first act of each sheet since the list was taken; a unit is through with the last of its sheets.
_STEPS = """
SELECT code, max(first_at) FROM (
    SELECT e.code, s.section, min(t.at) AS first_at
    FROM rounds_rosterentry e
    JOIN filings_filing f ON f.roster_entry_id = e.id
    JOIN filings_sheet s ON s.filing_id = f.id
    JOIN filings_steptaken t ON t.sheet_id = s.id
    WHERE e.round_id = %(round)s AND e.code = ANY(%(codes)s) AND t.recorded_at > %(since)s
        AND {step}
    GROUP BY e.code, s.section
) sheets GROUP BY code
"""
_BEGUN = """
SELECT e.code, min(coalesce(s.first_answer_at, s.created_at))
FROM rounds_rosterentry e
JOIN filings_filing f ON f.roster_entry_id = e.id
JOIN filings_sheet s ON s.filing_id = f.id
WHERE e.round_id = %(round)s AND e.code = ANY(%(codes)s) AND s.created_at > %(since)s
GROUP BY e.code
"""
_SIGNED_IN = """
SELECT o.code, min(s.at)
FROM organisations_organisation o
JOIN accounts_user a ON a.organisation_id = o.id
JOIN audit_event s ON s.actor_id = a.id AND s.type = 'account.signed_in' AND s.recorded_at > %(since)s
WHERE o.code = ANY(%(codes)s)
GROUP BY o.code
"""

_TOLD = """
SELECT o.code, min(r.at)
FROM organisations_organisation o
JOIN {records} r ON r.organisation_id = o.id AND r.fiscal_year_be = %(year)s AND r.recorded_at > %(since)s
WHERE o.code = ANY(%(codes)s)
GROUP BY o.code
"""

#: When the last of these kinds first reached what was asked for (at least one, where nothing was said).
_ENTERED = """
SELECT o.code, max(reached.first_at) FROM (
    SELECT t.organisation_id, t.kind, min(t.recorded_at) AS first_at FROM publishing_entrytally t
    WHERE t.fiscal_year_be = %(year)s AND t.recorded_at > %(since)s AND t.kind IN ({kinds})
        AND t.entered >= greatest(1, coalesce((
            SELECT CASE t.kind WHEN 'NEWS' THEN d.news WHEN 'PRODUCT' THEN d.products ELSE d.places END
            FROM publishing_entryduty d WHERE d.fiscal_year_be = t.fiscal_year_be ORDER BY d.id DESC LIMIT 1
        ), 1))
    GROUP BY t.organisation_id, t.kind
) reached
JOIN organisations_organisation o ON o.id = reached.organisation_id
WHERE o.code = ANY(%(codes)s)
GROUP BY o.code
"""


def _entered(cause: Cause) -> str:
    return _ENTERED.format(kinds=", ".join(f"'{kind.value}'" for kind in ENTRY_CAUSES[cause]))


_QUERIES: dict[str, str] = {
    Cause.NOT_BEGUN: _BEGUN,
    Cause.NOT_SUBMITTED: _STEPS.format(step=f"t.action = '{Action.SUBMIT}'"),
    Cause.NOT_CERTIFIED_UNIT: _STEPS.format(step=f"t.target = '{Status.CERTIFIED_LAO}'"),
    Cause.NOT_CERTIFIED_PROVINCE: _STEPS.format(step=f"t.target = '{Status.CERTIFIED_PROVINCE}'"),
    Cause.WEBSITE: _TOLD.format(records="directory_websiterecord"),
    Cause.ADMINISTRATOR: _TOLD.format(records="directory_administratorrecord"),
    Cause.IDLE: _SIGNED_IN,
    **{cause.value: _entered(cause) for cause in ENTRY_CAUSES},
}


@dataclass(frozen=True)
class UnitAnswer:
    """One unit that a letter named: what it had done then, whether it still lags, when it did it, after how many days.

    `at` None with `lags` False: it is no longer asked (excused, or moved on without an act of its own).
    """

    code: str
    name: str
    unit_type: str
    district_code: str
    province_code: str
    done_then: str
    lags: bool
    at: datetime | None
    days: int | None


@dataclass(frozen=True)
class LetterAnswer:
    """One letter, or one province of a letter to all of them, and its units' answers summed.

    `median_days` is the middle of those that did it, None while nobody has.
    """

    letter: Letter
    units: tuple[UnitAnswer, ...]
    name: str

    @property
    def count(self) -> int:
        """Units named."""
        return len(self.units)

    @property
    def lagging(self) -> int:
        """Units that still lag."""
        return sum(1 for unit in self.units if unit.lags)

    @property
    def answered(self) -> int:
        """Units that no longer lag."""
        return self.count - self.lagging

    @property
    def days(self) -> list[int]:
        """Days of those that did it."""
        return [unit.days for unit in self.units if unit.days is not None]

    @property
    def median_days(self) -> int | None:
        """The middle of those."""
        return round(median(self.days)) if self.days else None

    @property
    def last_at(self) -> datetime | None:
        """When the newest of them did it."""
        return max((unit.at for unit in self.units if unit.at is not None), default=None)


def letters_answered(*, run: LetterRun, letters: Sequence[Letter], at: datetime) -> list[LetterAnswer]:
    """What became of letters of one run, whose round is loaded. Two queries, whatever their number.

    Days count from the day of the letter (of its making, where the day was left to the pen).
    """
    codes = [unit["code"] for letter in letters for unit in letter.units]
    wanted = RosterFilter(codes=tuple(codes))
    cause = Cause(run.cause)
    lagging = {unit.code for unit in lagging_units(cause=cause, wanted=wanted, at=at, round=run.round)}
    done = dict(_done(cause, run, codes))
    sent = run.letter_date or bangkok_date(run.at)
    return [
        LetterAnswer(letter, tuple(_answer(unit, lagging, done, sent) for unit in letter.units), letter.addressee)
        for letter in letters
    ]


def by_province(answer: LetterAnswer) -> list[LetterAnswer]:
    """What became of a letter to all provinces, one row a province in the order of its list."""
    units: dict[str, list[UnitAnswer]] = {}
    for unit in answer.units:
        units.setdefault(unit.province_code, []).append(unit)
    return [LetterAnswer(answer.letter, tuple(own), f"จังหวัด{areas.province_name(code)}") for code, own in units.items()]


def _answer(unit: dict[str, Any], lagging: set[str], done: dict[str, datetime], sent: date) -> UnitAnswer:
    lags = unit["code"] in lagging
    moment = None if lags else done.get(unit["code"])
    return UnitAnswer(
        code=unit["code"],
        name=unit["name"],
        unit_type=unit["type"],
        district_code=unit["district"],
        province_code=unit["province"],
        done_then=unit["done"],
        lags=lags,
        at=moment,
        days=max(0, (bangkok_date(moment) - sent).days) if moment else None,
    )


def _done(cause: Cause, run: LetterRun, codes: list[str]) -> Iterable[tuple[str, datetime]]:
    """When the units did it since the list was taken (1 query)."""
    parameters = {"round": run.round_id, "year": run.fiscal_year_be, "codes": codes, "since": run.as_of}
    with connection.cursor() as cursor:
        cursor.execute(_QUERIES[cause], parameters)
        found: list[tuple[str, datetime]] = cursor.fetchall()
    return found
