"""What another record says where a form asks a linked question: append-only, stamped by the one clock of the record."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

SEAL = """
ALTER TABLE filings_linkedvalue ALTER COLUMN recorded_at SET DEFAULT recorded_now();
SELECT audit_seal('filings_linkedvalue');
"""

UNDO = """
DROP TRIGGER append_only ON filings_linkedvalue;
DROP TRIGGER no_truncate ON filings_linkedvalue;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_recorded_clock"),
        ("filings", "0011_sheet_begun"),
        ("rounds", "0006_excused_when"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkedValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=80)),
                ("value", models.JSONField(null=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "roster_entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.rosterentry"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("roster_entry"),
                        models.F("question"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="linked_value_newest",
                    )
                ],
            },
        ),
        migrations.RunSQL(SEAL, UNDO),
    ]
