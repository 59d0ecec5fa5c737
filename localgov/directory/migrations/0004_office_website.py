"""What provincial offices tell of their websites: append-only, stamped by the one clock of the record."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

SEAL = """
ALTER TABLE directory_officewebsite ALTER COLUMN recorded_at SET DEFAULT recorded_now();
SELECT audit_seal('directory_officewebsite');
"""

UNDO = """
DROP TRIGGER append_only ON directory_officewebsite;
DROP TRIGGER no_truncate ON directory_officewebsite;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_website_check"),
        ("organisations", "0003_search_fold"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeWebsite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(blank=True, max_length=500)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("organisation"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="office_website_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), ("url__regex", "^https?://[^\\s]+$"), _connector="OR"),
                        name="office_website_address",
                    )
                ],
            },
        ),
        migrations.RunSQL(SEAL, UNDO),
    ]
