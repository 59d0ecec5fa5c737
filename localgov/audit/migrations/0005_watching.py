"""The database's own record of ordinary tables, and the sealing of append-only ones. ADR 0011.

For a table of any room, in a migration of that room:
    SELECT audit_watch('rooms_table', masked => '{secret}', ignored => '{computed}');   -- every row written is recorded
    SELECT audit_seal('rooms_table');                                                   -- no row is ever rewritten
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION audit_kept(value jsonb, is_secret boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN is_secret AND value NOT IN ('null', '""') THEN '"•••"'
        WHEN length(value::text) > 2000
            THEN jsonb_build_object('sha256', encode(sha256(convert_to(value::text, 'UTF8')), 'hex'))
        ELSE value END
$$;

-- Arguments of the trigger: masked columns, ignored columns, the column that names the organisation ('' = none).
CREATE FUNCTION audit_log_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    masked text[] := TG_ARGV[0]::text[];
    ignored text[] := TG_ARGV[1]::text[];
    tx bigint := pg_current_xact_id()::text::bigint;
    program text := left(current_setting('application_name', true), 100);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_rowchange ("table", row, op, old, new, organisation_id, tx, db_user, application)
        SELECT TG_TABLE_NAME, n.j->>'id', TG_OP, '{}',
            CASE WHEN masked = '{}' AND pg_column_size(n.j) < 2000 THEN jsonb_strip_nulls(n.j) - ignored ELSE
                (SELECT coalesce(jsonb_object_agg(key, audit_kept(value, key = ANY (masked))), '{}')
                 FROM jsonb_each(jsonb_strip_nulls(n.j)) WHERE key <> ALL (ignored)) END,
            (n.j->>TG_ARGV[2])::bigint, tx, session_user, program
        FROM (SELECT to_jsonb(new_rows) AS j FROM new_rows) n ORDER BY n.j->>'id';
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_rowchange ("table", row, op, old, new, organisation_id, tx, db_user, application)
        SELECT TG_TABLE_NAME, o.j->>'id', TG_OP,
            (SELECT coalesce(jsonb_object_agg(key, audit_kept(value, key = ANY (masked))), '{}')
             FROM jsonb_each(jsonb_strip_nulls(o.j)) WHERE key <> ALL (ignored)),
            '{}', (o.j->>TG_ARGV[2])::bigint, tx, session_user, program
        FROM (SELECT to_jsonb(old_rows) AS j FROM old_rows) o ORDER BY o.j->>'id';
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO audit_rowchange ("table", row, op, old, new, organisation_id, tx, db_user, application)
        SELECT TG_TABLE_NAME, coalesce(n.j, o.j)->>'id', TG_OP, coalesce(c.old, '{}'), c.new,
            (coalesce(n.j, o.j)->>TG_ARGV[2])::bigint, tx, session_user, program
        FROM (SELECT to_jsonb(old_rows) AS j FROM old_rows) o
        FULL JOIN (SELECT to_jsonb(new_rows) AS j FROM new_rows) n ON n.j->>'id' = o.j->>'id'
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(b.key, audit_kept(a.value, b.key = ANY (masked))) AS old,
                CASE WHEN n.j IS NOT NULL THEN jsonb_object_agg(b.key, audit_kept(b.value, b.key = ANY (masked)))
                     ELSE '{}' END AS new
            FROM jsonb_each(coalesce(n.j, o.j)) b LEFT JOIN jsonb_each(o.j) a ON a.key = b.key
            WHERE b.key <> ALL (ignored) AND (a.value IS DISTINCT FROM b.value OR n.j IS NULL)
        ) c
        WHERE c.old IS NOT NULL OR c.new <> '{}' ORDER BY coalesce(n.j, o.j)->>'id';
    ELSE
        INSERT INTO audit_rowchange ("table", row, op, old, new, tx, db_user, application)
        VALUES (TG_TABLE_NAME, '', 'EMPTIED', '{}', '{}', tx, session_user, program);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_watch(
    watched regclass, masked text[] DEFAULT '{}', ignored text[] DEFAULT '{}', organisation text DEFAULT ''
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    call text := format('FOR EACH STATEMENT EXECUTE FUNCTION audit_log_rows(%L, %L, %L)', masked, ignored, organisation);
BEGIN
    EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows %s', watched, call);
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows %s',
        watched, call);
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows %s', watched, call);
    EXECUTE format('CREATE TRIGGER audit_truncate AFTER TRUNCATE ON %s %s', watched, call);
END $$;

-- Refuses rewriting twice: by trigger, for every role, and by what the serving role is granted.
CREATE FUNCTION audit_seal(sealed regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = sealed AND tgfoid = 'refuse_rewrite'::regproc) THEN
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', sealed);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', sealed);
    END IF;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'localgov_app') THEN
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM localgov_app', sealed);
    END IF;
END $$;

SELECT audit_seal('audit_event');
SELECT audit_seal('audit_rowchange');
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'localgov_app') THEN
        REVOKE INSERT ON audit_rowchange FROM localgov_app;
    END IF;
END $$;
"""

UNDO = """
DROP TRIGGER append_only ON audit_rowchange;
DROP TRIGGER no_truncate ON audit_rowchange;
DROP FUNCTION audit_seal(regclass);
DROP FUNCTION audit_watch(regclass, text[], text[], text);
DROP FUNCTION audit_log_rows();
DROP FUNCTION audit_kept(jsonb, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_row_change")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
