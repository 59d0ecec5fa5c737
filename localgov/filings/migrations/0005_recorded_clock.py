"""What is recorded here is stamped by the one clock of the database (`audit/0006_recorded_clock`)."""

from django.db import migrations

CLOCK = """
ALTER TABLE filings_filing ALTER COLUMN created_at SET DEFAULT recorded_now();
ALTER TABLE filings_sheet ALTER COLUMN created_at SET DEFAULT recorded_now();
ALTER TABLE filings_attachment ALTER COLUMN recorded_at SET DEFAULT recorded_now();
ALTER TABLE filings_change ALTER COLUMN recorded_at SET DEFAULT recorded_now();
ALTER TABLE filings_steptaken ALTER COLUMN recorded_at SET DEFAULT recorded_now();
"""

UNDO = """
ALTER TABLE filings_filing ALTER COLUMN created_at SET DEFAULT statement_timestamp();
ALTER TABLE filings_sheet ALTER COLUMN created_at SET DEFAULT statement_timestamp();
ALTER TABLE filings_attachment ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
ALTER TABLE filings_change ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
ALTER TABLE filings_steptaken ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
"""


class Migration(migrations.Migration):
    dependencies = [("filings", "0004_chain_covers_all"), ("audit", "0006_recorded_clock")]

    operations = [migrations.RunSQL(CLOCK, UNDO)]
