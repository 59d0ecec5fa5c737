"""Pages over HTTP: searching the register, the largest domain's page, the boards with every filter."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from urllib.parse import quote

from django.utils import timezone

from bench import country, limits, load
from bench.goals import Result
from bench.page_table import PAGES
from bench.stage import Stage
from bench.world import SEED, recorder_of, roster, sign_in
from localgov.accounts.models import User
from localgov.accounts.selectors import actor_for
from localgov.filings.services import answers_save
from localgov.filings.states import Status
from localgov.forms import selectors as forms
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry
from localgov.web.demo.answers import make_answers
from localgov.web.demo.places import demo_unit
from localgov.web.demo.season import changes_of

#: How often a page is asked for; fewer where a run is only tried out.
MOST_TIMES = 15
_CLIENTS = 16
#: Part of a name, a whole name, a wrong spelling, a code, a word and an area: what officers type.
_SEARCHES = ("บาน", "หนองใหญ่", "หนองไหย่", "625", "เทศบาลตำบลท่า", "อบต. นาดี", "บางกระเจ้า", "เมือง")


def register_search(stage: Stage, *, port: int, seconds: float) -> list[Result]:
    """register_search_per_s: the list of the register with a search term, by an officer of the Department."""
    head = sign_in(["department"])["department"].headers()
    requests = [load.Request("search", f"/register/?text={quote(text)}", head) for text in _SEARCHES]
    many = requests * int(seconds * 100 + 10)
    load.run(load.Job(port, [requests * 4], _CLIENTS, seconds))
    outcome = load.run(load.Job(port, [many], _CLIENTS, seconds))
    if outcome.failures:
        raise RuntimeError(f"searches failed: {outcome.failed}")
    kinds = [load.Request(f"search{number}", one.path, one.head) for number, one in enumerate(requests)]
    pages = {one.kind: limits.page_of(one) for one in kinds}
    with limits.bare_server(stage, "bench", pages) as bare_port:
        bare = load.run(load.Job(bare_port, limits.bare([kinds * int(seconds * 400 + 10)]), _CLIENTS, min(seconds, 5)))
    note = f"{len(outcome.all_times):,} หน้า คำค้น {len(_SEARCHES)} แบบ เครื่องลูกใช้ซีพียู {outcome.cpu_share:.0%}"
    return [Result("register_search_per_s", outcome.per_second, bare.per_second, note)]


def form_page(stage: Stage, *, port: int, entry: RosterEntry) -> list[Result]:
    """form_page_server_ms: the page of the domain with the most on it, of a unit that has answered everything."""
    largest, size = largest_page(port=port, entry=entry)
    value, limit = page_times(stage, port=port, requests=[largest])[0]
    return [Result("form_page_server_ms", value, limit, f"{largest.kind} {size:,} ไบต์")]


def largest_page(*, port: int, entry: RosterEntry) -> tuple[load.Request, int]:
    """The page of the domain with the most on it, and its bytes."""
    head = sign_in([recorder_of(entry)])[recorder_of(entry)].headers()
    requests = [
        load.Request(f"ด้านที่ {number}", f"/filings/{country.OPEN_YEAR}/{entry.code}/{number}/", head)
        for number in range(1, len(forms.compiled(entry.round.form_version_id).sheets) + 1)
    ]
    sizes = load.run(load.Job(port, [requests], 1, 60)).bytes_by_kind
    largest = max(requests, key=lambda request: sizes[request.kind])
    return largest, sizes[largest.kind]


def status(stage: Stage, *, port: int, times: int) -> list[Result]:
    """status_ms: the boards of the whole country with each filter; the slowest counts."""
    head = sign_in(["department"])["department"].headers()
    year = f"fiscal_year={country.YEAR}"
    areas = [
        "",
        "unit_type=SAO",
        "unit_type=SUBDISTRICT",
        "section=domain_5",
        "province=25",
        "province=30&section=domain_1",
    ]
    units = [
        "",
        "province=30",
        "unit_type=SAO",
        "section=domain_5&status=RECORDING",
        "name=%E0%B8%9A%E0%B8%B2%E0%B8%99",
        "days=7",
    ]
    units += [f"status={code}" for code in ("NOT_STARTED", *Status.values)]
    requests = [load.Request(f"INFO81?{one}", f"/monitoring/?{year}&{one}", head) for one in areas]
    requests += [load.Request(f"INFO82?{one}", f"/monitoring/units/?{year}&{one}", head) for one in units]
    found = page_times(stage, port=port, requests=requests, times=times)
    slowest = max(range(len(requests)), key=lambda place: found[place][0])
    value, limit = found[slowest]
    middle = sorted(one for one, _ in found)[len(found) // 2]
    note = f"ช้าที่สุด {requests[slowest].kind} จาก {len(requests)} เงื่อนไข ค่ากลางของทุกเงื่อนไข {middle:.0f} ms"
    return [Result("status_ms", value, limit, note)]


def listed(stage: Stage, *, port: int, times: int) -> list[Result]:
    """A line for each page of the table: the middle of its answers to one client."""
    heads = sign_in(dict.fromkeys(page.who for page in PAGES))
    requests = [load.Request(page.name, page.path, heads[page.who].headers()) for page in PAGES]
    found = page_times(stage, port=port, requests=requests, times=times)
    return [Result(page.name, value, limit, page.path) for page, (value, limit) in zip(PAGES, found, strict=True)]


def page_times(
    stage: Stage, *, port: int, requests: Sequence[load.Request], times: int = MOST_TIMES
) -> list[tuple[float, float]]:
    """For each page the middle of so many answers to one client, and the same under the bare server; milliseconds."""
    one_by_one = [request for request in requests for _ in range(times)]
    load.run(load.Job(port, [list(requests) * 4], 1, 120))  # warms every process of the server
    outcome = load.run(load.Job(port, [one_by_one], 1, 600))
    if outcome.failures:
        raise RuntimeError(f"pages failed: {outcome.failed}")
    pages = {request.kind: limits.page_of(request) for request in requests}
    with limits.bare_server(stage, "bench", pages) as bare_port:
        load.run(load.Job(bare_port, limits.bare([list(requests) * 4]), 1, 120))
        bare = load.run(load.Job(bare_port, limits.bare([one_by_one]), 1, 600))
    return [
        (load.percentile(outcome.times[request.kind], 0.5), load.percentile(bare.times[request.kind], 0.5))
        for request in requests
    ]


def full_entry() -> RosterEntry:
    """A unit of the open year in the middle of the roster: the one whose domains `fill` completes."""
    entries = roster(country.OPEN_YEAR)
    return entries[len(entries) // 2]


def fill(entry: RosterEntry) -> None:
    """Answer everything of a unit, registers too, as its recorder."""
    user = User.objects.get(username=recorder_of(entry))
    version = OrganisationVersion.objects.select_related("organisation").get(organisation_id=entry.organisation_id)
    answers = make_answers(demo_unit(version), fiscal_year=country.OPEN_YEAR, seed=SEED)
    actor = actor_for(user=user, on=timezone.localdate())
    for section in forms.applicable_sheets(entry.round.form_version_id, entry.unit_type):
        batch = uuid.uuid4()
        answers_save(
            actor=actor,
            at=timezone.now(),
            entry=entry,
            section=section,
            batch=batch,
            changes=changes_of(forms.compiled(entry.round.form_version_id), section, answers, batch),
        )
