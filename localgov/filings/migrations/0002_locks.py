"""What no path may do: write a locked sheet, rewrite a step or a change. And the chain of changes of each filing."""

from django.db import migrations

LOCK = """
CREATE FUNCTION filings_refuse_locked_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'RECORDING' AND NEW.answers IS DISTINCT FROM OLD.answers THEN
        RAISE EXCEPTION 'sheet % is locked in state %', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.filing_id <> OLD.filing_id OR NEW.section <> OLD.section OR NEW.revision <> OLD.revision THEN
        RAISE EXCEPTION 'sheet % may not change its place', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER filings_sheet_locked BEFORE UPDATE ON filings_sheet
    FOR EACH ROW EXECUTE FUNCTION filings_refuse_locked_sheet();

CREATE FUNCTION filings_refuse_locked_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
    state text;
BEGIN
    SELECT status INTO state FROM filings_sheet WHERE id = sheet FOR SHARE;
    IF state <> 'RECORDING' THEN
        RAISE EXCEPTION 'sheet % is locked in state %', sheet, state USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.sheet_id <> OLD.sheet_id THEN
        RAISE EXCEPTION 'a register row may not move to another sheet' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER filings_registerrow_locked BEFORE INSERT OR UPDATE OR DELETE ON filings_registerrow
    FOR EACH ROW EXECUTE FUNCTION filings_refuse_locked_row();

CREATE FUNCTION filings_chain_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM 1 FROM filings_filing WHERE id = NEW.filing_id FOR UPDATE;
    SELECT position, hash INTO last FROM filings_change WHERE filing_id = NEW.filing_id ORDER BY position DESC LIMIT 1;
    NEW.position := coalesce(last.position, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, '');
    NEW.hash := encode(sha256(convert_to(concat_ws('|', NEW.previous_hash, NEW.filing_id, NEW.sheet_id, NEW.position,
        NEW.batch, NEW.receipt, NEW.via, NEW.actor_id, NEW.actor_label, NEW.role, NEW.items::text,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8')), 'hex');
    RETURN NEW;
END $$;
CREATE TRIGGER filings_change_chain BEFORE INSERT ON filings_change
    FOR EACH ROW EXECUTE FUNCTION filings_chain_change();

CREATE SEQUENCE filings_receipt;

CREATE TRIGGER filings_change_append_only BEFORE UPDATE OR DELETE ON filings_change
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER filings_change_no_truncate BEFORE TRUNCATE ON filings_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER filings_steptaken_append_only BEFORE UPDATE OR DELETE ON filings_steptaken
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER filings_steptaken_no_truncate BEFORE TRUNCATE ON filings_steptaken
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
"""

UNDO = """
DROP TRIGGER filings_steptaken_no_truncate ON filings_steptaken;
DROP TRIGGER filings_steptaken_append_only ON filings_steptaken;
DROP TRIGGER filings_change_no_truncate ON filings_change;
DROP TRIGGER filings_change_append_only ON filings_change;
DROP SEQUENCE filings_receipt;
DROP TRIGGER filings_change_chain ON filings_change;
DROP FUNCTION filings_chain_change();
DROP TRIGGER filings_registerrow_locked ON filings_registerrow;
DROP FUNCTION filings_refuse_locked_row();
DROP TRIGGER filings_sheet_locked ON filings_sheet;
DROP FUNCTION filings_refuse_locked_sheet();
"""


class Migration(migrations.Migration):
    dependencies = [("filings", "0001_initial"), ("audit", "0002_append_only")]

    operations = [migrations.RunSQL(LOCK, UNDO)]
