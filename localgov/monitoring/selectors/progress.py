"""SQL that the boards and the lists of who has not share: how far a unit of a round is, and whether it is late.

It speaks of `e` (a roster entry), `r` (its round), `needed.n` (the sheets that count for its type) and `u` (the relation of
`standings.unit_relation`, absent for a unit that has not begun).
"""

from __future__ import annotations

from typing import Any

from localgov.filings.selectors.standings import UnitRelation
from localgov.forms import selectors as forms
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.monitoring.causes import Cause, causes_of
from localgov.rounds.models import Profile, Round

BEGUN = "coalesce(u.begun, false)"
#: Sheets sent at least once and not taken back: submitted or further.
SUBMITTED = "coalesce(u.submitted + u.verified + u.certified_unit + u.certified_province, 0)"
VERIFIED = "coalesce(u.verified + u.certified_unit + u.certified_province, 0)"
CERTIFIED_UNIT = "coalesce(u.unit_count, 0)"
CERTIFIED_PROVINCE = "coalesce(u.both_count, 0)"

#: What is true of a unit that lags for a cause; nobody lags who has nothing to record.
LAGS: dict[Cause, str] = {
    Cause.NOT_BEGUN: f"needed.n > 0 AND NOT {BEGUN}",
    Cause.NOT_SUBMITTED: f"{SUBMITTED} < needed.n",
    Cause.NOT_CERTIFIED_UNIT: f"{CERTIFIED_UNIT} < needed.n",
    Cause.NOT_CERTIFIED_PROVINCE: f"({CERTIFIED_PROVINCE} < needed.n OR coalesce(u.order_outstanding, false))",
}

_JOINS = """
JOIN (SELECT unnest(%(types)s::text[]) AS unit_type, unnest(%(needs)s::int[]) AS n) needed ON needed.unit_type = e.unit_type
LEFT JOIN ({units}) u ON u.entry_id = e.id
"""


def last_duty(round: Round) -> Cause:
    """The cause whose absence means that a unit of the round is through, the province's part included."""
    return causes_of(round.profile)[-1]


def own_duty(round: Round) -> Cause:
    """The cause whose absence means that the unit itself did what the round's profile asks of it by its due date.

    As the score judges being in time: the province's signature is not the unit's to give.
    """
    return Cause.NOT_SUBMITTED if round.profile == Profile.RECORD else Cause.NOT_CERTIFIED_UNIT


def late_sql(round: Round, own_due_at: str) -> str:
    """Whether a unit is past its own due date (`own_due_at` is the SQL of it) at `moment` without having done its part."""
    return f"({own_due_at} <= %(moment)s AND {LAGS[own_duty(round)]})"


def joins(round: Round, units: UnitRelation, *, section: str = "") -> tuple[str, dict[str, Any]]:
    """The joins of `needed` and `u`, and their parameters; with the sheet alone that `u` counts, if it counts one."""
    sections = sections_of(round)
    if section and round.profile == Profile.RECORD:
        sections = {kind: tuple(code for code in codes if code == section) for kind, codes in sections.items()}
    parameters = {"types": list(sections), "needs": [len(codes) for codes in sections.values()]}
    return _JOINS.format(units=units.sql), units.parameters | parameters


def sections_of(round: Round) -> dict[str, tuple[str, ...]]:
    """The sheets that count, by unit type."""
    return {kind: forms.applicable_sheets(round.form_version_id, kind) for kind, _ in UNIT_TYPE_CHOICES}


def sheet_word(round: Round) -> str:
    """What a sheet of the form is called: ด้าน of the eight domains, ส่วน of any other form."""
    return "ด้าน" if round.form_code == "eight_domains" else "ส่วน"
