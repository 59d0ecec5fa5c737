"""Letters, their files, and what offices print on them are never rewritten."""

from django.db import migrations

_TABLES = ("letterhead", "lettertemplate", "letterrun", "letter", "letterpdf")


class Migration(migrations.Migration):
    """See ADR 0011."""

    dependencies = [("reports", "0001_letters"), ("audit", "0005_watching")]

    operations = [
        migrations.RunSQL(
            "; ".join(f"SELECT audit_seal('reports_{table}')" for table in _TABLES), migrations.RunSQL.noop
        )
    ]
