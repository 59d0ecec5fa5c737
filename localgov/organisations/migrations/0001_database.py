"""What the database itself must know: extensions and the Thai sort key (the text of `lib.thai_sort` on the day of writing)."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

THAI_KEY = r"""
CREATE OR REPLACE FUNCTION thai_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT regexp_replace(letters, '[\u0e47-\u0e4e]', '', 'g') || chr(1)
        || rtrim(regexp_replace(letters, '[^\u0e47-\u0e4e]', '0', 'g'), '0')
    FROM (SELECT regexp_replace(
        regexp_replace(
            regexp_replace(
                translate(value COLLATE "C", '๐๑๒๓๔๕๖๗๘๙ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789abcdefghijklmnopqrstuvwxyz'),
                '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\ufeff\u0e2f\u0e4f\u0e5a\u0e5b]', '', 'g'),
            '\u0e4d([\u0e47-\u0e4c]*)\u0e32', '\1' || chr(3635), 'g'),
        '([\u0e40-\u0e44])([\u0e01-\u0e2e])', '\2\1', 'g') AS letters) AS swapped
$function$
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(THAI_KEY, "DROP FUNCTION IF EXISTS thai_key(text)"),
    ]
