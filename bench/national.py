"""The country of the issue “The public face”, by SQL: what some units recorded becomes the answers of all, and five earlier years.

python -m bench.national            makes `bench_country` so, unless it stands, and says how programs reach it
python -m bench.national --units 50 with answers of fewer units to copy from

Earlier years are certified by both levels, everywhere: their rounds, rosters, filings, sheets (without answers), steps and
certificates, and their figures in the reading `PROVINCE` alone. Hash chains are not written: nothing here inspects them.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

from psycopg import sql

from bench.country import YEAR
from bench.stage import Connection, Stage

EARLIER = range(YEAR - 5, YEAR)
#: So many units answer through the services; every type of unit is among them.
UNITS = 300
#: Into these rows are put, or states moved, by the hundred thousand: without their triggers, which look at one row at a time.
_QUIET = (
    "rounds_round", "rounds_rosterentry", "filings_filing", "filings_sheet", "filings_change", "filings_steptaken",
    "certification_certificate",
)  # fmt: skip

#: For every unit that has recorded nothing in the year, one of its type that has.
_MODELS: LiteralString = """
CREATE TEMP TABLE model AS
WITH entry AS (
    SELECT e.id, e.organisation_id, e.unit_type, f.id AS filing_id,
        row_number() OVER (PARTITION BY e.unit_type, f.id IS NULL ORDER BY e.id) AS place,
        count(f.id) OVER (PARTITION BY e.unit_type) AS recorded
    FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id LEFT JOIN filings_filing f ON f.roster_entry_id = e.id
    WHERE r.fiscal_year_be = %(year)s AND r.form_code = 'eight_domains'
)
SELECT other.id AS entry_id, other.organisation_id AS unit, one.organisation_id AS model, one.filing_id AS model_filing
FROM entry other JOIN entry one
    ON one.unit_type = other.unit_type AND one.filing_id IS NOT NULL AND one.place = other.place %% one.recorded + 1
