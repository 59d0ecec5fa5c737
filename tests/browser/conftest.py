"""A real server as `make run` starts it, on a database of its own with the demo register, and a real Chromium."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from localgov.accounts.services import DEMO_PASSWORD
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form
from localgov.forms.engine.reader_text import read_folder
from localgov.web.demo.answers import make_answers
from localgov.web.demo.places import DemoUnit
from tests.installation import environment_without_tests, installation_copy

REPOSITORY = Path(__file__).resolve().parents[2]
SECONDS_TO_SERVE = 120
#: Nothing takes so long; a machine with more to do than these tests may.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
DESKTOP = (1366, 768)
PHONE = (390, 844)


@dataclass(frozen=True)
class Site:
    """The running system."""

    url: str
    form: Form
    environment: dict[str, str]

    def database(self, act: str) -> None:
        """`stop` or `start` the database under the running server."""
        command = [sys.executable, "bin/cluster.py", act]
        subprocess.run(command, cwd=REPOSITORY, env=self.environment, check=True, capture_output=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`bin/run.py` on its own embedded database; stopped, database and all, after the last test."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    installation_copy(folder)
    environment = environment_without_tests() | {"LOCALGOV_VAR": str(folder), "PORT": str(port)}
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "bin/run.py"], cwd=REPOSITORY, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        wait_until_served(server, f"http://127.0.0.1:{port}/healthz", folder / "server.log")
        form = build_form(read_folder(REPOSITORY / "forms" / "eight_domains"))
        yield Site(f"http://127.0.0.1:{port}", form, environment)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()
        stop = [sys.executable, "bin/cluster.py", "stop"]
        subprocess.run(stop, cwd=REPOSITORY, env=environment, check=False, capture_output=True)


def wait_until_served(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return once the server answers; fail with what it said."""
    deadline = time.monotonic() + SECONDS_TO_SERVE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)  # the server is another process: there is nothing to wait on but its answer
    pytest.fail(f"เซิร์ฟเวอร์ไม่พร้อม: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@dataclass
class Window:
    """A person's browser."""

    site: Site
    context: BrowserContext
    page: Page

    def go(self, path: str) -> Page:
        """Open an address of the site; a recording page is waited for."""
        self.page.goto(self.site.url + path)
        if self.page.locator("form[data-record]").count():
            self.page.wait_for_selector("form[data-ready]")
        return self.page

    def sign_in(self, username: str) -> None:
        """Sign in as one of the demo accounts."""
        self.page.goto(f"{self.site.url}/accounts/login/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(DEMO_PASSWORD)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def pass_time(self, seconds: int) -> None:
        """Let so much time pass at once for the page: what it would do within it, it does now."""
        self.page.clock.fast_forward(seconds * 1000)

    def hear_nothing(self) -> None:
        """Cut what pages ask between their batches: what others save arrives with the answer to a batch alone.

        Without it a page may have heard of the other's value before this one is typed, and then there is no conflict.
        """
        self.page.route("**/together/", lambda route: route.abort())

    def hear_again(self) -> None:
        """The page hears of the others at its next turn."""
        self.page.unroute("**/together/")

    def wait_saved(self) -> None:
        """Wait until the server has everything."""
        self.page.wait_for_selector('[data-record-status][data-standing="saved"]')

    def send(self, path: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
        """Send a batch as the recording page does; the window shows that page now."""
        reply: dict[str, Any] = self.page.evaluate(
            """async ([url, body]) => {
                const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
                const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
                const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
                return await response.json();
            }""",
            [path, {"batch": str(uuid.uuid4()), "changes": changes}],
        )
        return reply

    def layouts(self) -> Callable[[], int]:
        """From now on counts how often Chromium lays out this page."""
        session = self.context.new_cdp_session(self.page)
        session.send("Performance.enable")

        def count() -> int:
            metrics = session.send("Performance.getMetrics")["metrics"]
            return next(int(one["value"]) for one in metrics if one["name"] == "LayoutCount")

        before = count()
        return lambda: count() - before

    def axe(self) -> str:
        """What accessibility rules the page breaks; empty when none."""
        found = Axe().run(self.page)
        return found.generate_report() if found.violations_count else ""


@pytest.fixture
def window(site: Site, chromium: Browser) -> Iterator[Any]:
    """Makes browsers: `window("recorder1")`, `window("recorder1", size=PHONE)`, `window("recorder1", script=False)`.

    `passes_time`: for `Window.pass_time`.
    """
    opened: list[BrowserContext] = []

    def make(
        username: str, *, size: tuple[int, int] = DESKTOP, script: bool = True, passes_time: bool = False
    ) -> Window:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=script)
        context.set_default_timeout(PATIENCE_MS)
        if passes_time:
            context.clock.install()
        opened.append(context)
        fresh = Window(site, context, context.new_page())
        fresh.page.on("dialog", lambda dialog: dialog.accept())
        fresh.sign_in(username)
        return fresh

    yield make
    for context in opened:
        context.close()


#: The unit of the demo accounts; a name of the demo register, made of geothai's sub-district.
UNIT = "9250103"


def filing(number: int | str = "", fiscal_year: int = 2570) -> str:
    """The address of a domain, or of the filing."""
    return f"/filings/{fiscal_year}/{UNIT}/" + (f"{number}/" if number else "")


def clean_changes(form: Form, section: str, fiscal_year: int = 2570) -> list[dict[str, Any]]:
    """A batch that answers an untouched domain without an error."""
    unit = DemoUnit(UNIT, "หน้าเมือง", "SAO", "25", ("250101", "250102", "250103"), 14.05, 101.37)
    changes: list[dict[str, Any]] = []
    for code, answer in make_answers(unit, fiscal_year=fiscal_year, seed=1).items():
        item = form.item(code)
        if item is None or item.sheet != section:
            continue
        if code not in form.registers or not isinstance(answer, list):
            changes.append({"op": "set", "code": code, "value": answer, "seq": 0})
            continue
        for values in answer:
            row = str(uuid.uuid4())
            changes.append({"op": "add", "register": code, "row": row})
            changes += [
                {"op": "set", "register": code, "row": row, "code": column, "value": value, "seq": 0}
                for column, value in values.items()
            ]
    return changes
