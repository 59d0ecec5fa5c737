"""The column by which misspelt names are found (the text of `lib.thai_fold` on the day of writing), in every version of a name."""

import django.contrib.postgres.indexes
from django.db import migrations, models

THAI_FOLD = r"""
CREATE OR REPLACE FUNCTION thai_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT regexp_replace(
        replace(replace(
            regexp_replace(
                translate(
                    regexp_replace(value COLLATE "C", '[\u0e01-\u0e2e][\u0e34\u0e38]?\u0e4c', '', 'g'),
                    'ศษซณญฬฎฏฑฒธฐฆฅฃฌภใีืูๅ๐๑๒๓๔๕๖๗๘๙ABCDEFGHIJKLMNOPQRSTUVWXYZะ็่้๊๋์ํ๎', 'สสสนยลดตทททถคคขชพไิึุา0123456789abcdefghijklmnopqrstuvwxyz'),
                '[^0-9a-z\u0e01-\u0e3a\u0e40-\u0e44]', '', 'g'),
            'สร', 'ส'), 'ไทย', 'ไท'),
        '(.)\1+', '\1', 'g')
$function$
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_initial")]

    operations = [
        migrations.RunSQL(THAI_FOLD, "DROP FUNCTION IF EXISTS thai_fold(text)"),
        migrations.AddField(
            model_name="organisationversion",
            name="folded",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("name"), function="thai_fold", output_field=models.TextField()),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="organisationversion",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("folded"), name="gin_trgm_ops"),
                name="organisation_version_folded",
            ),
        ),
    ]
