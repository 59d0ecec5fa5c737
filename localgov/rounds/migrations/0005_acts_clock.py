"""Acts of time are stamped by the one clock of the database too."""

from django.db import migrations

TABLES = ("rounds_extension", "rounds_reopening", "rounds_reopeningend")


class Migration(migrations.Migration):
    dependencies = [("rounds", "0004_recorded_clock")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ALTER COLUMN recorded_at SET DEFAULT recorded_now()",
            f"ALTER TABLE {table} ALTER COLUMN recorded_at SET DEFAULT statement_timestamp()",
        )
        for table in TABLES
    ]
