"""Of when the public figures are: the newest moment behind a reading, and a name of the state of the data for caches."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final

from config.statements import prepared_cursor
from localgov.audit.state import state_of
from localgov.figures.models import Stage
from localgov.portal.selectors.places import PlaceKind
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


def _as_of(reading: Reading) -> datetime | None:
    place, parameters = reading.place.condition()
    found_by = _NEWEST if reading.place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION} else _LATEST
    kinds = (_SAVED,) if reading.stage is Stage.RECORDED else (_CERTIFIED, _ENDED)
    moments = [
        found_by.format(acts=acts, place=_OF_THE_PLACE.format(place=place), level=level) for acts, level in kinds
    ]
    level_parameters = [] if reading.stage is Stage.RECORDED else [reading.stage.value]
    each = [reading.year.round_id, *parameters, *level_parameters]
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT greatest({', '.join(moments)})", each * len(kinds))
        found: datetime | None = cursor.fetchone()[0]
    return found


def version(stage: Stage) -> str:
    """The state of all that public figures at a stage are made from (one statement)."""
    return state_of(*_CERTIFYING, *(_SAVING if stage is Stage.RECORDED else ()), watched=_WATCHED)
