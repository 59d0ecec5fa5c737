"""What no path may do: rewrite an act of time, move a round's announced dates, shorten a unit's own."""

from django.db import migrations

GUARD = """
CREATE TRIGGER rounds_extension_append_only BEFORE UPDATE OR DELETE ON rounds_extension
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER rounds_extension_no_truncate BEFORE TRUNCATE ON rounds_extension
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER rounds_reopening_append_only BEFORE UPDATE OR DELETE ON rounds_reopening
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER rounds_reopening_no_truncate BEFORE TRUNCATE ON rounds_reopening
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER rounds_reopeningend_append_only BEFORE UPDATE OR DELETE ON rounds_reopeningend
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER rounds_reopeningend_no_truncate BEFORE TRUNCATE ON rounds_reopeningend
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

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
DROP TRIGGER rounds_reopeningend_no_truncate ON rounds_reopeningend;
DROP TRIGGER rounds_reopeningend_append_only ON rounds_reopeningend;
DROP TRIGGER rounds_reopening_no_truncate ON rounds_reopening;
DROP TRIGGER rounds_reopening_append_only ON rounds_reopening;
DROP TRIGGER rounds_extension_no_truncate ON rounds_extension;
DROP TRIGGER rounds_extension_append_only ON rounds_extension;
"""


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_acts_of_time"), ("audit", "0002_append_only")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
