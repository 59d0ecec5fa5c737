"""The summing-up of filings is planned once a connection: as a function in SQL it was planned anew by every save."""

from django.db import migrations

#: The same text in another language; its parameter is known by the same name in both.
PLANNED = """
DO $do$
DECLARE body text := (SELECT prosrc FROM pg_proc WHERE oid = 'filings_sum_up(bigint[])'::regprocedure);
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION filings_sum_up(wanted bigint[]) RETURNS void LANGUAGE plpgsql
        SET plan_cache_mode = force_generic_plan AS %L', 'BEGIN ' || rtrim(body, E' \\n;') || '; END');
END $do$;
"""
EACH_TIME = """
DO $do$
DECLARE body text := (SELECT prosrc FROM pg_proc WHERE oid = 'filings_sum_up(bigint[])'::regprocedure);
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION filings_sum_up(wanted bigint[]) RETURNS void LANGUAGE sql AS %L',
        regexp_replace(regexp_replace(body, '^BEGIN ', ''), ' END$', ''));
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0009_standing"),
    ]

    operations = [
        migrations.RunSQL(PLANNED, EACH_TIME),
    ]
