"""The download box: things that are watched, versions that nobody rewrites."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

GUARD = """
SELECT audit_watch('library_downloaditem');
SELECT audit_seal('library_downloadversion');
ALTER TABLE library_downloadversion ALTER COLUMN recorded_at SET DEFAULT recorded_now();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "0006_recorded_clock")]

    operations = [
        migrations.CreateModel(
            name="DownloadItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("MANUAL", "คู่มือ"), ("PAPER", "แบบรายงาน"), ("VIDEO", "วีดิทัศน์")], max_length=10
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("description", models.CharField(blank=True, max_length=500)),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DownloadVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, max_length=150)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="library/%Y/%m/")),
                ("parts", models.JSONField(default=list)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("change_note", models.CharField(blank=True, max_length=300)),
                ("added_by", models.BigIntegerField(null=True)),
                ("added_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="library.downloaditem"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="downloaditem",
            name="newest",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="newest_of",
                to="library.downloadversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="downloadversion",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="download_version_once"),
        ),
        migrations.AddConstraint(
            model_name="downloadversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parts", []), ("size__gt", 0), models.Q(("file", ""), _negated=True)),
                    models.Q(("file", ""), ("size", 0), models.Q(("parts", []), _negated=True)),
                    _connector="OR",
                ),
                name="download_version_file_or_parts",
            ),
        ),
        migrations.AddConstraint(
            model_name="downloaditem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("code",), name="download_item_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="downloaditem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["MANUAL", "PAPER", "VIDEO"])), name="download_item_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="downloaditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience__len__gte", 1),
                    ("audience__contained_by", ["DEPARTMENT", "PROVINCE", "DISTRICT", "UNIT"]),
                ),
                name="download_item_for_somebody",
            ),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
