"""What made-up units of a demonstration recorded: plausible addresses, and administrators named after their role."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from localgov.audit.clock import clock_set
from localgov.forms import selectors as forms
from localgov.organisations.services.reset import installation_is_demo
from localgov.rounds.models import Round

#: After the opening of a year.
_WEEKS = timedelta(days=35)
_LABEL = "ผู้บันทึก (ข้อมูลสาธิต)"

#: A unit's chance in a year, 0 to 99, the same in every demonstration.
_CHANCE = "('x' || substr(md5(e.code || r.fiscal_year_be || %(about)s), 1, 6))::bit(24)::int %% 100"
_DUE = """
    FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id
    WHERE r.id = %(round)s AND e.excused_from IS NULL AND {chance} < %(share)s AND NOT EXISTS (
        SELECT 1 FROM {table} w WHERE w.organisation_id = e.organisation_id AND w.fiscal_year_be = r.fiscal_year_be
    )
"""
_WEBSITES = """
INSERT INTO directory_websiterecord (organisation_id, fiscal_year_be, url, actor_label, at)
SELECT e.organisation_id, r.fiscal_year_be,
    CASE WHEN {chance} < %(share)s * 0.9 THEN 'https://www.u' || e.code || '.example.go.th/' ELSE '' END, %(label)s, %(at)s
"""
_LISTS = """
INSERT INTO directory_administratorrecord (organisation_id, fiscal_year_be, actor_label, at)
SELECT e.organisation_id, r.fiscal_year_be, %(label)s, %(at)s
"""
_LINKED_WEBSITES = """
INSERT INTO filings_linkedvalue (roster_entry_id, question, value, actor_label, at)
SELECT e.id, question.code, question.value, w.actor_label, w.at
FROM directory_websiterecord w JOIN rounds_rosterentry e ON e.round_id = %(round)s AND e.organisation_id = w.organisation_id
CROSS JOIN LATERAL (
    VALUES ('website_has', to_jsonb(w.url <> '')), ('website_url', to_jsonb(nullif(w.url, '')))
) question(code, value)
WHERE w.fiscal_year_be = %(year)s AND %(linked)s AND NOT EXISTS (
    SELECT 1 FROM filings_linkedvalue l WHERE l.roster_entry_id = e.id AND l.question = question.code
)
"""
_LINKED_PEOPLE = """
INSERT INTO filings_linkedvalue (roster_entry_id, question, value, actor_label, at)
SELECT e.id, 'system_admin', (
    SELECT jsonb_agg(jsonb_build_object('admin_name', p.name, 'admin_position', p.position, 'admin_phone', p.phone,
        'admin_email', p.email) ORDER BY p.place)
    FROM directory_administrator p WHERE p.record_id = a.id
), a.actor_label, a.at
FROM directory_administratorrecord a
JOIN rounds_rosterentry e ON e.round_id = %(round)s AND e.organisation_id = a.organisation_id
WHERE a.fiscal_year_be = %(year)s AND %(linked)s AND NOT EXISTS (
    SELECT 1 FROM filings_linkedvalue l WHERE l.roster_entry_id = e.id AND l.question = 'system_admin'
)
"""
_PEOPLE = """
INSERT INTO directory_administrator (record_id, place, name, position, phone, email)
SELECT a.id, 1, 'ผู้ดูแลระบบ (ข้อมูลสาธิต)', 'นักวิเคราะห์นโยบายและแผน', '0-2555-0100', 'info' || o.code || '@example.go.th'
FROM directory_administratorrecord a JOIN organisations_organisation o ON o.id = a.organisation_id
WHERE a.fiscal_year_be = %(year)s AND NOT EXISTS (SELECT 1 FROM directory_administrator p WHERE p.record_id = a.id)
"""


@transaction.atomic
def demo_records_make(*, at: datetime, round: Round, share: int) -> int:
    """Let about so many of a hundred units have recorded for the year of a round, those that have not; returns how many did.

    They did it some weeks after the year was opened, by the clock of the record too: the connection owns the tables.

    Raises:
        ValueError: the installation is not a demonstration.
    """
    if not installation_is_demo():
        raise ValueError("made-up records belong in a demonstration alone")
    at = min(at, round.opened_at + _WEEKS)
    clock_set(at)
    common: dict[str, Any] = {
        "round": round.pk,
        "year": round.fiscal_year_be,
        "share": share,
        "label": _LABEL,
        "at": at,
    }
    item = forms.compiled(round.form_version_id).item("website_has")
    common["linked"] = item is not None and item.linked == "directory_website"
    with connection.cursor() as cursor:
        due = _DUE.format(chance=_CHANCE, table="directory_websiterecord")
        cursor.execute(_WEBSITES.format(chance=_CHANCE) + due, {**common, "about": "website"})
        made: int = cursor.rowcount
        due = _DUE.format(chance=_CHANCE, table="directory_administratorrecord")
        cursor.execute(_LISTS + due, {**common, "about": "administrator"})
        cursor.execute(_PEOPLE, common)
        cursor.execute(_LINKED_WEBSITES, common)
        cursor.execute(_LINKED_PEOPLE, common)
    return made
