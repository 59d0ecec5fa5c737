"""Who has a domain's page open: a table without write-ahead log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0005_recorded_clock")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("page", models.UUIDField(primary_key=True, serialize=False)),
                ("roster_entry_id", models.BigIntegerField()),
                ("section", models.CharField(max_length=60)),
                ("user_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("is_typing", models.BooleanField(default=False)),
                ("until", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["roster_entry_id", "section"], name="presence_sheet")]},
        ),
        migrations.RunSQL("ALTER TABLE filings_presence SET UNLOGGED", "ALTER TABLE filings_presence SET LOGGED"),
    ]
