"""What the public list reads first: the newest record of each unit, whatever the year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("organisations", "0002_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="websiterecord",
            index=models.Index(
                models.F("organisation"),
                models.OrderBy(models.F("fiscal_year_be"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="website_record_listed",
            ),
        ),
    ]
