"""The hash of a batch covers everything that an officer or a past moment is told from it: also the reply and when it was recorded.

Batches chained before keep their hash: `inspection.services.chains` knows both formulas. Once a filing has a batch of the
second formula, the first is no longer accepted in it.
"""

from django.db import migrations

CHAIN = """
CREATE OR REPLACE FUNCTION filings_chain_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM 1 FROM filings_filing WHERE id = NEW.filing_id FOR UPDATE;
    SELECT position, hash INTO last FROM filings_change WHERE filing_id = NEW.filing_id ORDER BY position DESC LIMIT 1;
    NEW.position := coalesce(last.position, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, '');
    NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n', NEW.previous_hash,
        jsonb_build_array(NEW.filing_id, NEW.sheet_id, NEW.position, NEW.batch, NEW.receipt, NEW.via, NEW.actor_id,
            NEW.actor_label, NEW.role, NEW.request_id,
            to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')),
        NEW.items, NEW.reply), 'UTF8')), 'hex');
    RETURN NEW;
END $$;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION filings_chain_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("filings", "0003_attachment")]

    operations = [migrations.RunSQL(CHAIN, BEFORE)]
