"""What is recorded here is stamped by the one clock of the database (`audit/0006_recorded_clock`)."""

from django.db import migrations

CLOCK = """
ALTER TABLE rounds_round ALTER COLUMN recorded_at SET DEFAULT recorded_now();
ALTER TABLE rounds_rosterentry ALTER COLUMN added_at SET DEFAULT recorded_now();
"""

UNDO = """
ALTER TABLE rounds_round ALTER COLUMN recorded_at SET DEFAULT statement_timestamp();
ALTER TABLE rounds_rosterentry ALTER COLUMN added_at SET DEFAULT statement_timestamp();
"""


class Migration(migrations.Migration):
    dependencies = [("rounds", "0003_dates_guarded"), ("audit", "0006_recorded_clock")]

    operations = [migrations.RunSQL(CLOCK, UNDO)]
