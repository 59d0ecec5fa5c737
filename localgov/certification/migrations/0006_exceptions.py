"""By what right a certificate was signed, and on which exceptions it rests: apart from its own row, which is chained as it is."""

import django.db.models.deletion
from django.db import migrations, models

SEAL = """
SELECT audit_seal('certification_seat');
SELECT audit_seal('certification_certificateexception');
"""

UNDO = """
DROP TRIGGER append_only ON certification_seat;
DROP TRIGGER no_truncate ON certification_seat;
DROP TRIGGER append_only ON certification_certificateexception;
DROP TRIGGER no_truncate ON certification_certificateexception;
"""

#: No path leads round a term of office: the signer holds one at the level on the day of the signature, by the act and by the clock of the database.
SEATED = """
CREATE FUNCTION certification_require_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM accounts_roleassignment a
        WHERE a.user_id = NEW.signer_id AND a.held @> (NEW.at AT TIME ZONE 'Asia/Bangkok')::date
            AND a.held @> (NEW.recorded_at AT TIME ZONE 'Asia/Bangkok')::date
            AND a.role = CASE NEW.level WHEN 'UNIT' THEN 'EXECUTIVE' ELSE 'PROVINCE_CERTIFIER' END
    ) THEN
        RAISE EXCEPTION 'signer % holds no term on the day of certificate %', NEW.signer_id, NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certification_certificate_in_term BEFORE INSERT ON certification_certificate
    FOR EACH ROW EXECUTE FUNCTION certification_require_term();
"""

UNSEATED = """
DROP TRIGGER certification_certificate_in_term ON certification_certificate;
DROP FUNCTION certification_require_term();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_watching"),
        ("accounts", "0005_exceptions"),
        ("certification", "0005_recorded_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_acting", models.BooleanField()),
                ("order_number", models.CharField(blank=True, max_length=100)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.roleassignment"
                    ),
                ),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seat", to="certification.certificate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CertificateException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptions",
                        to="certification.certificate",
                    ),
                ),
                (
                    "exception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="accounts.dutyexception",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("certificate", "exception"), name="certificate_exception_once")
                ],
            },
        ),
        migrations.RunSQL(SEAL, UNDO),
        migrations.RunSQL(SEATED, UNSEATED),
    ]
