"""The texts of public pages and their English (ADR 0027): found without xgettext, kept in locale/en/LC_MESSAGES/django.po."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

#: Names of the functions that look a text up, to the number of their texts; `p…` take a context before them.
_MARKS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
_IN_CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
_HEADER = "# What public pages say, in English. `make words` finds the Thai texts; write the English here."
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # a date in the file would differ each time it is written


def english_path() -> Path:
    """The file with the translations."""
    return settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"


def marked() -> Catalog:
    """Every text that code and templates mark, with the files it stands in."""
    catalog = _new()
    for path in sorted(settings.BASE_DIR.glob("localgov/**/*")):
        if path.suffix in (".py", ".html"):
            name = str(path.relative_to(settings.BASE_DIR))
            for text, context in _texts(path):
                catalog.add(text, locations=[(name, 0)], context=context)
    return catalog


def english() -> Catalog:
    """The translations as they are kept."""
    with english_path().open("rb") as file:
        return read_po(file, locale="en")


def untranslated(catalog: Catalog) -> list[str]:
    """Texts of a catalog without English, or with one that nobody has looked at."""
    return [str(one.id) for one in catalog if one.id and (one.fuzzy or not _whole(one.string))]


def words_write() -> Catalog:
    """Bring the file up to date with what is marked: new texts wait for their English, those that are gone leave."""
    catalog = english() if english_path().exists() else _new()
    catalog.update(marked(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment, catalog.creation_date, catalog.revision_date = _HEADER, _WRITTEN, _WRITTEN
    catalog.fuzzy, catalog.project, catalog.version = False, "localgov", ""
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    english_path().parent.mkdir(parents=True, exist_ok=True)
    with english_path().open("wb") as file:
        write_po(file, catalog, width=0, sort_by_file=True, include_lineno=False)
    return catalog


def words_compile() -> None:
    """Write beside it the file that Django reads."""
    with english_path().with_suffix(".mo").open("wb") as file:
        write_mo(file, english())


def _texts(path: Path) -> Iterator[tuple[Any, str | None]]:
    """The marked texts of a file: (text, or singular and plural), and their context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Django turns a template into calls with everything else crossed out; without the indents they are Python's tokens.
        calls = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
        for _line, text, _comments, context in extract("python", io.BytesIO(calls.encode())):
            yield text, context
    elif "gettext" in source:
        yield from _in_code(ast.parse(source))


def _in_code(tree: ast.AST) -> Iterator[tuple[Any, str | None]]:
    """As Python itself reads it: calls inside f-strings are found too."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if node.func.id in _IN_CONTEXT and len(texts) == 2:
            yield texts[1], texts[0]
        elif (count := _MARKS.get(node.func.id, 0)) and len(texts) >= count:
            yield (texts[0] if count == 1 else tuple(texts[:count])), None


def _whole(string: Any) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _new() -> Catalog:
    return Catalog(locale="en", domain="django", charset="utf-8", creation_date=_WRITTEN, revision_date=_WRITTEN)
