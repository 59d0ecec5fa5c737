"""Saving one domain of about thirty answers, over HTTP, sixteen clients: with checks, audit and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench import copying, country, load
from bench.goals import Result
from bench.stage import Stage
from bench.world import batch_json, recorder_of, roster, sheet_near, sheet_number, sign_in, unit_answers
from localgov.filings.models import Change
from localgov.forms import selectors as forms
from localgov.rounds.models import RosterEntry

CLIENTS = 16
_WARMING = 48
_ANSWERS = 30
_COPIED = 400


@dataclass(frozen=True)
class Saves:
    """Requests that save a domain of an untouched unit each, and the units in the same order."""

    requests: list[load.Request]
    entries: list[RosterEntry]


def saves_make(*, units: int) -> Saves:
    """One request for each of some units of the open year, by the unit's own recorder."""
    entries = roster(country.OPEN_YEAR, limit=units)
    form = forms.compiled(entries[0].round.form_version_id)
    sheet = sheet_near(form, _ANSWERS)
    people = sign_in(recorder_of(entry) for entry in entries)
    requests = []
    for unit in unit_answers(entries):
        answers = unit.sheets[sheet]
        path = f"/filings/{country.OPEN_YEAR}/{unit.entry.code}/{sheet_number(form, sheet)}/answers/"
        head = people[recorder_of(unit.entry)].headers()
        requests.append(load.Request("save", path, head, batch_json(answers).decode(), saves=len(answers)))
    return Saves(requests, entries)


def measure(stage: Stage, *, port: int, seconds: float, units: int) -> list[Result]:
    """save_domain_per_s and save_domain_p95_ms."""
    saves = saves_make(units=units)
    warming = min(_WARMING, units // 4)
    load.run(load.Job(port, [saves.requests[:warming]], CLIENTS, seconds))
    before = Change.objects.count()
    outcome = load.run(load.Job(port, [saves.requests[warming:]], CLIENTS, seconds))
    answered = len(outcome.all_times)
    written = Change.objects.count() - before
    if outcome.failures or written != answered:
        raise RuntimeError(f"saves failed: {outcome.failed}; answered {answered}, written {written}")
    sample = saves.requests[warming].saves
    note = f"{answered:,} ด้าน ด้านละ {sample} ข้อ มีข้อมูลปีก่อน เครื่องลูกใช้ซีพียู {outcome.cpu_share:.0%}"
    if outcome.ran_dry:
        note += " หน่วยงานหมดก่อนเวลา"
    limit = _copy_limit(stage, saves.entries[warming : warming + min(_COPIED, answered)])
    return [
        Result("save_domain_per_s", outcome.per_second, limit, note),
        Result("save_domain_p95_ms", load.percentile(outcome.all_times, 0.95), CLIENTS * 1000 / limit),
    ]


def _copy_limit(stage: Stage, entries: Sequence[RosterEntry]) -> float:
    """Domains a second when COPY writes the same rows of the same units into a copy of the database."""
    with stage.connect("bench") as source:
        rows = [
            copying.rows_of_unit(source, round_id=entry.round_id, year=country.OPEN_YEAR, unit=entry.organisation_id)
            for entry in entries
        ]
    stage.create("bench_rows", template="bench_country")
    limit = copying.copies_per_second(stage, "bench_rows", rows)
    stage.drop("bench_rows")
    return limit
