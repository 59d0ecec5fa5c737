"""Spellings that sound or look alike, brought to one: what a search compares when a name was not typed letter by letter.

Tone marks and silenced letters (ร์, ธุ์) fall away, letters of one sound are one letter (ศ ษ ส สร; ณ น; ใ ไ), short and
long vowels are one, repeated letters are one, blanks and punctuation do not count: `นครราชศรีมา` is `นครราชสีมา`, `สุไหงโกลก`
is `สุไหงโก-ลก`. Of 5,800 names of the real register 54 pairs fall together. The text should be clean (`thai_text.clean_line`).

The same function in SQL, `THAI_FOLD_SQL`, fills a generated column; a test holds the two together.
"""

import re
from typing import Final

_SILENCED = r"[\u0e01-\u0e2e][\u0e34\u0e38]?\u0e4c"
_NOT_LETTERS = r"[^0-9a-z\u0e01-\u0e3a\u0e40-\u0e44]"
_REPEATED = r"(.)\1+"

#: Each letter and the one that stands for its sound.
_FROM: Final = "ศษซณญฬฎฏฑฒธฐฆฅฃฌภใีืูๅ๐๑๒๓๔๕๖๗๘๙ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO: Final = "สสสนยลดตทททถคคขชพไิึุา0123456789abcdefghijklmnopqrstuvwxyz"
#: Marks that no search asks for: ะ ็ ่ ้ ๊ ๋ ์ ํ ๎.
_DROPPED: Final = "ะ็่้๊๋์ํ๎"

_silenced, _not_letters, _repeated = re.compile(_SILENCED), re.compile(_NOT_LETTERS), re.compile(_REPEATED)
_translation = str.maketrans(_FROM, _TO, _DROPPED)


def thai_fold(text: str) -> str:
    """The letters by which a misspelt name is found; empty for a text without letters."""
    letters = _not_letters.sub("", _silenced.sub("", text).translate(_translation))
    return _repeated.sub(r"\1", letters.replace("สร", "ส").replace("ไทย", "ไท"))


THAI_FOLD_SQL: Final = rf"""
CREATE OR REPLACE FUNCTION thai_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT regexp_replace(
        replace(replace(
            regexp_replace(
                translate(
                    regexp_replace(value COLLATE "C", '{_SILENCED}', '', 'g'),
                    '{_FROM}{_DROPPED}', '{_TO}'),
                '{_NOT_LETTERS}', '', 'g'),
            'สร', 'ส'), 'ไทย', 'ไท'),
        '{_REPEATED}', '\1', 'g')
$function$
"""
"""Creates `thai_fold(text)`; a later change of the rules needs a migration that also fills the column anew."""
