"""One clock for every `recorded_at`: the database's own, which only the owner of the tables may set (the season simulator)."""

from django.db import migrations

CLOCK = """
CREATE FUNCTION simulated_now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = 'audit_event'::regclass), 'USAGE') THEN
        RAISE EXCEPTION 'only the owner of the tables may set localgov.clock' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN current_setting('localgov.clock')::timestamptz;
END $$;

CREATE FUNCTION recorded_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN coalesce(current_setting('localgov.clock', true), '') = '' THEN statement_timestamp()
                ELSE simulated_now() END
$$;

ALTER TABLE audit_event ALTER COLUMN recorded_at SET DEFAULT recorded_now();
"""

UNDO = """
ALTER TABLE audit_event ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
DROP FUNCTION recorded_now();
DROP FUNCTION simulated_now();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_watching")]

    operations = [migrations.RunSQL(CLOCK, UNDO)]