WHERE other.filing_id IS NULL
"""
_ALIKE: tuple[LiteralString, ...] = (
    "INSERT INTO filings_filing (roster_entry_id, round_id, organisation_id)"
    " SELECT m.entry_id, f.round_id, m.unit FROM model m JOIN filings_filing f ON f.id = m.model_filing ORDER BY m.entry_id",
    "INSERT INTO filings_sheet (filing_id, section, revision, is_newest, status, status_since, lock, answers, first_answer_at,"
    " last_answer_at, has_answers, recorder_ids, required_count, answered_count, error_count, warning_count, returned_note)"
    " SELECT f.id, s.section, 1, true, s.status, s.status_since, s.lock, s.answers, s.first_answer_at, s.last_answer_at,"
    " s.has_answers, ARRAY[u.user_id], s.required_count, s.answered_count, s.error_count, s.warning_count, ''"
    " FROM model m JOIN filings_filing f ON f.roster_entry_id = m.entry_id JOIN filings_sheet s ON s.filing_id = m.model_filing"
    " JOIN LATERAL (SELECT min(a.user_id) AS user_id FROM accounts_roleassignment a"
    "     WHERE a.organisation_id = m.unit AND a.role = 'RECORDER') u ON true"
    " ORDER BY f.id, s.id",
    "INSERT INTO filings_change (filing_id, sheet_id, batch, receipt, via, actor_label, role, items, reply, request_id, at,"
    " recorded_at, position, previous_hash, hash)"
    " SELECT s.filing_id, s.id, gen_random_uuid(), 'BENCH-' || s.id, 'COMMAND', 'เตรียมข้อมูล', '', '[]', '{}', '',"
    " s.last_answer_at, s.last_answer_at, row_number() OVER (PARTITION BY s.filing_id ORDER BY s.id), '', ''"
    " FROM filings_sheet s JOIN filings_filing f ON f.id = s.filing_id JOIN model m ON m.entry_id = f.roster_entry_id"
    " ORDER BY s.id",
)
_FIGURES_ALIKE: LiteralString = (
    "INSERT INTO figures_figure (fiscal_year_be, organisation_id, question, stage, number, choice, missing, recorded_at)"
    " SELECT f.fiscal_year_be, m.unit, f.question, f.stage, f.number, f.choice, f.missing, f.recorded_at"
    " FROM model m JOIN figures_figure f ON f.organisation_id = m.model AND f.fiscal_year_be = %(year)s ORDER BY m.entry_id"
)

#: `back` years before the year, from its rows.
_THEN: tuple[LiteralString, ...] = (
    "INSERT INTO rounds_round (form_version_id, form_code, fiscal_year_be, title, profile, due_at, last_new_at, last_edit_at,"
    " opened_at) SELECT form_version_id, form_code, fiscal_year_be - %(back)s,"
    " replace(title, fiscal_year_be::text, (fiscal_year_be - %(back)s)::text), profile, due_at - %(ago)s, last_new_at - %(ago)s,"
    " last_edit_at - %(ago)s, opened_at - %(ago)s"
    " FROM rounds_round WHERE fiscal_year_be = %(year)s AND form_code = 'eight_domains'",
    "INSERT INTO rounds_rosterentry (round_id, organisation_id, code, name, full_name, short_name, unit_type, province_code,"
    " district_code, path, excused_reason, due_at, last_new_at, last_edit_at, search_text)"
    " SELECT t.id, e.organisation_id, e.code, e.name, e.full_name, e.short_name, e.unit_type, e.province_code, e.district_code,"
    " e.path, '', e.due_at - %(ago)s, e.last_new_at - %(ago)s, e.last_edit_at - %(ago)s, e.search_text"
    " FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id AND r.fiscal_year_be = %(year)s"
    " JOIN rounds_round t ON t.form_code = r.form_code AND t.fiscal_year_be = %(year)s - %(back)s"
    " WHERE r.form_code = 'eight_domains' ORDER BY e.id",
    "INSERT INTO filings_filing (roster_entry_id, round_id, organisation_id, created_at)"
    " SELECT e.id, e.round_id, e.organisation_id, e.due_at - interval '60 days' FROM rounds_rosterentry e"
    " JOIN rounds_round r ON r.id = e.round_id AND r.fiscal_year_be = %(year)s - %(back)s AND r.form_code = 'eight_domains'"
    " ORDER BY e.id",
    "INSERT INTO filings_sheet (filing_id, section, revision, is_newest, status, status_since, lock, answers, first_answer_at,"
    " last_answer_at, has_answers, recorder_ids, verifier_id, required_count, answered_count, error_count, warning_count,"
    " returned_note, created_at)"
    " SELECT n.id, s.section, 1, true, 'CERTIFIED_PROVINCE', n.created_at + interval '30 days', 1, '{}', n.created_at,"
    " n.created_at, true, s.recorder_ids, v.user_id, s.required_count, s.answered_count, 0, 0, '', n.created_at"
    " FROM filings_filing n JOIN rounds_round r ON r.id = n.round_id AND r.fiscal_year_be = %(year)s - %(back)s"
    " JOIN rounds_round l ON l.form_code = r.form_code AND l.fiscal_year_be = %(year)s"
    " JOIN filings_filing f ON f.round_id = l.id AND f.organisation_id = n.organisation_id"
    " JOIN filings_sheet s ON s.filing_id = f.id AND s.is_newest"
    " JOIN LATERAL (SELECT min(a.user_id) AS user_id FROM accounts_roleassignment a"
    "     WHERE a.organisation_id = n.organisation_id AND a.role = 'VERIFIER') v ON true"
    " WHERE r.form_code = 'eight_domains' ORDER BY n.id, s.id",
    "INSERT INTO filings_steptaken (sheet_id, action, source, target, actor_label, role, position_title, note, order_number,"
    " request_id, at, recorded_at)"
    " SELECT s.id, step.action, step.source, step.target, 'เตรียมข้อมูล', '', '', '', '', '', s.created_at + step.after,"
    " s.created_at + step.after FROM filings_sheet s JOIN filings_filing f ON f.id = s.filing_id"
    " JOIN rounds_round r ON r.id = f.round_id AND r.fiscal_year_be = %(year)s - %(back)s,"
    " (VALUES ('SUBMIT', 'RECORDING', 'SUBMITTED', interval '5 days'), ('VERIFY', 'SUBMITTED', 'VERIFIED', interval '9 days'),"
    "     ('CERTIFY_LAO', 'VERIFIED', 'CERTIFIED_LAO', interval '15 days'),"
    "     ('CERTIFY_PROVINCE', 'CERTIFIED_LAO', 'CERTIFIED_PROVINCE', interval '30 days')"
    " ) AS step (action, source, target, after) WHERE r.form_code = 'eight_domains' ORDER BY step.after, s.id",
)
#: What `filings_sum_up` would say of them one by one.
_STANDING: LiteralString = (
    "UPDATE filings_filing f SET states = n.states, certified_province = n.sheets, certified_at = n.certified_at FROM ("
    "    SELECT s.filing_id, count(*) AS sheets, max(s.created_at) + interval '15 days' AS certified_at,"
    "        jsonb_object_agg(s.section, jsonb_build_array(s.status, s.status, extract(epoch FROM s.status_since),"
    "            extract(epoch FROM s.status_since), false, NULL)) AS states"
    "    FROM filings_sheet s JOIN filings_filing o ON o.id = s.filing_id JOIN rounds_round r ON r.id = o.round_id"
    "    WHERE r.fiscal_year_be < %(year)s AND r.form_code = 'eight_domains' GROUP BY s.filing_id"
    ") n WHERE f.id = n.filing_id"
)
_CERTIFICATES: LiteralString = (
    "INSERT INTO certification_certificate (sheet_id, level, number, snapshot, sha256, declaration_version, declaration,"
    " signer_id, signer_name, signer_position, signer_organisation, signature, at, recorded_at)"
    " SELECT s.id, level.level, 'รบ.' || r.fiscal_year_be || '-B' || level.letter || s.id, '{}',"
    " encode(sha256(convert_to(s.id::text, 'UTF8')), 'hex'), '1', 'เตรียมข้อมูล', s.verifier_id, 'ผู้รับรอง (ทดสอบความเร็ว)',"
    " level.position, e.full_name, md5(f.id || level.letter)::uuid, s.status_since, s.status_since"
    " FROM filings_sheet s JOIN filings_filing f ON f.id = s.filing_id JOIN rounds_rosterentry e ON e.id = f.roster_entry_id"
    " JOIN rounds_round r ON r.id = f.round_id AND r.form_code = 'eight_domains',"
    " (VALUES ('UNIT', 'U', 'นายก', ARRAY['CERTIFIED_LAO', 'CERTIFIED_PROVINCE']),"
    "     ('PROVINCE', 'P', 'ท้องถิ่นจังหวัด', ARRAY['CERTIFIED_PROVINCE'])) AS level (level, letter, position, reached)"
    " WHERE s.status = ANY(level.reached) ORDER BY r.fiscal_year_be, level.letter DESC, s.id"
)
#: What a year has fewer of than the next: large numbers alone, so that years of the Buddhist Era stay years.
_FIGURES_THEN: LiteralString = (
    "INSERT INTO figures_figure (fiscal_year_be, organisation_id, question, stage, number, choice, missing)"
    " SELECT %(year)s - %(back)s, organisation_id, question, 'PROVINCE',"
    " CASE WHEN number > 3000 THEN round(number * (1 - 0.02 * %(back)s)) ELSE number END, choice, missing"
    " FROM figures_figure WHERE fiscal_year_be = %(year)s AND stage = 'RECORDED' ORDER BY id"
)
_FIGURES_OF_UNITS: LiteralString = (
    "INSERT INTO figures_figure (fiscal_year_be, organisation_id, question, stage, number, choice, missing)"
    " SELECT f.fiscal_year_be, f.organisation_id, f.question, 'UNIT', f.number, f.choice, f.missing"
    " FROM figures_figure f JOIN filings_filing n ON n.organisation_id = f.organisation_id"
    " JOIN rounds_round r ON r.id = n.round_id AND r.fiscal_year_be = f.fiscal_year_be AND r.form_code = 'eight_domains'"
    " WHERE f.fiscal_year_be = %(year)s AND f.stage = 'RECORDED' AND n.certified_unit + n.certified_province > 0 ORDER BY f.id"
)


def all_record(stage: Stage, database: str) -> None:
    """Give every unit that has recorded nothing in the country's year the answers of one of its type."""
    with stage.connect(database, autocommit=False) as owner:
        owner.execute("ANALYZE")
        with _quiet(owner):
            owner.execute(_MODELS, {"year": YEAR})
            owner.execute("ANALYZE model")
            for statement in _ALIKE:
                owner.execute(statement)
        with _bare(owner, "figures_figure"):
            owner.execute(_FIGURES_ALIKE, {"year": YEAR})


