"""Where a filing stands, summed up on its own row by the database (ADR 0016); whether a sheet holds anything at all."""

from django.db import migrations, models

SUM_UP = """
CREATE FUNCTION filings_sum_up(wanted bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH sheet AS (
        SELECT filing_id, section,
            max(revision) FILTER (WHERE status = 'CERTIFIED_PROVINCE') AS both_revision,
            max(revision) FILTER (WHERE status = 'CERTIFIED_LAO') AS unit_revision,
            max(revision) AS newest_revision,
            max(status) FILTER (WHERE is_newest) AS newest_status,
            max(status_since) FILTER (WHERE is_newest) AS since,
            max(status_since) FILTER (WHERE is_newest AND status <> 'CERTIFIED_PROVINCE') AS pending_since,
            max(status_since) FILTER (WHERE status = 'CERTIFIED_PROVINCE') AS both_since
        FROM filings_sheet WHERE filing_id = ANY(wanted)
        GROUP BY filing_id, section
        HAVING bool_or(has_answers)
    ), state AS (
        SELECT filing_id, section, newest_status, since, pending_since, both_since,
            CASE WHEN both_revision IS NOT NULL THEN 'CERTIFIED_PROVINCE' WHEN unit_revision IS NOT NULL THEN 'CERTIFIED_LAO'
                ELSE newest_status END AS state,
            CASE WHEN coalesce(both_revision, unit_revision) IS NOT NULL THEN (
                SELECT max(t.at) FROM filings_sheet s JOIN filings_steptaken t ON t.sheet_id = s.id
                WHERE s.filing_id = sheet.filing_id AND s.section = sheet.section
                    AND s.revision = coalesce(sheet.both_revision, sheet.unit_revision) AND t.action = 'CERTIFY_LAO'
            ) END AS certified_at,
            newest_revision > 1 AND EXISTS (
                SELECT 1 FROM filings_sheet s JOIN filings_steptaken t ON t.sheet_id = s.id
                WHERE s.filing_id = sheet.filing_id AND s.section = sheet.section
                    AND s.revision >= coalesce(sheet.both_revision, 0) AND t.action = 'ORDER_AMENDMENT'
            ) AS ordered
        FROM sheet
    ), filing AS (
        SELECT filing_id,
            jsonb_object_agg(section, jsonb_build_array(state, newest_status, extract(epoch FROM since),
                extract(epoch FROM both_since), ordered, extract(epoch FROM pending_since))) AS states,
            count(*) FILTER (WHERE state = 'RECORDING') AS recording,
            count(*) FILTER (WHERE state = 'SUBMITTED') AS submitted,
            count(*) FILTER (WHERE state = 'VERIFIED') AS verified,
            count(*) FILTER (WHERE state = 'CERTIFIED_LAO') AS certified_unit,
            count(*) FILTER (WHERE state = 'CERTIFIED_PROVINCE') AS certified_province,
            bool_or(ordered) AS order_outstanding, min(pending_since) AS pending_since, max(certified_at) AS certified_at
        FROM state GROUP BY filing_id
    )
    UPDATE filings_filing f SET states = coalesce(n.states, '{}'), recording = coalesce(n.recording, 0),
        submitted = coalesce(n.submitted, 0), verified = coalesce(n.verified, 0),
        certified_unit = coalesce(n.certified_unit, 0), certified_province = coalesce(n.certified_province, 0),
        order_outstanding = coalesce(n.order_outstanding, false), pending_since = n.pending_since,
        certified_at = n.certified_at
    FROM unnest(wanted) AS one(id) LEFT JOIN filing n ON n.filing_id = one.id
    WHERE f.id = one.id
$$;

CREATE FUNCTION filings_sheets_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM filings_sum_up(array(SELECT DISTINCT filing_id FROM new_rows));
    RETURN NULL;
END $$;
CREATE TRIGGER filings_sheet_begun AFTER INSERT ON filings_sheet
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION filings_sheets_begun();

CREATE FUNCTION filings_sheets_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint[] := array(
        SELECT DISTINCT filing_id FROM (
            SELECT id, filing_id, status, status_since, is_newest, has_answers FROM new_rows
            EXCEPT SELECT id, filing_id, status, status_since, is_newest, has_answers FROM old_rows
        ) changed
    );
BEGIN
    IF cardinality(moved) > 0 THEN
        PERFORM filings_sum_up(moved);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER filings_sheet_moved AFTER UPDATE ON filings_sheet
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION filings_sheets_moved();

CREATE FUNCTION filings_keep_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.created_at <> OLD.created_at OR OLD.first_answer_at <> coalesce(NEW.first_answer_at, '-infinity') THEN
        RAISE EXCEPTION 'when sheet % was begun may not change', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER filings_sheet_beginning BEFORE UPDATE ON filings_sheet
    FOR EACH ROW EXECUTE FUNCTION filings_keep_beginning();

ALTER TABLE filings_filing SET (fillfactor = 60);
SELECT filings_sum_up(array(SELECT id FROM filings_filing));
"""

UNDO = """
DROP TRIGGER filings_sheet_beginning ON filings_sheet;
DROP FUNCTION filings_keep_beginning();
DROP TRIGGER filings_sheet_moved ON filings_sheet;
DROP FUNCTION filings_sheets_moved();
DROP TRIGGER filings_sheet_begun ON filings_sheet;
DROP FUNCTION filings_sheets_begun();
DROP FUNCTION filings_sum_up(bigint[]);
ALTER TABLE filings_filing RESET (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0008_exceptions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="sheet",
            name="sheet_one_per_revision",
        ),
        migrations.RemoveIndex(
            model_name="steptaken",
            name="step_sheet",
        ),
        migrations.AddField(
            model_name="filing",
            name="certified_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="filing",
            name="certified_province",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="filing",
            name="certified_unit",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="filing",
            name="order_outstanding",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="filing",
            name="pending_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="filing",
            name="recording",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="filing",
            name="states",
            field=models.JSONField(db_default={}),
        ),
        migrations.AddField(
            model_name="filing",
            name="submitted",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="filing",
            name="verified",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="sheet",
            name="has_answers",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("reply__contains", {"emptied": True})),
                fields=["sheet", "id"],
                name="change_emptied",
            ),
        ),
        migrations.AddIndex(
            model_name="steptaken",
            index=models.Index(
                fields=["sheet", "id"], include=("target", "at", "recorded_at", "action"), name="step_of_sheet"
            ),
        ),
        migrations.AddIndex(
            model_name="steptaken",
            index=models.Index(
                condition=models.Q(("action__in", ("RETURN", "RETURN_BY_PROVINCE", "ORDER_AMENDMENT", "REVOKE"))),
                fields=["sheet", "id"],
                name="step_asked_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                fields=("filing", "section", "revision"),
                include=("id", "created_at", "first_answer_at"),
                name="sheet_one_per_revision",
            ),
        ),
        migrations.RunSQL(SUM_UP, UNDO),
    ]
