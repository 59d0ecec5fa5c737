"""Templates under the strict Content-Security-Policy: no inline script or style, nothing from outside, nothing unescaped."""

from __future__ import annotations

import re

import pytest

from localgov.access.roles import RoleCode
from tests.house.sources import templates

pytestmark = pytest.mark.house

#: What a template may not hold, and why.
FORBIDDEN: dict[str, re.Pattern[str]] = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle=", re.IGNORECASE),
    "on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*(safe|safeseq)\b|autoescape off"),
    "address outside": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE),
    "left for later": re.compile(r"\b(TODO|FIXME|XXX)\b"),
    "hx-on": re.compile(r"\shx-on"),
}

#: Where a rule may be broken, each with its reason.
ALLOWED: dict[tuple[str, str], str] = {
    ("localgov/ui/templates/_components/field.html", "unescaped text"): (
        "help texts are written in code; Django's help for passwords is a list in HTML"
    ),
}
#: Forms whose post needs no token: it changes a reader's own text size and nothing else.
WITHOUT_TOKEN = ("ui:text-size",)


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_template_breaks_the_rule(rule: str) -> None:
    found = [path for path, text in templates() if FORBIDDEN[rule].search(_code(text)) and (path, rule) not in ALLOWED]
    assert found == []


def test_every_posting_form_carries_its_token() -> None:
    found = []
    for path, text in templates():
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL):
            if "{% csrf_token %}" not in form and not any(name in form for name in WITHOUT_TOKEN):
                found.append(path)
    assert found == []


def test_no_role_is_named_in_a_template() -> None:
    codes = re.compile("|".join(rf"[\"']{code.value}[\"']" for code in RoleCode))
    assert [path for path, text in templates() if codes.search(text)] == []


def test_pages_extend_the_base() -> None:
    """A page is `<room>/<name>.html`; parts begin with an underscore or stand in `parts/` or `_components/`."""
    found = [
        path
        for path, text in templates()
        if not re.search(r"/(_|parts/|_components/)", f"/{path.split('/templates/')[1]}") and "{% extends" not in text
    ]
    assert [path for path in found if not path.endswith(("500.html", "503.html"))] == []


def _code(text: str) -> str:
    """The template without its comments."""
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
