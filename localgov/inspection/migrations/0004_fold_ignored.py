"""The name that search folds is made by the database from the name: the record of rows leaves it out, as it does `sort_key`."""

from django.db import migrations

_WATCH = """
DROP TRIGGER audit_insert ON organisations_organisationversion;
DROP TRIGGER audit_update ON organisations_organisationversion;
DROP TRIGGER audit_delete ON organisations_organisationversion;
DROP TRIGGER audit_truncate ON organisations_organisationversion;
SELECT audit_watch('organisations_organisationversion', '{{}}', '{{{ignored}}}', 'organisation_id');
"""


class Migration(migrations.Migration):
    dependencies = [("inspection", "0003_acts_of_time"), ("organisations", "0003_search_fold")]

    operations = [
        migrations.RunSQL(
            _WATCH.format(ignored="search_text,sort_key,folded"),
            _WATCH.format(ignored="search_text,sort_key"),
        )
    ]
