"""Sorting Thai names as a Thai dictionary does, without a collation library (STYLE rule 7, DESIGN §5).

A dictionary reads a syllable by its consonant: a leading vowel (เ แ โ ใ ไ) counts after the consonant that follows it,
and tone marks and their kin (็ ่ ้ ๊ ๋ ์ ํ ๎) count only between words that are otherwise equal. Spaces and punctuation
do not count; Thai digits count as Arabic ones and capital letters as small ones.

`thai_key(name)` turns that into plain bytes: compare keys by code point (in PostgreSQL, COLLATE "C"). The same function
in SQL, `THAI_KEY_SQL`, fills a generated column; a test holds the two together.
"""

import re
from typing import Final

from localgov.lib.numbers import thai_digits_to_ascii

_LEADING_VOWEL = r"([\u0e40-\u0e44])([\u0e01-\u0e2e])"
_SPLIT_AM = r"\u0e4d([\u0e47-\u0e4c]*)\u0e32"
_MARK = r"[\u0e47-\u0e4e]"
_NOT_MARK = r"[^\u0e47-\u0e4e]"
# ASCII and Latin-1 signs, general punctuation, byte order mark, and the Thai signs ฯ ๏ ๚ ๛
_IGNORED = r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\ufeff\u0e2f\u0e4f\u0e5a\u0e5b]"
_SEPARATOR = "\x01"

_leading_vowel = re.compile(_LEADING_VOWEL)
_split_am = re.compile(_SPLIT_AM)
_mark = re.compile(_MARK)
_not_mark = re.compile(_NOT_MARK)
_ignored = re.compile(_IGNORED)
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_to_small = str.maketrans(_CAPITALS, _CAPITALS.lower())


def thai_key(text: str) -> str:
    """The sort key of a name: letters in dictionary order, a separator, then the marks in their places."""
    letters = _ignored.sub("", thai_digits_to_ascii(text).translate(_to_small))
    letters = _leading_vowel.sub(r"\2\1", _split_am.sub("\\1\u0e33", letters))
    return _mark.sub("", letters) + _SEPARATOR + _not_mark.sub("0", letters).rstrip("0")


THAI_KEY_SQL: Final = rf"""
CREATE OR REPLACE FUNCTION thai_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT regexp_replace(letters, '{_MARK}', '', 'g') || chr(1)
        || rtrim(regexp_replace(letters, '{_NOT_MARK}', '0', 'g'), '0')
    FROM (SELECT regexp_replace(
        regexp_replace(
            regexp_replace(
                translate(value COLLATE "C", '๐๑๒๓๔๕๖๗๘๙{_CAPITALS}', '0123456789{_CAPITALS.lower()}'),
                '{_IGNORED}', '', 'g'),
            '{_SPLIT_AM}', '\1' || chr(3635), 'g'),
        '{_LEADING_VOWEL}', '\2\1', 'g') AS letters) AS swapped
$function$
"""  # noqa: S608 - built from the constants above alone
"""Creates `thai_key(text)`; use it as `GENERATED ALWAYS AS (thai_key(name)) STORED` in a column with COLLATE "C"."""

THAI_KEY_DROP_SQL: Final = "DROP FUNCTION IF EXISTS thai_key(text)"
"""Takes `thai_key(text)` away again, for the reverse of a migration."""
