"""Statements of units: append-only, stamped by the one clock of the record."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

SEAL = """
ALTER TABLE directory_websiterecord ALTER COLUMN recorded_at SET DEFAULT recorded_now();
ALTER TABLE directory_administratorrecord ALTER COLUMN recorded_at SET DEFAULT recorded_now();
SELECT audit_seal('directory_websiterecord');
SELECT audit_seal('directory_administratorrecord');
SELECT audit_seal('directory_administrator');
"""

UNDO = """
DROP TRIGGER append_only ON directory_websiterecord;
DROP TRIGGER no_truncate ON directory_websiterecord;
DROP TRIGGER append_only ON directory_administratorrecord;
DROP TRIGGER no_truncate ON directory_administratorrecord;
DROP TRIGGER append_only ON directory_administrator;
DROP TRIGGER no_truncate ON directory_administrator;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0006_recorded_clock"),
        ("organisations", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdministratorRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year_be", models.PositiveSmallIntegerField()),
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
        ),
        migrations.CreateModel(
            name="Administrator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=150)),
                ("position", models.CharField(max_length=150)),
                ("phone", models.CharField(max_length=120)),
                ("email", models.CharField(max_length=254)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="directory.administratorrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WebsiteRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year_be", models.PositiveSmallIntegerField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("url", models.CharField(blank=True, max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="administratorrecord",
            index=models.Index(
                models.F("fiscal_year_be"),
                models.F("organisation"),
                models.OrderBy(models.F("id"), descending=True),
                name="administrator_record_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="administratorrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("fiscal_year_be__gte", 2500), ("fiscal_year_be__lte", 2700)),
                name="administrator_record_year_is_buddhist",
            ),
        ),
        migrations.AddConstraint(
            model_name="administrator",
            constraint=models.UniqueConstraint(fields=("record", "place"), name="administrator_one_in_place"),
        ),
        migrations.AddConstraint(
            model_name="administrator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("position", ""), _negated=True),
                    models.Q(("phone", ""), _negated=True),
                    models.Q(("email", ""), _negated=True),
                ),
                name="administrator_complete",
            ),
        ),
        migrations.AddIndex(
            model_name="websiterecord",
            index=models.Index(
                models.F("fiscal_year_be"),
                models.F("organisation"),
                models.OrderBy(models.F("id"), descending=True),
                name="website_record_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="websiterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("url__regex", "^https?://[^\\s]+$"), _connector="OR"),
                name="website_record_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="websiterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("fiscal_year_be__gte", 2500), ("fiscal_year_be__lte", 2700)),
                name="website_record_year_is_buddhist",
            ),
        ),
        migrations.RunSQL(SEAL, UNDO),
    ]
