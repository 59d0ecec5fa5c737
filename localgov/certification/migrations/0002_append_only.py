"""Certificates and their ends are never rewritten."""

from django.db import migrations

LOCK = """
CREATE TRIGGER certification_certificate_append_only BEFORE UPDATE OR DELETE ON certification_certificate
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER certification_certificate_no_truncate BEFORE TRUNCATE ON certification_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER certification_lapse_append_only BEFORE UPDATE OR DELETE ON certification_lapse
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER certification_lapse_no_truncate BEFORE TRUNCATE ON certification_lapse
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE SEQUENCE certification_number;
"""

UNDO = """
DROP SEQUENCE certification_number;
DROP TRIGGER certification_lapse_no_truncate ON certification_lapse;
DROP TRIGGER certification_lapse_append_only ON certification_lapse;
DROP TRIGGER certification_certificate_no_truncate ON certification_certificate;
DROP TRIGGER certification_certificate_append_only ON certification_certificate;
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial"), ("audit", "0002_append_only")]

    operations = [migrations.RunSQL(LOCK, UNDO)]
