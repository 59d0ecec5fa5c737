"""What a season needs before it begins, in three stages: `tables` nothing but those; `demo` the demo register and its
accounts; `crews` people for every unit of one province, in one process, whose units it prints as JSON: code and clean answers
by domain.

Run as the tables' owner; `tests/installation.py` does.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys

import django


def main() -> int:
    """0; anything else is a traceback."""
    os.environ["LOCALGOV_DATABASE_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    if sys.argv[1:] == ["crews"]:
        sys.stdout.write(json.dumps(units(), ensure_ascii=False))
        return 0
    with contextlib.redirect_stdout(sys.stderr):
        if sys.argv[1:] == ["tables"]:
            call_command("migrate", verbosity=0)
            return 0
        call_command("load_demo")
        call_command("demo_accounts")
    forget_demo_items()
    return 0


def forget_demo_items() -> None:
    """No test looks at the items of the demonstration; drawing them would keep a core busy under every server."""
    from django.db import connection

    from localgov.web.tasks import DEMO_ITEMS

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [DEMO_ITEMS])


def units() -> list[dict[str, object]]:
    """The units of the demo's province that nobody else works on, with people who can sign in."""
    from django.utils import timezone

    from localgov.accounts.models import User
    from localgov.accounts.services.demo import PROVINCE
    from localgov.accounts.services.demo_crew import demo_crews_make
    from localgov.forms import selectors as forms
    from localgov.lib.thai_calendar import bangkok_date
    from localgov.organisations.models import OrganisationVersion
    from localgov.rounds.models import RosterEntry
    from localgov.web.demo.answers import make_answers
    from localgov.web.demo.places import demo_unit
    from tests.killing.unit_work import FISCAL_YEAR

    at = timezone.now()
    password = User.objects.get(username="certifier").password
    found: list[dict[str, object]] = []
    shown = set(User.objects.values_list("organisation__code", flat=True))
    entries = RosterEntry.objects.filter(round__fiscal_year_be=FISCAL_YEAR, province_code=PROVINCE)
    in_force = OrganisationVersion.objects.in_force(bangkok_date(at)).select_related("organisation")
    for entry in entries.exclude(code__in=shown).select_related("round").order_by("code"):
        version = in_force.get(organisation_id=entry.organisation_id)
        demo_crews_make(at=at, places=[version])
        User.objects.filter(username__in=[f"{letter}{entry.code}" for letter in "rvx"]).update(password=password)
        form = forms.compiled(entry.round.form_version_id)
        answers = make_answers(demo_unit(version), fiscal_year=FISCAL_YEAR, seed=1)
        applicable = forms.applicable_sheets(entry.round.form_version_id, entry.unit_type)
        sheets: list[dict[str, object]] = []
        for number, section in enumerate(form.sheets, start=1):
            if section in applicable:
                of_sheet = {code: answer for code, answer in answers.items() if _sheet_of(form, code) == section}
                sheets.append({"number": number, "code": section, "target": of_sheet})
        found.append({"code": entry.code, "sheets": sheets})
    return found


def _sheet_of(form: object, code: str) -> str:
    item = form.item(code)  # type: ignore[attr-defined]
    return item.sheet if item is not None else ""


if __name__ == "__main__":
    sys.exit(main())
