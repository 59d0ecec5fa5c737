"""The people of the benchmark, put in by SQL: giving out accounts is not measured. None has a password."""

from __future__ import annotations

from bench.stage import Connection

#: One account of each role at each unit and each provincial office: letters of the username, role, kind of organisation.
_PEOPLE = (("br", "RECORDER", "UNIT"), ("bv", "VERIFIER", "UNIT"), ("bp", "PROVINCE_OFFICER", "PROVINCE"))
_MAKE = """
WITH made AS (
    INSERT INTO accounts_user (username, password, display_name, email, organisation_id, is_active, must_change_password,
        is_handed_down, is_demo)
    SELECT %(letters)s || lower(o.code), '!', 'ผู้ทดสอบความเร็ว', '', o.id, true, false, false, true
    FROM organisations_organisation o WHERE o.kind = %(kind)s
    RETURNING id, organisation_id
)
INSERT INTO accounts_roleassignment (user_id, organisation_id, role, held, position_title, order_number, is_acting)
SELECT id, organisation_id, %(role)s, daterange(date '2020-10-01', NULL), '', '', false FROM made
"""


def people_make(owner: Connection) -> None:
    """A recorder and a verifier for every unit, an officer for every province."""
    for letters, role, kind in _PEOPLE:
        owner.execute(_MAKE, {"letters": letters, "role": role, "kind": kind})
