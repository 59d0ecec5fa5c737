"""English of the form: every domain, group, question, choice and unit of the eight domains has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from localgov.forms import translations
from localgov.forms.engine.reader_text import read_folder
from localgov.lib.domains import DOMAINS

FORM = Path(settings.BASE_DIR) / "forms" / "eight_domains"
THAI = re.compile(r"[\u0e00-\u0e7f]")


def wanted() -> set[tuple[str, str]]:
    """(kind, code) of everything in the form's text that a reader sees a label of."""
    source = read_folder(FORM)
    keys = {("domain", domain.code) for domain in DOMAINS}
    for row in source.survey:
        kind, name = row.get("type"), row.get("name")
        if kind.startswith("begin") and name not in {domain.code for domain in DOMAINS}:
            keys.add(("group", name))
        elif name and not kind.startswith(("begin", "end")):
            keys.add(("question", name))
        if unit := row.get("unit"):
            keys.add(("unit", unit))
    return keys | {("choice", f"{row.get('list_name')}.{row.get('name')}") for row in source.choices}


def test_everything_of_the_form_has_english_and_nothing_else_has() -> None:
    labels = translations.english_labels()

    assert wanted() - set(labels) == set()
    assert set(labels) - wanted() == set()
    assert [key for key, text in labels.items() if not text.strip() or THAI.search(text)] == []


def test_words_follow_the_language_of_the_page() -> None:
    assert translations.unit_label("แห่ง") == "แห่ง"
    with translation.override("en"):
        assert translations.unit_label("แห่ง") == "places"
        assert translations.choice_label("yes_no", "yes", "มี") == "Yes"
        assert translations.domain_label("domain_3", "สาธารณภัย") == "Disaster prevention and mitigation"


@pytest.mark.parametrize("code", ["another_form_question", ""])
def test_what_has_no_english_keeps_its_thai(code: str) -> None:
    with translation.override("en"):
        assert translations.question_label(code, "คำถามอื่น") == "คำถามอื่น"
