"""The table's place in the database's own record; what a reader left of himself does not stand in it (ADR 0011)."""

from django.db import migrations

WATCH = "SELECT audit_watch('travel_problemreport', '{contact,sender}', '{}', 'organisation_id');"


class Migration(migrations.Migration):
    dependencies = [("travel", "0001_problem_report"), ("audit", "0006_recorded_clock")]

    operations = [migrations.RunSQL(WATCH, migrations.RunSQL.noop)]
