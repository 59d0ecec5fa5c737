"""A published form version is frozen."""

from django.db import migrations

LOCK = """
CREATE TRIGGER forms_formversion_frozen BEFORE UPDATE OR DELETE ON forms_formversion
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER forms_formversion_no_truncate BEFORE TRUNCATE ON forms_formversion
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
"""

UNDO = """
DROP TRIGGER forms_formversion_no_truncate ON forms_formversion;
DROP TRIGGER forms_formversion_frozen ON forms_formversion;
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial"), ("audit", "0002_append_only")]

    operations = [migrations.RunSQL(LOCK, UNDO)]
