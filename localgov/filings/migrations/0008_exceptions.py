"""Steps that rest on a tiny unit's exception: apart from the step, whose own row is chained as it is."""

import django.db.models.deletion
from django.db import migrations, models

SEAL = """
SELECT audit_seal('filings_stepexception');
"""

UNDO = """
DROP TRIGGER append_only ON filings_stepexception;
DROP TRIGGER no_truncate ON filings_stepexception;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_watching"),
        ("accounts", "0005_exceptions"),
        ("filings", "0007_step_actor"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "exception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="accounts.dutyexception"
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rests_on", to="filings.steptaken"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SEAL, UNDO),
    ]
