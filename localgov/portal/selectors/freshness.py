"""Of when the public figures are: the newest moment behind a reading, and a name of the state of the data for caches."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from config.statements import prepared_cursor
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
#: Of large places the newest act is found from the end of the table, of small ones from their units.
_NEWEST = "(SELECT act.recorded_at FROM {acts} {place} {level} ORDER BY act.id DESC LIMIT 1)"
_LATEST = "(SELECT max(act.recorded_at) FROM {acts} {place} {level})"

#: Numbers only grow, but one may be given before and committed after a higher one: while anybody writes, the oldest
#: writer's number is part of the name, so that what he brings changes it.
_VERSION = """
SELECT (SELECT max(id) FROM certification_certificate), (SELECT max(id) FROM certification_lapse),
    (SELECT max(id) FROM organisations_organisationversion), (SELECT max(id) FROM rounds_rosterentry),
    (SELECT max(id) FROM forms_formversion), (SELECT max(id) FROM rounds_round),
    (SELECT count(*) FROM audit_event WHERE target_kind = 'roster_entry'),
    CASE WHEN pg_snapshot_xmin(now) = pg_snapshot_xmax(now) THEN '' ELSE pg_snapshot_xmin(now)::text END{saved}
FROM pg_current_snapshot() AS now
"""
_WITH_SAVES: Final = ", (SELECT max(id) FROM filings_change)"


def as_of(reading: Reading) -> datetime | None:
    """When what stands behind a reading was last certified or ended, or for the recorded figures saved (one statement)."""
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
    """A name of the state of all that public figures are made from: another one from the commit of a change on."""
    with prepared_cursor() as cursor:
        cursor.execute(_VERSION.format(saved=_WITH_SAVES if stage is Stage.RECORDED else ""))
        return "-".join(str(part or 0) for part in cursor.fetchone())
