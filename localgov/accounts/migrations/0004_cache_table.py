"""The table of the shared cache: rate limits of sign-in count in it, so sign-in must not depend on a second command."""

from django.db import migrations

CREATE = """
CREATE TABLE IF NOT EXISTS django_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS django_cache_expires ON django_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_user_sort_key")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE IF EXISTS django_cache")]