def earlier_years(stage: Stage, database: str) -> None:
    """Five years before the country's, and the certificates of all; its sheets stand where they will stand."""
    with stage.connect(database, autocommit=False) as owner:
        owner.execute("ANALYZE")
        with _quiet(owner):
            for year in EARLIER:
                values = {"year": YEAR, "back": YEAR - year, "ago": f"{YEAR - year} years"}
                for statement in _THEN:
                    owner.execute(statement.replace("%(ago)s", "%(ago)s::interval"), values)
                owner.execute("ANALYZE rounds_rosterentry")
                owner.execute("ANALYZE filings_filing")
                owner.execute("ANALYZE filings_sheet")
            owner.execute(_CERTIFICATES)
            owner.execute(_STANDING, {"year": YEAR})
        with _bare(owner, "figures_figure"):
            for year in EARLIER:
                owner.execute(_FIGURES_THEN, {"year": YEAR, "back": YEAR - year})
            owner.execute(_FIGURES_OF_UNITS, {"year": YEAR})


@contextmanager
def _quiet(owner: Connection) -> Iterator[None]:
    """Without triggers of the program's own; commits."""
    for table in _QUIET:
        owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    yield
    owner.commit()
    for table in _QUIET:
        owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    owner.commit()


@contextmanager
def _bare(owner: Connection, table: str) -> Iterator[None]:
    """A table without indexes and foreign keys while millions of rows go in; they are built and checked after it. Commits."""
    found = owner.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %(table)s::regclass AND contype IN ('u', 'f') ORDER BY conname",
        {"table": table},
    ).fetchall()
    indexes = owner.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %(table)s::regclass"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('u', 'p'))",
        {"table": table},
    ).fetchall()
    for name, _definition in found:
        owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    for name, _definition in indexes:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    owner.execute("SET LOCAL maintenance_work_mem = '1GB'")
    for _name, definition in indexes:
        owner.execute(sql.SQL(definition))
    for name, definition in found:
        owner.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                sql.Identifier(table), sql.Identifier(name), sql.SQL(definition)
            )
        )
    owner.commit()


def main() -> int:
    """Make the country if it does not stand, and say how to reach it."""
    from bench import country
    from config import database

    parser = argparse.ArgumentParser(prog="python -m bench.national", description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS, help="how many units answer through the services")
    arguments = parser.parse_args()
    stage = Stage(database.var_folder() / "bench")
    stage.open()
    facts: dict[str, Any] | None = stage.remembered("bench_country", any_age=True)
    if facts is None or not facts.get("national"):
        say: Callable[[str], Any] = lambda words: sys.stderr.write(f"{words}\n")  # noqa: E731
        country.prepare(stage, wanted=arguments.units, say=say, national=True)
    for name, value in stage.environment("bench_country").items():
        if name in ("LOCALGOV_VAR", "LOCALGOV_LOCAL", "DATABASE_URL", "DATABASE_OWNER_URL"):
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
