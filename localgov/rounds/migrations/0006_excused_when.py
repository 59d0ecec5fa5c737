"""When an excuse was recorded, stamped by the database: a board of an earlier moment still counts the unit."""

from django.db import migrations, models

STAMP = """
CREATE FUNCTION rounds_stamp_excuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.excused_from IS DISTINCT FROM OLD.excused_from THEN
        NEW.excused_recorded_at := CASE WHEN NEW.excused_from IS NOT NULL THEN recorded_now() END;
    ELSE
        NEW.excused_recorded_at := OLD.excused_recorded_at;
    END IF;
    RETURN NEW;
END $$;
UPDATE rounds_rosterentry e SET excused_recorded_at = coalesce(
    (SELECT max(recorded_at) FROM audit_event a WHERE a.type = 'roster.excuse' AND a.target_id = e.id::text), now())
WHERE excused_from IS NOT NULL;
CREATE TRIGGER rounds_rosterentry_excuse BEFORE UPDATE ON rounds_rosterentry
    FOR EACH ROW EXECUTE FUNCTION rounds_stamp_excuse();
"""

UNDO = """
DROP TRIGGER rounds_rosterentry_excuse ON rounds_rosterentry;
DROP FUNCTION rounds_stamp_excuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0005_acts_clock"),
        ("audit", "0006_recorded_clock"),
    ]

    operations = [
        migrations.AddField(
            model_name="rosterentry",
            name="excused_recorded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(STAMP, UNDO),
    ]
