"""Acts of time are refused to the serving role by grant too, and recorded as rows, which the daily head covers."""

from django.db import migrations

SEAL = """
SELECT audit_seal(name::regclass), audit_watch(name::regclass)
FROM unnest(ARRAY['rounds_extension', 'rounds_reopening', 'rounds_reopeningend']) AS name;
"""
UNDO = """
DROP TRIGGER audit_insert ON rounds_extension;
DROP TRIGGER audit_update ON rounds_extension;
DROP TRIGGER audit_delete ON rounds_extension;
DROP TRIGGER audit_truncate ON rounds_extension;
DROP TRIGGER audit_insert ON rounds_reopening;
DROP TRIGGER audit_update ON rounds_reopening;
DROP TRIGGER audit_delete ON rounds_reopening;
DROP TRIGGER audit_truncate ON rounds_reopening;
DROP TRIGGER audit_insert ON rounds_reopeningend;
DROP TRIGGER audit_update ON rounds_reopeningend;
DROP TRIGGER audit_delete ON rounds_reopeningend;
DROP TRIGGER audit_truncate ON rounds_reopeningend;
"""


class Migration(migrations.Migration):
    dependencies = [("inspection", "0002_watching"), ("rounds", "0003_dates_guarded")]

    operations = [migrations.RunSQL(SEAL, UNDO)]
