"""What is recorded here is stamped by the one clock of the database (`audit/0006_recorded_clock`)."""

from django.db import migrations

CLOCK = """
ALTER TABLE certification_certificate ALTER COLUMN recorded_at SET DEFAULT recorded_now();
ALTER TABLE certification_lapse ALTER COLUMN recorded_at SET DEFAULT recorded_now();
"""

UNDO = """
ALTER TABLE certification_certificate ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
ALTER TABLE certification_lapse ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0004_signed_once"), ("audit", "0006_recorded_clock")]

    operations = [migrations.RunSQL(CLOCK, UNDO)]
