"""Pages that everyone reads: how many in a second, made anew and as kept, and what a browser fetches for the first one.

Made anew: `PUBLIC_CACHE_MB=0`, so each answer is rendered and packed; the figures that a process keeps for each state of the
data stay kept, as they are for the first reader after any other. Clients take gzip, as browsers do.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from itertools import chain, islice, repeat

from playwright.sync_api import Browser, Response

from bench import country, limits, load
from bench.goals import Result
from bench.measures import browser
from bench.page_table import FIRST_VIEWS, PUBLIC_PAGES, PublicPage
from bench.server import serving
from bench.stage import Stage
from bench.world import roster
from localgov.publishing.models import Item
from localgov.publishing.models.item import IS_SHOWN
from localgov.publishing.states import PublishedKind
from localgov.ui.public_cache import CACHE

KEPT = "public_kept_per_s"
_CLIENTS = 16
#: Of a page that there is for each unit or place, so many are asked for in turn.
_DIFFERENT = 24
_MOST_SECONDS = 4.0
#: More than any server here answers in a second.
_MOST_PER_SECOND = 6_000
_HEAD = "Accept-Encoding: gzip\r\n"
_PICTURES = frozenset({"image", "media"})


def measure(stage: Stage, *, seconds: float, wants: Callable[[str], bool]) -> list[Result]:
    """The line of each wanted page, and public_kept_per_s of the slowest of all."""
    seconds = min(seconds, _MOST_SECONDS)
    pages = [page for page in PUBLIC_PAGES if wants(page.name) or wants(KEPT)]
    asked = {page.name: _requests(page) for page in pages}
    environment, log = stage.environment("bench"), stage.folder / "server.log"
    with serving(environment=environment | {"PUBLIC_CACHE_MB": "0"}, log=log) as port:
        made = {name: _rate(port, requests, seconds) for name, requests in asked.items()}
    with serving(environment=environment, log=log) as port:
        kept = {name: _rate(port, requests, seconds) for name, requests in asked.items()}
    seen = {name: _inside(requests[0]) for name, requests in asked.items()}
    with limits.bare_server(stage, "bench", {name: page for name, (page, _) in seen.items()}) as port:
        best = {name: _bare_rate(port, requests, seconds) for name, requests in asked.items()}
    slowest = min(kept, key=lambda name: kept[name])
    with limits.bare_server(stage, "bench", {slowest: seen[slowest][1]}) as port:
        best_kept = _bare_rate(port, asked[slowest], seconds)
    note = f"ช้าที่สุด {slowest}: " + " ".join(f"{name.removesuffix('_per_s')} {kept[name]:,.0f}" for name in asked)
    lines = [Result(page.name, made[page.name], best[page.name], _note(page, kept[page.name])) for page in pages]
    return [*lines, Result(KEPT, kept[slowest], best_kept, note)]


def first_views(stage: Stage) -> list[Result]:
    """kB of everything but pictures that a browser with an empty cache fetches; nothing where the machine has no Chromium."""
    path = browser.chromium()
    if path is None:
        return []
    with (
        serving(environment=stage.environment("bench"), log=stage.folder / "server.log") as port,
        browser.opened(path) as opened,
    ):
        return [_first_view(opened, port, page) for page in FIRST_VIEWS]


def _first_view(opened: Browser, port: int, page: PublicPage) -> Result:
    """Bodies as whitenoise and the cache pack them in production: gzip, save for fonts, which are packed already."""
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        kind = response.request.resource_type
        if kind not in _PICTURES and response.ok:
            body = response.body()
            sizes[kind] = sizes.get(kind, 0) + (len(body) if kind == "font" else len(gzip.compress(body, 9)))

    context = opened.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.on("response", weigh)
    tab.goto(f"http://127.0.0.1:{port}{page.path}", wait_until="networkidle")
    context.close()
    parts = " ".join(f"{kind} {size / 1024:.1f}" for kind, size in sorted(sizes.items()))
    return Result(page.name, sum(sizes.values()) / 1024, None, parts)


def _note(page: PublicPage, kept: float) -> str:
    return f"{page.path} · จากที่เก็บไว้ {kept:,.0f} หน้าต่อวินาที"


def _requests(page: PublicPage) -> list[load.Request]:
    """The page, or some of the pages that its address stands for."""
    numbers: Sequence[str | int] = [""]
    if "{unit}" in page.path:
        numbers = [entry.code for entry in roster(country.YEAR, limit=_DIFFERENT)]
    elif "{place}" in page.path:
        places = Item.objects.filter(IS_SHOWN, kind=PublishedKind.PLACE)
        numbers = list(places.order_by("pk").values_list("pk", flat=True)[:_DIFFERENT])
    return [load.Request(page.name, page.path.format(unit=one, place=one), _HEAD) for one in numbers]


def _rate(port: int, requests: Sequence[load.Request], seconds: float) -> float:
    """Answers in a second to clients that ask at once, after each process has made each of them."""
    load.run(load.Job(port, [list(requests) * 4], 2, 120))
    outcome = load.run(load.Job(port, [_many(requests, seconds)], _CLIENTS, seconds))
    if outcome.failures or outcome.ran_dry:
        raise RuntimeError(f"public pages failed: {outcome.failed or 'too few requests'}")
    return outcome.per_second


def _bare_rate(port: int, requests: Sequence[load.Request], seconds: float) -> float:
    return load.run(load.Job(port, limits.bare([_many(requests, seconds)]), _CLIENTS, seconds)).per_second


def _many(requests: Sequence[load.Request], seconds: float) -> list[load.Request]:
    return list(islice(chain.from_iterable(repeat(requests)), int(seconds * _MOST_PER_SECOND)))


def _inside(request: load.Request) -> tuple[limits.Page, limits.Page]:
    """What the page asks of the database when it is made anew, and when it is kept."""
    limits.page_of(request)  # what a process keeps for a state of the data is kept from here on
    CACHE.clear()
    return limits.page_of(request), limits.page_of(request)
