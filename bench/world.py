"""Who uses the server and what they send: made before any clock starts, so that only the program is measured.

Sessions are written as signing in writes them; everything sent afterwards passes the program's own doors and services.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret  # type: ignore[attr-defined]
from django.utils import timezone

from localgov.accounts.models import User
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry
from localgov.web.demo.answers import make_answers
from localgov.web.demo.places import demo_unit

SEED = 1
#: Of every type of unit, so many stand at the beginning of the mixed roster.
_OF_EACH_TYPE = 3
BACKEND = "localgov.accounts.backends.PasswordBackend"


@dataclass(frozen=True)
class SignedIn:
    """A browser's cookies: who it is, and the token that it sends with what it posts."""

    session: str
    csrf: str

    def headers(self) -> str:
        """Header lines of every request."""
        return f"Cookie: sessionid={self.session}; csrftoken={self.csrf}\r\nX-CSRFToken: {_mask_cipher_secret(self.csrf)}\r\n"


def sign_in(usernames: Iterable[str]) -> dict[str, SignedIn]:
    """Sessions of accounts, as signing in writes them."""
    wanted = list(usernames)
    users = {user.username: user for user in User.objects.filter(username__in=wanted)}
    store, expire = SessionStore(), timezone.now() + timedelta(hours=10)
    rows, found = [], {}
    for name in wanted:
        user = users[name]
        data = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
        key = uuid.uuid4().hex
        rows.append(Session(session_key=key, session_data=store.encode(data), expire_date=expire))
        found[name] = SignedIn(session=key, csrf=_get_new_csrf_string())
    Session.objects.bulk_create(rows, batch_size=2000)
    return found


def recorder_of(entry: RosterEntry) -> str:
    """The username of a unit's recorder."""
    return f"br{entry.code.lower()}"


# --- answers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitAnswers:
    """One unit's roster entry and its answers of single questions, by sheet."""

    entry: RosterEntry
    sheets: dict[str, dict[str, Any]]


def unit_answers(entries: Sequence[RosterEntry], *, seed: int = SEED) -> Iterator[UnitAnswers]:
    """Plausible answers of units to every single question that their type is asked (283 for most), registers left out.

    What the maker leaves open for a unit is answered ไม่มีข้อมูล with a reason, as an officer must.
    """
    versions = {
        version.organisation_id: version
        for version in OrganisationVersion.objects.in_force(timezone.localdate())
        .filter(organisation__in=[entry.organisation_id for entry in entries])
        .select_related("organisation")
    }
    for entry in entries:
        form = forms.compiled(entry.round.form_version_id)
        made = make_answers(
            demo_unit(versions[entry.organisation_id]), fiscal_year=entry.round.fiscal_year_be, seed=seed
        )
        sheets: dict[str, dict[str, Any]] = {}
        for code, question in form.questions.items():
            if question.register is None and is_asked(form, code, entry.unit_type):
                answer = made.get(code, {"missing": "NO_DATA", "reason": "รอผลสำรวจ"})
                sheets.setdefault(question.sheet, {})[code] = answer
        yield UnitAnswers(entry, sheets)


def is_asked(form: Form, code: str, unit_type: str) -> bool:
    """Whether an officer types the answer of a single question."""
    question = form.questions[code]
    return unit_type in question.applies_to and not question.linked and question.calculation is None


def batch_json(answers: dict[str, Any]) -> bytes:
    """What a page posts to save answers of untouched questions."""
    changes = [{"op": "set", "code": code, "value": answer, "seq": 0} for code, answer in answers.items()]
    return json.dumps({"batch": str(uuid.uuid4()), "changes": changes}, ensure_ascii=False).encode()


def sheet_near(form: Form, wanted: int) -> str:
    """The sheet whose number of single questions is nearest to `wanted`."""
    counts = {
        sheet: sum(1 for question in form.questions.values() if question.sheet == sheet and question.register is None)
        for sheet in form.sheets
    }
    return min(counts, key=lambda sheet: abs(counts[sheet] - wanted))


def sheet_number(form: Form, sheet: str) -> int:
    """The number by which addresses name a sheet."""
    return list(form.sheets).index(sheet) + 1


def roster(fiscal_year: int, *, limit: int | None = None) -> list[RosterEntry]:
    """The units of a year's round in an order that mixes provinces, the same every time; the first `limit` of them.

    A few of every type come first, so that none is missing in a small country.
    """
    entries = RosterEntry.objects.filter(round__fiscal_year_be=fiscal_year).select_related("round").order_by("code")
    mixed = sorted(entries, key=lambda entry: entry.code[::-1])
    seen: Counter[str] = Counter()
    first: list[RosterEntry] = []
    for entry in mixed:
        seen[entry.unit_type] += 1
        if seen[entry.unit_type] <= _OF_EACH_TYPE:
            first.append(entry)
    chosen = {entry.pk for entry in first}
    return [*first, *(entry for entry in mixed if entry.pk not in chosen)][:limit]
