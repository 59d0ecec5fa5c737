"""The database's own word on certificates: the hash is the text's, one is in force, one signature signs a sheet once."""

from django.db import migrations, models

CHECK = """
CREATE FUNCTION certification_check_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF encode(sha256(convert_to(NEW.snapshot, 'UTF8')), 'hex') <> NEW.sha256 THEN
        RAISE EXCEPTION 'the hash of certificate % is not of its text', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM certification_certificate c
        WHERE c.sheet_id = NEW.sheet_id AND c.level = NEW.level
            AND NOT EXISTS (SELECT 1 FROM certification_lapse l WHERE l.certificate_id = c.id)
    ) THEN
        RAISE EXCEPTION 'sheet % has a certificate in force at level %', NEW.sheet_id, NEW.level
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certification_certificate_checked BEFORE INSERT ON certification_certificate
    FOR EACH ROW EXECUTE FUNCTION certification_check_certificate();
"""

UNDO = """
DROP TRIGGER certification_certificate_checked ON certification_certificate;
DROP FUNCTION certification_check_certificate();
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0003_lapse_actor")]

    operations = [
        migrations.RunSQL(CHECK, UNDO),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(fields=["sheet", "level", "signature"], name="certificate_signed_once"),
        ),
    ]
