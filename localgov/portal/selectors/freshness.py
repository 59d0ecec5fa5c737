"""Of when the public figures are: the newest moment behind a reading, and a name of the state of the data for caches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from config.statements import prepared_cursor
from localgov.audit.state import state_of
from localgov.figures.models import Stage
from localgov.portal.selectors.places import Place, PlaceKind
from localgov.portal.selectors.readings import Reading

_OF_THE_PLACE = """
JOIN filings_filing f ON f.id = sheet.filing_id JOIN rounds_rosterentry e ON e.id = f.roster_entry_id
WHERE f.round_id = %s AND {place}
"""
_CERTIFIED = (
    "certification_certificate AS act JOIN filings_sheet sheet ON sheet.id = act.sheet_id",
    "AND act.level = %s",
)
_ENDED = (
    "certification_lapse AS act JOIN certification_certificate c ON c.id = act.certificate_id"
    " JOIN filings_sheet sheet ON sheet.id = c.sheet_id",
    "AND c.level = %s",
)
_SAVED = ("filings_change AS act JOIN filings_sheet sheet ON sheet.id = act.sheet_id", "")
#: Of large places the moment is that of the newest acts, of small ones that of all their units'.
_NEWEST = """(SELECT max(recorded_at) FROM
    (SELECT act.recorded_at FROM {acts} {place} {level} ORDER BY act.id DESC LIMIT 500) newest)"""
_LATEST = "(SELECT max(act.recorded_at) FROM {acts} {place} {level})"
#: What was added since this process last looked, with so many before it as may have been committed late. Numbers of our own,
#: written out: with them unknown the planner would begin with the round.
_SINCE = "(SELECT max(act.recorded_at) FROM {acts} {place} {level} AND act.id > {after})"
_LATE = 1000
_LAST_NUMBERS = """coalesce((SELECT max(id) FROM certification_certificate), 0),
    coalesce((SELECT max(id) FROM certification_lapse), 0), coalesce((SELECT max(id) FROM filings_change), 0)"""

#: Tables whose rows stay: what certified figures follow from, and the saves behind the recorded ones.
_CERTIFYING: Final = ("certification_certificate", "certification_lapse")
_SAVING: Final = ("filings_change",)
#: Tables whose rows change: whom the figures are counted of, and by which form.
_WATCHED: Final = ("organisations_organisationversion", "rounds_rosterentry", "rounds_round", "forms_formversion")


def as_of(reading: Reading) -> datetime | None:
    """When what stands behind a reading was last certified or ended, or for the recorded figures saved (one statement)."""
    return _kept_as_of(reading) if reading.state else _as_of(reading)


@lru_cache(maxsize=128)
def _kept_as_of(reading: Reading) -> datetime | None:
    return _as_of(reading)


#: Of a round, a stage and a large place: up to which acts this process has looked, and the moment that it found.
_SEEN: dict[tuple[int, Stage, Place], tuple[tuple[int, int, int], datetime | None]] = {}


def _as_of(reading: Reading) -> datetime | None:
    """Acts are only added: of a large place those are looked at that came since the last look, or for the first time all."""
    if reading.place.kind not in {PlaceKind.COUNTRY, PlaceKind.REGION}:
        return _latest(reading, _LATEST)[0]
    key = (reading.year.round_id, reading.stage, reading.place)
    seen = _SEEN.get(key)
    newest, upto = _latest(reading, _NEWEST) if seen is None else _latest(reading, _SINCE, seen[0])
    moment = max((one for one in (seen[1] if seen else None, newest) if one is not None), default=None)
    _SEEN[key] = upto, moment
    return moment


def _latest(reading: Reading, found_by: str, since: Sequence[int] = ()) -> tuple[datetime | None, tuple[int, int, int]]:
    """The newest moment, and the newest numbers of all acts in the same state of the database."""
    place, parameters = reading.place.condition()
    is_recorded = reading.stage is Stage.RECORDED
    level_parameters = [] if is_recorded else [reading.stage.value]
    numbers = since[2:] if is_recorded else since[:2]
    moments, values = [], []
    for number, (acts, level) in enumerate((_SAVED,) if is_recorded else (_CERTIFIED, _ENDED)):
        after = numbers[number] - _LATE if numbers else 0
        moments.append(found_by.format(acts=acts, place=_OF_THE_PLACE.format(place=place), level=level, after=after))
        values += [reading.year.round_id, *parameters, *level_parameters]
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT greatest({', '.join(moments)}), {_LAST_NUMBERS}", values)
        newest, *upto = cursor.fetchone()
    return newest, (upto[0], upto[1], upto[2])


def version(stage: Stage) -> str:
    """The state of all that public figures at a stage are made from (one statement)."""
    return state_of(*_CERTIFYING, *(_SAVING if stage is Stage.RECORDED else ()), watched=_WATCHED)
