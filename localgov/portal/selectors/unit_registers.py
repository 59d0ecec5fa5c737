"""The registers of one unit as everyone may read them: the rows of the text that was signed, open columns alone (ADR 0029)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from config.statements import prepared_cursor
from localgov.certification.snapshot import certified_row
from localgov.figures.models import Stage
from localgov.forms import selectors as forms
from localgov.portal.policies import OpenRegister, open_registers
from localgov.portal.selectors.readings import Year

#: The registers of the text in force, as figures are read from it: both-certified revisions before the unit's own. What is
#: only recorded has no text, and is nobody's word yet.
_CERTIFIED = """
SELECT (c.snapshot::json -> 'registers')::text, s.status = 'CERTIFIED_PROVINCE',
    (SELECT max(given.at) FROM certification_certificate given WHERE given.sheet_id = s.id
        AND NOT EXISTS (SELECT 1 FROM certification_lapse l WHERE l.certificate_id = given.id))
FROM rounds_rosterentry e
JOIN filings_filing f ON f.roster_entry_id = e.id
JOIN filings_sheet s ON s.filing_id = f.id AND s.section = %s AND s.status = ANY(%s)
JOIN certification_certificate c ON c.sheet_id = s.id AND c.level = 'UNIT'
    AND NOT EXISTS (SELECT 1 FROM certification_lapse l WHERE l.certificate_id = c.id)
WHERE e.round_id = %s AND e.organisation_id = %s
ORDER BY s.status = 'CERTIFIED_PROVINCE' DESC, s.revision DESC, c.id DESC LIMIT 1
"""
_STATUSES: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.PROVINCE: ("CERTIFIED_PROVINCE",),
    Stage.UNIT: ("CERTIFIED_PROVINCE", "CERTIFIED_LAO"),
}


@dataclass(frozen=True)
class RegisterRows:
    """A register with its rows (answers by column) as the public may read them; `at` is when they were last certified."""

    register: OpenRegister
    rows: tuple[Mapping[str, Any], ...]
    at: datetime | None


def registers_asked(year: Year, *, sheet: str, unit_type: str) -> list[OpenRegister]:
    """The open registers of a domain that a type of unit is asked for, in the order of the form."""
    known = open_registers(forms.compiled(year.form_version_id), forms.compiled(year.newest_version_id))
    return [one for one in known.values() if one.sheet == sheet and unit_type in one.applies_to]


def unit_registers(
    year: Year, asked: Sequence[OpenRegister], *, sheet: str, organisation_id: int, stage: Stage
) -> list[RegisterRows]:
    """The registers of one domain in force at a certified stage (one statement); without rows at any other."""
    found: tuple[str, bool, datetime | None] | None = None
    if asked and stage in _STATUSES:
        with prepared_cursor() as cursor:
            cursor.execute(_CERTIFIED, [sheet, list(_STATUSES[stage]), year.round_id, organisation_id])
            found = cursor.fetchone()
    text, by_province, at = found or ("{}", False, None)
    body: Mapping[str, Any] = json.loads(text)
    return [
        RegisterRows(one, one.rows([certified_row(row) for row in body.get(one.code, ())], by_province=by_province), at)
        for one in asked
    ]
