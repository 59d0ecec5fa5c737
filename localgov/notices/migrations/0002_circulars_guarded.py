"""What no path may do: rewrite a published circular, its files, its addressees or its receipts."""

from django.db import migrations

GUARD = """
SELECT audit_watch('notices_circular', '{}', '{search_text}', 'office_id');
SELECT audit_watch('notices_circularfile');
SELECT audit_seal('notices_addressee');
SELECT audit_seal('notices_receipt');

ALTER TABLE notices_receipt ADD CONSTRAINT receipt_of_the_circular FOREIGN KEY (addressee_id, circular_id)
    REFERENCES notices_addressee (id, circular_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION notices_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['state', 'ended_by', 'ended_label', 'ended_at', 'end_reason'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'PUBLISHED' AND to_jsonb(NEW) - ending = to_jsonb(OLD) - ending
        AND NEW.state IN ('REPLACED', 'WITHDRAWN') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'circular % is published: only its end may be written', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER notices_circular_frozen BEFORE UPDATE OR DELETE ON notices_circular FOR EACH ROW
    WHEN (OLD.state <> 'DRAFT') EXECUTE FUNCTION notices_refuse_published();

CREATE FUNCTION notices_require_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM rows_written r JOIN notices_circular c ON c.id = r.circular_id WHERE c.state <> 'DRAFT') THEN
        RAISE EXCEPTION '%: the circular is published', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER notices_addressee_before_publication AFTER INSERT ON notices_addressee
    REFERENCING NEW TABLE AS rows_written FOR EACH STATEMENT EXECUTE FUNCTION notices_require_draft();
CREATE TRIGGER notices_file_added_to_draft AFTER INSERT ON notices_circularfile
    REFERENCING NEW TABLE AS rows_written FOR EACH STATEMENT EXECUTE FUNCTION notices_require_draft();
CREATE TRIGGER notices_file_kept AFTER UPDATE ON notices_circularfile
    REFERENCING OLD TABLE AS rows_written FOR EACH STATEMENT EXECUTE FUNCTION notices_require_draft();
CREATE TRIGGER notices_file_dropped_from_draft AFTER DELETE ON notices_circularfile
    REFERENCING OLD TABLE AS rows_written FOR EACH STATEMENT EXECUTE FUNCTION notices_require_draft();
"""

UNDO = """
DROP TRIGGER notices_file_dropped_from_draft ON notices_circularfile;
DROP TRIGGER notices_file_kept ON notices_circularfile;
DROP TRIGGER notices_file_added_to_draft ON notices_circularfile;
DROP TRIGGER notices_addressee_before_publication ON notices_addressee;
DROP FUNCTION notices_require_draft();
DROP TRIGGER notices_circular_frozen ON notices_circular;
DROP FUNCTION notices_refuse_published();
ALTER TABLE notices_receipt DROP CONSTRAINT receipt_of_the_circular;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['notices_addressee', 'notices_receipt'] LOOP
        EXECUTE format('DROP TRIGGER append_only ON %I; DROP TRIGGER no_truncate ON %I', name, name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['notices_circular', 'notices_circularfile'] LOOP
        EXECUTE format('DROP TRIGGER audit_insert ON %1$I; DROP TRIGGER audit_update ON %1$I;
            DROP TRIGGER audit_delete ON %1$I; DROP TRIGGER audit_truncate ON %1$I', name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_circulars"), ("audit", "0005_watching")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
