"""The number of the database's transaction, which joins an act to the rows it changed."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION audit_transaction() RETURNS bigint LANGUAGE sql VOLATILE AS
    'SELECT pg_current_xact_id()::text::bigint';
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION audit_transaction()")]
