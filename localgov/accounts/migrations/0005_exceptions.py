"""Exceptions of tiny units. What was granted stays; the end alone may come earlier, once."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION accounts_guard_exception() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
        OR (to_jsonb(NEW) - ARRAY['held', 'ended_by', 'ended_label', 'ended_at'])
            <> (to_jsonb(OLD) - ARRAY['held', 'ended_by', 'ended_label', 'ended_at'])
        OR NOT NEW.held <@ OLD.held OR NOT isempty(NEW.held) AND lower(NEW.held) <> lower(OLD.held)
    THEN
        RAISE EXCEPTION 'exception % may only be ended, once', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_dutyexception_only_ended BEFORE UPDATE OR DELETE ON accounts_dutyexception
    FOR EACH ROW EXECUTE FUNCTION accounts_guard_exception();
ALTER TABLE accounts_dutyexception ALTER COLUMN recorded_at SET DEFAULT recorded_now();
SELECT audit_watch('accounts_dutyexception', '{}', '{}', 'organisation_id');
"""

UNDO = """
DROP TRIGGER accounts_dutyexception_only_ended ON accounts_dutyexception;
DROP FUNCTION accounts_guard_exception();
DROP TRIGGER audit_insert ON accounts_dutyexception;
DROP TRIGGER audit_update ON accounts_dutyexception;
DROP TRIGGER audit_delete ON accounts_dutyexception;
DROP TRIGGER audit_truncate ON accounts_dutyexception;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_recorded_clock"),
        ("accounts", "0004_cache_table"),
        ("organisations", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "parts",
                    models.CharField(
                        choices=[
                            ("RECORD_VERIFY", "บันทึกและตรวจสอบ"),
                            ("VERIFY_CERTIFY", "ตรวจสอบและรับรองระดับ อปท."),
                            ("RECORD_CERTIFY", "บันทึกและรับรองระดับ อปท."),
                        ],
                        max_length=20,
                    ),
                ),
                ("held", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("order_number", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=300)),
                ("granted_by", models.BigIntegerField(null=True)),
                ("granted_label", models.CharField(max_length=200)),
                ("granted_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ended_label", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_exceptions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation"], name="duty_exception_organisation")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parts__in", ["RECORD_VERIFY", "VERIFY_CERTIFY", "RECORD_CERTIFY"])),
                        name="duty_exception_parts_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order_number", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="duty_exception_order_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held__lower_inf", False), ("held__upper_inf", False)),
                        name="duty_exception_ends",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("user", "="), ("organisation", "="), ("held", "&&")],
                        name="duty_exception_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
