"""Four hundred signed-in users at once, without thinking time, each doing what his role does."""

from __future__ import annotations

from random import Random

from bench import country, limits, load
from bench.goals import Result
from bench.stage import Stage
from bench.world import SEED, UnitAnswers, batch_json, recorder_of, roster, sheet_number, sign_in, unit_answers
from localgov.forms import selectors as forms
from localgov.organisations import areas

USERS = 400
#: Of the four hundred, officers of provinces; the others record.
_OFFICERS = 40
_REQUESTS_OF_EACH = 40
_ANSWERS_OF_A_SAVE = 4
#: What a recorder does, of a hundred requests: a page saves by itself each time a few boxes were left.
_RECORDER = {"home": 12, "filing": 18, "sheet": 25, "save": 45}
_OFFICER = {"home": 20, "status": 25, "units": 25, "register": 30}
MIX = (
    "ผู้บันทึก 360 คน (หน้าแรก 12 % หน้ารวม 18 % หน้าบันทึก 25 % บันทึก 4 ข้อ 45 %) สถจ. 40 คน (หน้าแรก 20 % สถานะ 50 % ทะเบียน 30 %)"
)


def measure(stage: Stage, *, port: int, seconds: float, users: int = USERS) -> list[Result]:
    """users400_failed and users400_p99_ms; the limit is the same mix under the bare server, its saves rolled back."""
    lanes = lanes_make(users=users)
    outcome = load.run(load.Job(port, lanes, users, seconds, shared=False))
    samples = {request.kind: request for lane in lanes_make(users=users) for request in lane}
    pages = {kind: limits.page_of(request) for kind, request in samples.items()}
    with limits.bare_server(stage, "bench", pages) as bare_port:
        bare = load.run(load.Job(bare_port, limits.bare(lanes), users, min(seconds, 10), shared=False))
    note = (
        f"{len(outcome.all_times):,} คำขอ {outcome.per_second:,.0f} ต่อวินาที เครื่องลูกใช้ซีพียู {outcome.cpu_share:.0%} · {MIX}"
    )
    if outcome.failed:
        note += f" · {outcome.failed}"
    return [
        Result("users400_failed", outcome.failures, None, note),
        Result(
            "users400_p99_ms",
            load.percentile(outcome.all_times, 0.99),
            load.percentile(bare.all_times, 0.99),
            _by_kind(outcome),
        ),
    ]


def lanes_make(*, users: int) -> list[list[load.Request]]:
    """What each user sends, in his own order; nobody saves the same answer twice."""
    officers = users * _OFFICERS // USERS
    entries = roster(country.OPEN_YEAR)[-(users - officers) :]
    provinces = [f"bpp{province.code}" for province in areas.provinces()]
    names = [provinces[number % len(provinces)] for number in range(officers)]
    people = sign_in({*names, *(recorder_of(entry) for entry in entries)})
    lanes = [_recorder_lane(unit, people[recorder_of(unit.entry)].headers()) for unit in unit_answers(entries)]
    return lanes + [_officer_lane(name, people[name].headers(), number) for number, name in enumerate(names)]


def _recorder_lane(unit: UnitAnswers, head: str) -> list[load.Request]:
    rng = Random(f"{SEED}:{unit.entry.code}")  # noqa: S311 - the same mix every time
    form = forms.compiled(unit.entry.round.form_version_id)
    base = f"/filings/{country.OPEN_YEAR}/{unit.entry.code}/"
    sheets = [sheet for sheet in unit.sheets if sheet != "domain_2"]
    left = {sheet: list(unit.sheets[sheet].items()) for sheet in sheets}
    lane = []
    for kind in rng.choices(list(_RECORDER), weights=list(_RECORDER.values()), k=_REQUESTS_OF_EACH):
        sheet = rng.choice(sheets)
        page = f"{base}{sheet_number(form, sheet)}/"
        if kind == "save" and left[sheet]:
            some = dict(left[sheet][:_ANSWERS_OF_A_SAVE])
            del left[sheet][:_ANSWERS_OF_A_SAVE]
            lane.append(load.Request("save", f"{page}answers/", head, batch_json(some).decode(), saves=len(some)))
        else:
            path = {"home": "/home/", "filing": base}.get(kind, page)
            lane.append(load.Request("sheet" if kind == "save" else kind, path, head))
    return lane


def _officer_lane(name: str, head: str, number: int) -> list[load.Request]:
    rng = Random(f"{SEED}:{name}:{number}")  # noqa: S311 - the same mix every time
    paths = {
        "home": "/home/",
        "status": f"/monitoring/?fiscal_year={country.YEAR}",
        "units": f"/monitoring/units/?fiscal_year={country.YEAR}",
        "register": "/register/?text=%E0%B8%9A%E0%B8%B2%E0%B8%99",
    }
    kinds = rng.choices(list(_OFFICER), weights=list(_OFFICER.values()), k=_REQUESTS_OF_EACH)
    return [load.Request(kind, paths[kind], head) for kind in kinds]


def _by_kind(outcome: load.Outcome) -> str:
    """The middle and the ninety-ninth of each kind of request, in milliseconds."""
    return " ".join(
        f"{kind} {load.percentile(times, 0.5):,.0f}/{load.percentile(times, 0.99):,.0f}"
        for kind, times in sorted(outcome.times.items())
    )
