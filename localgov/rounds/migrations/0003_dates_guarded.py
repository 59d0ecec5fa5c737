"""What no path may do: rewrite an act of time, move a round's announced dates, shorten a unit's own."""

from django.db import migrations

GUARD = """
SELECT audit_seal(name::regclass) FROM unnest(ARRAY['rounds_extension', 'rounds_reopening', 'rounds_reopeningend']) AS name;

CREATE FUNCTION rounds_refuse_dates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% %: dates may not be %', TG_TABLE_NAME, OLD.id, TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER rounds_round_dates_fixed BEFORE UPDATE ON rounds_round FOR EACH ROW
    WHEN ((NEW.due_at, NEW.last_new_at, NEW.last_edit_at) IS DISTINCT FROM (OLD.due_at, OLD.last_new_at, OLD.last_edit_at))
    EXECUTE FUNCTION rounds_refuse_dates('moved');
CREATE TRIGGER rounds_rosterentry_never_shortened BEFORE UPDATE ON rounds_rosterentry FOR EACH ROW
    WHEN (NEW.due_at < OLD.due_at OR NEW.last_new_at < OLD.last_new_at OR NEW.last_edit_at < OLD.last_edit_at)
    EXECUTE FUNCTION rounds_refuse_dates('shortened');
"""

UNDO = """
DROP TRIGGER rounds_rosterentry_never_shortened ON rounds_rosterentry;
DROP TRIGGER rounds_round_dates_fixed ON rounds_round;
DROP FUNCTION rounds_refuse_dates();
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['rounds_extension', 'rounds_reopening', 'rounds_reopeningend'] LOOP
        EXECUTE format('DROP TRIGGER append_only ON %I; DROP TRIGGER no_truncate ON %I', name, name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_acts_of_time"), ("audit", "0005_watching")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
