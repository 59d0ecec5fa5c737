"""The English of the public pages: found, whole, and saying the same placeholders."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from localgov.ui import translating

THAI = re.compile(r"[\u0e00-\u0e7f]")
PLACES = re.compile(r"%\(\w+\)s|</?\w+")


def test_texts_are_found_in_templates_and_inside_f_strings(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p>{% translate "หนึ่ง" %}</p>\n'
        "  {% blocktranslate with n=count|number %}สอง {{ n }}{% endblocktranslate %}{% include 'a' with b=_(\"สาม\") %}",
        encoding="utf-8",
    )
    code = ast.parse("f'<b>{_(\"สี่\")}</b>'; ngettext('ห้า', 'ห้าแห่ง', n); pgettext('ที่', 'หก'); _(name)")

    assert [text for text, _ in translating._texts(page)] == ["หนึ่ง", "สอง %(n)s", "สาม"]
    assert sorted(map(str, translating._in_code(code))) == [
        "('สี่', None)", "('หก', 'ที่')", "(('ห้า', 'ห้าแห่ง'), None)",
    ]  # fmt: skip


def test_english_says_the_same_placeholders_and_no_thai() -> None:
    wrong = []
    for one in translating.english():
        source = str(one.id[0] if isinstance(one.id, tuple | list) else one.id)
        for string in map(str, one.string if isinstance(one.string, tuple | list) else (one.string,)):
            same = sorted(PLACES.findall(source)) == sorted(PLACES.findall(string))
            if source and string and (THAI.search(string) or not same):
                wrong.append((source, string))

    assert wrong == []


def test_the_compiled_file_is_of_what_is_kept() -> None:
    path = translating.english_path()

    assert path.with_suffix(".mo").stat().st_mtime_ns >= path.stat().st_mtime_ns, "bin/setup compiles it"


@pytest.mark.parametrize("string", ["", ("", "")])
def test_a_text_without_english_is_named(string: str | tuple[str, str]) -> None:
    catalog = translating._new()
    catalog.add(("ก", "ข") if isinstance(string, tuple) else "ก", string)

    assert len(translating.untranslated(catalog)) == 1


def test_every_marked_text_has_english() -> None:
    """`make words` brings the file up to date; write the English of what it lists."""
    kept = {str(one.id) for one in translating.english() if one.id}

    assert [str(one.id) for one in translating.marked() if one.id and str(one.id) not in kept] == []
    assert translating.untranslated(translating.english()) == []
