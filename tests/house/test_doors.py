"""Every address has a door: a view that names a permission, or says that it is public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import URLPattern, URLResolver, get_resolver
from django.views import View

from localgov.access.permissions import PERMISSION_NAMES, Permission
from localgov.access.roles import ROLES
from tests.house.sources import python_files, templates

pytestmark = pytest.mark.house

#: Rights that roles carry and no page asks for yet, each with what will.
WITHOUT_A_PAGE = {
    Permission.FILING_COMMENT: "comments of verifiers, districts and provinces beside an answer",
    Permission.AUDIT_VIEW: "the auditor's page of recorded acts",
}

#: Screen codes of a screen in two steps (asking, then showing or acting).
TWO_STEPS = {"FRM05", "INFO26"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product with its name."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        else:
            yield f"{prefix}{one.name}", one


def views() -> dict[str, Any]:
    """The view of each named address, as the door sees it."""
    return {
        name: getattr(pattern.callback, "view_class", pattern.callback) for name, pattern in patterns(get_resolver())
    }


def test_every_view_names_a_permission_or_is_public() -> None:
    silent = [
        name
        for name, view in views().items()
        if not getattr(view, "public", False) and not isinstance(getattr(view, "permission", None), Permission)
    ]
    assert silent == []


def test_no_view_is_both() -> None:
    assert [
        name
        for name, view in views().items()
        if getattr(view, "public", False) and getattr(view, "permission", None) is not None
    ] == []


def test_every_address_has_a_name_that_is_its_own() -> None:
    names = [name for name, _ in patterns(get_resolver())]
    assert sorted(names) == sorted(set(names))
    assert [name for name in names if name.endswith("None")] == []


def test_our_views_are_classes() -> None:
    ours = {name: view for name, view in views().items() if view.__module__.startswith("localgov.")}
    assert [name for name, view in ours.items() if not (isinstance(view, type) and issubclass(view, View))] == []


def test_every_permission_has_a_name_a_role_and_a_use() -> None:
    assert set(PERMISSION_NAMES) == set(Permission)
    carried = {permission for role in ROLES.values() for permission in role.permissions}
    assert set(Permission) - carried == set()
    texts = [source.text for source in python_files() if source.room not in {"access", ""}]
    unused = [
        one.name
        for one in Permission
        if not any(f"Permission.{one.name}" in text or f"P.{one.name}" in text for text in texts)
    ]
    assert set(unused) - {one.name for one in WITHOUT_A_PAGE} == set()


def test_every_act_is_one_press_or_says_why_a_second_one_is_harmless() -> None:
    """Behind the door `PressMiddleware` keeps it so; who is not yet, or no longer, signed in only reads, enters, leaves,
    or reports a problem, whose same words are one report (`travel.services.problem_report`).
    """
    acts = {name: view for name, view in views().items() if hasattr(view, "post")}
    assert {name for name, view in acts.items() if getattr(view, "public", False)} == {
        "account_login", "account_logout", "ui:text-size", "travel:problem-report",
    }  # fmt: skip
    assert {name for name, view in acts.items() if getattr(view, "own_key", "")} == {
        "account_change_password", "certification:province-certify-many", "filings:answers-save",
        "filings:sheet-together", "reports:run-preview",
    }  # fmt: skip


def test_a_form_is_told_from_the_next_rendering_of_it() -> None:
    request = HttpRequest()
    assert get_token(request) != get_token(request)


def test_every_form_that_acts_carries_its_token() -> None:
    bare = [
        path
        for path, text in templates()
        for form in re.findall(r"<form\b[^>]*\bmethod=\"post\".*?</form>", text, re.DOTALL | re.IGNORECASE)
        if "{% csrf_token %}" not in form and "ui:text-size" not in form
    ]
    assert bare == []


def test_screen_codes_are_not_used_twice() -> None:
    codes: dict[str, set[str]] = {}
    for view in views().values():
        if code := getattr(view, "screen_code", ""):
            codes.setdefault(code, set()).add(f"{view.__module__}.{view.__name__}")
    assert {code: who for code, who in codes.items() if len(who) > 1 and code not in TWO_STEPS} == {}
