"""Reminders are append-only; the plan and the offices' addresses are watched."""

from django.db import migrations

GUARD = """
SELECT audit_seal('notices_reminder');
SELECT audit_watch('notices_reminderplan');
SELECT audit_watch('notices_officeaddress', '{}', '{}', 'organisation_id');
ALTER TABLE notices_reminder ALTER COLUMN recorded_at SET DEFAULT recorded_now();
"""

UNDO = """
ALTER TABLE notices_reminder ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
DROP TRIGGER append_only ON notices_reminder;
DROP TRIGGER no_truncate ON notices_reminder;
DO $$
DECLARE
    name text;
    act text;
BEGIN
    FOREACH name IN ARRAY ARRAY['notices_reminderplan', 'notices_officeaddress'] LOOP
        FOREACH act IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
            EXECUTE format('DROP TRIGGER audit_%s ON %I', act, name);
        END LOOP;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_mails")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
