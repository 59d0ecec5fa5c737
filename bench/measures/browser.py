"""The page of the largest domain in a real browser: until one can type, what script it loads, how fast an answer is kept."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Response, sync_playwright

from bench import limits, load
from bench.goals import Result
from bench.measures import pages
from bench.stage import Stage
from bench.world import SignedIn, recorder_of, sign_in
from localgov.rounds.models import RosterEntry

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_TIMES = 9
#: Notes when the recording page says that it is ready; milliseconds since the navigation began.
_WATCH = """
new MutationObserver(() => {
  if (window.usableAt === undefined && document.querySelector("form[data-ready]")) window.usableAt = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
"""
_ROUND_TRIPS = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.endsWith("/answers/")).map((one) => one.responseEnd - one.startTime)"""


def measure(stage: Stage, *, port: int, entry: RosterEntry) -> list[Result]:
    """form_page_usable_ms, form_page_script_kb, answer_round_trip_ms; nothing where the machine has no Chromium."""
    path = chromium()
    if path is None:
        return []
    person = sign_in([recorder_of(entry)])[recorder_of(entry)]
    address = pages.largest_page(port=port, entry=entry)[0].path
    plain = limits.page_of(load.Request("form", address, person.headers()))
    with opened(path) as browser:
        page = _signed_in(browser, port, person)
        scripts: dict[str, int] = {}
        page.on("response", lambda response: _weigh(response, scripts))
        usable = [_open(page, port, address) for _ in range(_TIMES + 1)][1:]
        trips = _type_answers(page)
        with limits.bare_server(stage, "bench", {"form": plain}) as bare_port:
            bare = [_open_bare(browser, bare_port) for _ in range(_TIMES)]
    return [
        Result("form_page_usable_ms", _middle(usable), _middle(bare)),
        Result("form_page_script_kb", sum(scripts.values()) / 1024, None, f"{len(scripts)} แฟ้ม"),
        Result("answer_round_trip_ms", _middle(trips), None, f"ค่ากลางของ {len(trips)} ครั้ง จากเริ่มส่งจนได้คำตอบ"),
    ]


def chromium() -> str | None:
    """Where the machine has Chromium; None where it has none."""
    return next((found for name in _CHROMIUM if (found := shutil.which(name))), None)


@contextmanager
def opened(path: str) -> Iterator[Browser]:
    """A headless Chromium for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def _signed_in(browser: Browser, port: int, person: SignedIn) -> Page:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    address = f"http://127.0.0.1:{port}"
    context.add_cookies(
        [
            {"name": "sessionid", "value": person.session, "url": address},
            {"name": "csrftoken", "value": person.csrf, "url": address},
        ]
    )
    context.add_init_script(_WATCH)
    return context.new_page()


def _weigh(response: Response, scripts: dict[str, int]) -> None:
    if response.request.resource_type == "script" and response.ok:
        scripts[response.url] = len(gzip.compress(response.body(), 6))


def _open(page: Page, port: int, address: str) -> float:
    page.goto(f"http://127.0.0.1:{port}{address}")
    page.wait_for_selector("form[data-ready]", state="attached")
    usable: float = page.evaluate("window.usableAt")
    return usable


def _open_bare(browser: Browser, port: int) -> float:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{port}/?form")
    loaded: float = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    page.close()
    return loaded


def _type_answers(page: Page) -> list[float]:
    """Change some numbers one after the other, as an officer does; how long each batch was on its way."""
    boxes: list[Any] = page.locator("input[inputmode=numeric]:visible:not([readonly]):not([disabled])").all()
    for turn, box in enumerate(boxes[: _TIMES + 1]):
        with page.expect_response(lambda response: response.url.endswith("/answers/")) as reply:
            box.fill(str(10 + turn))
            page.keyboard.press("Tab")
        if not reply.value.ok:
            raise RuntimeError(f"an answer was refused: {reply.value.status}")
    times: list[float] = page.evaluate(_ROUND_TRIPS)
    return times[1:]


def _middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]
