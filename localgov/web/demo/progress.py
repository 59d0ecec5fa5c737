"""Fills one province of a demonstration through the same services as its officers would, units stopped at every state."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.selectors import actor_for
from localgov.accounts.services.demo_crew import Crew, demo_crew_make
from localgov.certification import services as certification
from localgov.filings import services as filings
from localgov.filings.models import Sheet, Via
from localgov.filings.services.changes import AddRow, AnyChange, SetAnswer
from localgov.filings.states import Action
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry, Round
from localgov.web.demo.answers import make_answers
from localgov.web.demo.maker import Answers
from localgov.web.demo.places import demo_unit

#: How far units go, and how many of a hundred.
_STOPS = (
    ("idle", 12),
    ("partly", 20),
    ("recorded", 8),
    ("submitted", 10),
    ("verified", 10),
    ("unit", 15),
    ("both", 25),
)


@dataclass(frozen=True)
class Filled:
    """How many units were stopped where."""

    stops: Counter[str]


def fill_province(
    *, round: Round, province_code: str, seed: int, at: datetime, skip: frozenset[str], limit: int | None = None
) -> Filled:
    """Fill the untouched units of a province (the first `limit` by code); the same seed fills them alike.

    Units of `skip` (codes) are left alone.

    Raises:
        Denied: no certifier is seated in the province.
    """
    certifier = _certifier(province_code, at)
    entries = RosterEntry.objects.filter(
        round=round, province_code=province_code, filing__isnull=True, excused_from__isnull=True
    )
    stops: Counter[str] = Counter()
    for entry in entries.exclude(code__in=skip).select_related("round").order_by("code")[:limit]:
        stop = _stop(Random(f"{seed}:{entry.code}:stop"))  # noqa: S311 - made-up data, the same every time
        _fill(entry=entry, stop=stop, seed=seed, at=at, certifier=certifier)
        stops[stop] += 1
    return Filled(stops)


def _stop(rng: Random) -> str:
    return rng.choices([name for name, _ in _STOPS], weights=[weight for _, weight in _STOPS])[0]


def _certifier(province_code: str, at: datetime) -> Actor:
    seat = (
        RoleAssignment.objects.in_force(bangkok_date(at))
        .filter(role=RoleCode.PROVINCE_CERTIFIER, organisation__code=f"P{province_code}")
        .order_by("pk")
        .first()
    )
    if seat is None:
        raise Denied(f"จังหวัดรหัส {province_code} ยังไม่มีผู้รับรองระดับจังหวัดในระบบ")
    return actor_for(user=User.objects.get(pk=seat.user_id), on=bangkok_date(at))


def _fill(*, entry: RosterEntry, stop: str, seed: int, at: datetime, certifier: Actor) -> None:
    if stop == "idle":
        return
    place = OrganisationVersion.objects.in_force(bangkok_date(at)).select_related("organisation")
    version = place.get(organisation_id=entry.organisation_id)
    crew = demo_crew_make(at=at, place=version)
    answers = make_answers(demo_unit(version), fiscal_year=entry.round.fiscal_year_be, seed=seed)
    sections = list(forms.applicable_sheets(entry.round.form_version_id, entry.unit_type))
    rng = Random(f"{seed}:{entry.code}:part")  # noqa: S311 - made-up data, the same every time
    chosen = sections if stop != "partly" else sorted(rng.sample(sections, rng.randint(1, len(sections) - 1)))
    # The anchors of domain 6 first: other domains are judged against them.
    for section in sorted(chosen, key=lambda code: code != "domain_6"):
        save_sheet(entry=entry, section=section, answers=answers, actor=crew.recorder, at=at)
    if stop in ("partly", "recorded"):
        return
    _sign(entry=entry, sections=sections, stop=stop, crew=crew, certifier=certifier, at=at)


def _sign(*, entry: RosterEntry, sections: list[str], stop: str, crew: Crew, certifier: Actor, at: datetime) -> None:
    for section in sections:
        _step(entry, section, Action.SUBMIT, crew.recorder, at)
    if stop == "submitted":
        return
    for section in sections:
        _step(entry, section, Action.VERIFY, crew.verifier, at)
    if stop == "verified":
        return
    certification.unit_certify(actor=crew.executive, at=at, entry=entry, signature=uuid.uuid4())
    if stop == "both":
        certification.province_certify(actor=certifier, at=at, entry=entry, signature=uuid.uuid4())


def _step(entry: RosterEntry, section: str, action: Action, actor: Actor, at: datetime) -> None:
    sheet = Sheet.objects.get(filing__roster_entry=entry, section=section, is_newest=True)
    note = "ข้อมูลสาธิต" if action == Action.SUBMIT else ""
    filings.sheet_take_action(
        actor=actor, at=at, entry=entry, section=section, action=action, lock=sheet.lock, note=note
    )


def save_sheet(*, entry: RosterEntry, section: str, answers: Answers, actor: Actor, at: datetime) -> filings.Saved:
    """Save one sheet's answers (of a new sheet) in one batch: what a workbook of the whole sheet would send."""
    form = forms.compiled(entry.round.form_version_id)
    return filings.answers_save(
        actor=actor,
        at=at,
        entry=entry,
        section=section,
        batch=uuid.uuid4(),
        changes=changes_of(form, section, answers),
        via=Via.COMMAND,
    )


def changes_of(form: Form, section: str, answers: Answers) -> list[AnyChange]:
    """The changes that put answers into an untouched sheet: scalars, then registers row by row."""
    changes: list[AnyChange] = []
    for code, answer in answers.items():
        item = form.item(code)
        if item is None or item.sheet != section:
            continue
        if code in form.registers and isinstance(answer, list):
            changes += _rows(code, answer)
        else:
            changes.append(SetAnswer(code, answer, 0))
    return changes


def _rows(register: str, rows: list[dict[str, Any]]) -> list[AnyChange]:
    changes: list[AnyChange] = []
    for values in rows:
        row = uuid.uuid4()
        changes.append(AddRow(register, row))
        changes += [SetAnswer(code, answer, 0, register, row) for code, answer in values.items()]
    return changes
