"""Append-only tables, found in the database: neither role rewrites them, and every table is either sealed or watched."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from localgov.audit.models import Event
from localgov.filings.models import Sheet
from tests.inspection.conftest import app_role

pytestmark = pytest.mark.django_db

#: Tables that are neither, each with its reason.
NEITHER = {
    "filings_sheet": "answers stand in filings_change, steps in filings_steptaken; verify_audit compares the document with them",
    "filings_registerrow": "as filings_sheet",
    "filings_filing": "made by its first batch, which names it; its chains begin there",
    "jobs_job": "how far work in the background is; the act that asked for it and what it did stand in the record",
    "notices_mail": "what became of an e-mail; its cause is an act or a sealed reminder, sending again an act",
    "directory_websitecheck": "what a machine found at an address, found again every few days",
    "web_press": "forgotten after a day; the act that was pressed stands in the record",
    "publishing_edition": "counts the changes of publishing_item, written by its trigger",
    "filings_presence": "who has a page open now: believed for a minute, no record",
    "figures_figure": "read model of the answers, written in their transaction",
}
#: What the database's own triggers write.
WRITTEN_BY_DATABASE = ("audit_rowchange", "inspection_link")


def tables_with(function: str) -> set[str]:
    """Tables on which a trigger of this function hangs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE p.proname = %s",
            [function],
        )
        return {name for (name,) in cursor.fetchall()}


def refused(sql: str) -> str:
    """The database's word on a statement that it refuses."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(error.value)


def test_every_table_is_sealed_or_watched_or_has_a_reason(db: None) -> None:
    known = tables_with("refuse_rewrite") | tables_with("audit_log_rows") | set(NEITHER)

    tables = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("localgov.")}

    assert tables - known == set(), "ตารางใหม่: SELECT audit_watch('…') หรือ audit_seal('…') ใน migration ของตาราง"


def test_the_serving_role_is_granted_no_rewriting(db: None) -> None:
    sealed = tables_with("refuse_rewrite")
    assert len(sealed) >= 8

    with connection.cursor() as cursor:
        granted = []
        for table in sorted(sealed):
            cursor.execute(
                "SELECT right_, has_table_privilege('localgov_app', %s, right_) "
                "FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_",
                [table],
            )
            granted += [(table, right) for right, has in cursor.fetchall() if has]

    assert granted == []


def test_the_serving_role_is_refused_on_every_sealed_table(db: None) -> None:
    for table in sorted(tables_with("refuse_rewrite")):
        for sql in (f'UPDATE "{table}" SET id = id', f'DELETE FROM "{table}"', f'TRUNCATE "{table}"'):
            with app_role():
                assert "permission denied" in refused(sql), sql


def test_the_owner_is_refused_too(certified: Sheet) -> None:
    for table in sorted(tables_with("refuse_rewrite")):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            (count,) = cursor.fetchone()
        if count:
            assert "append-only" in refused(f'UPDATE "{table}" SET id = id')
            assert "append-only" in refused(f'DELETE FROM "{table}"')
        assert "append-only" in refused(f'SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE "{table}" CASCADE')


def test_the_serving_role_writes_no_row_that_the_database_writes(db: None) -> None:
    for table in WRITTEN_BY_DATABASE:
        with app_role():
            assert "permission denied" in refused(f'INSERT INTO "{table}" DEFAULT VALUES')


def test_the_serving_role_still_appends(db: None) -> None:
    with app_role():
        Event.objects.create(type="test.act", target_kind="test", target_id="1", at="2027-01-01T00:00:00Z")

    assert Event.objects.filter(type="test.act").count() == 1


def test_refusals_are_what_the_program_knows(certified: Sheet) -> None:
    with app_role(), pytest.raises(ProgrammingError), transaction.atomic():
        Event.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all().delete()
