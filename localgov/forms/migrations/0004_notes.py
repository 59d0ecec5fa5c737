"""Notes on the home page, forms and domains: append-only, stamped by the one clock."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0003_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=130)),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("office", models.CharField(blank=True, max_length=200)),
                ("telephone", models.CharField(blank=True, max_length=120)),
                ("written_by", models.BigIntegerField(null=True)),
                ("written_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "version"), name="note_version_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="note_version_counts"),
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE forms_note ALTER COLUMN recorded_at SET DEFAULT recorded_now(); SELECT audit_seal('forms_note')",
            migrations.RunSQL.noop,
        ),
    ]
