"""Extensions and re-openings as acts; a unit's own dates on its roster entry, filled from the round's."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

_UNFILLED = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

FILL = """
UPDATE rounds_rosterentry e SET due_at = r.due_at, last_new_at = r.last_new_at, last_edit_at = r.last_edit_at
FROM rounds_round r WHERE r.id = e.round_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_initial"),
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[("ALL", "ทุกแห่งในรอบ"), ("PROVINCE", "จังหวัด"), ("DISTRICT", "อำเภอ"), ("UNIT", "อปท.")],
                        max_length=10,
                    ),
                ),
                ("scope_code", models.CharField(blank=True, max_length=12)),
                ("scope_label", models.CharField(max_length=300)),
                ("unit_count", models.PositiveIntegerField()),
                ("order_number", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=300)),
                ("key", models.UUIDField(unique=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("due_at", models.DateTimeField()),
                ("last_new_at", models.DateTimeField()),
                ("last_edit_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[("ALL", "ทุกแห่งในรอบ"), ("PROVINCE", "จังหวัด"), ("DISTRICT", "อำเภอ"), ("UNIT", "อปท.")],
                        max_length=10,
                    ),
                ),
                ("scope_code", models.CharField(blank=True, max_length=12)),
                ("scope_label", models.CharField(max_length=300)),
                ("unit_count", models.PositiveIntegerField()),
                ("order_number", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=300)),
                ("key", models.UUIDField(unique=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "sections",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), null=True, size=None
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReopeningEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="rosterentry",
            name="due_at",
            field=models.DateTimeField(default=_UNFILLED),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rosterentry",
            name="last_edit_at",
            field=models.DateTimeField(default=_UNFILLED),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rosterentry",
            name="last_new_at",
            field=models.DateTimeField(default=_UNFILLED),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="rosterentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__lte", models.F("last_new_at")), ("last_new_at__lte", models.F("last_edit_at"))
                ),
                name="roster_entry_dates_in_order",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
        ),
        migrations.AddField(
            model_name="reopening",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
        ),
        migrations.AddField(
            model_name="reopeningend",
            name="reopening",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="rounds.reopening"
            ),
        ),
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(fields=["round", "scope", "scope_code"], name="extension_reach"),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["ALL", "PROVINCE", "DISTRICT", "UNIT"])), name="extension_scope_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "ALL"), ("scope_code", "")),
                    models.Q(models.Q(("scope", "ALL"), _negated=True), models.Q(("scope_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="extension_scope_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("order_number", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                ),
                name="extension_order_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__lte", models.F("last_new_at")), ("last_new_at__lte", models.F("last_edit_at"))
                ),
                name="extension_dates_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="reopening",
            index=models.Index(fields=["round", "scope", "scope_code"], name="reopening_reach"),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["ALL", "PROVINCE", "DISTRICT", "UNIT"])), name="reopening_scope_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "ALL"), ("scope_code", "")),
                    models.Q(models.Q(("scope", "ALL"), _negated=True), models.Q(("scope_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reopening_scope_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("order_number", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                ),
                name="reopening_order_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("from_at"))), name="reopening_has_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("sections__isnull", True), ("sections__len__gt", 0), _connector="OR"),
                name="reopening_some_sheet",
            ),
        ),
    ]
