"""English of the forms' labels, by permanent code (forms/<form>/translations/en.csv): beside the frozen versions, not in them.

A version is frozen in Thai, the official text; its codes never change meaning, so that one English label serves every version.
Each function gives the words in the language of the page: the Thai ones unless that is English and English is known.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

_FILES = "forms/*/translations/en.csv"


def domain_label(code: str, thai: str) -> str:
    """Name of a domain (a sheet): `domain_6`."""
    return _label("domain", code, thai)


def group_label(code: str, thai: str) -> str:
    """Name of a group or register of questions."""
    return _label("group", code, thai)


def question_label(code: str, thai: str) -> str:
    """Label of a question."""
    return _label("question", code, thai)


def choice_label(list_name: str, code: str, thai: str) -> str:
    """Label of a choice: its list's name and its own code."""
    return _label("choice", f"{list_name}.{code}", thai)


def unit_label(thai: str) -> str:
    """A unit of measure: `แห่ง` → places."""
    return _label("unit", thai, thai)


@cache
def english_labels() -> Mapping[tuple[str, str], str]:
    """(kind, code) → English of every form in the repository."""
    labels: dict[tuple[str, str], str] = {}
    for path in sorted(settings.BASE_DIR.glob(_FILES)):
        with path.open(encoding="utf-8", newline="") as file:
            labels |= {(row["kind"], row["code"]): row["text"] for row in csv.DictReader(file)}
    return labels


def _label(kind: str, code: str, thai: str) -> str:
    if get_language() != "en":
        return thai
    return english_labels().get((kind, code), thai)
