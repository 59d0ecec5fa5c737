"""What a whole journey needs: the system as an installation has it, and people who come in with a one-time code.

With the Department's register beside the checkout it is a real installation (7,849 units); without it, the demo registry.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from python_calamine import CalamineWorkbook

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.reader_text import read_folder
from tests.browser.conftest import DESKTOP, PATIENCE_MS, REPOSITORY, Site, Window, wait_until_served
from tests.conftest import SHARED
from tests.installation import Stage, installation_copy

REGISTER = SHARED / "data" / "dla_register.csv"
PICTURES = REPOSITORY / "test-results" / "journey"
#: What everybody of a journey chooses.
PASSWORD = "กบินทร์-สามตัว-water"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@dataclass(frozen=True)
class Installation(Site):
    """A running system and its commands."""

    environment: dict[str, str]
    is_real: bool

    def command(self, *words: str) -> str:
        """What a management command prints. Raises CalledProcessError when it is refused."""
        return run_command(self.environment, *words)


def run_command(environment: dict[str, str], *words: str) -> str:
    """Run `manage.py` on the database of an environment; its standard output."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The register imported as the manual says, then `bin/run.py`; stopped, database and all, at the end."""
    folder = tmp_path_factory.mktemp("installation")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "LOCALGOV_"))}
    environment |= {"LOCALGOV_VAR": str(folder), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    installation_copy(folder, Stage.TABLES if REGISTER.exists() else Stage.DEMO)
    if REGISTER.exists():
        run_command(environment, "import_register", str(REGISTER), "--json")
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "bin/run.py"], cwd=REPOSITORY, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_served(server, f"{url}/healthz", folder / "server.log")
        form = build_form(read_folder(REPOSITORY / "forms" / "eight_domains"))
        yield Installation(url, form, environment, REGISTER.exists())
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()
        stop = [sys.executable, "bin/cluster.py", "stop"]
        subprocess.run(stop, cwd=REPOSITORY, env=environment, check=False, capture_output=True)


@dataclass
class Traveller(Window):
    """A person with a browser: comes in with a code, chooses a password, works."""

    def come_in(self, username: str, code: str) -> None:
        """The first sign-in: the code leads to nothing but the choice of a password."""
        self.sign_in_as(username, code)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=repeated]").fill(PASSWORD)
        self.page.get_by_role("button", name="บันทึกรหัสผ่านใหม่").click()
        self.page.wait_for_url(lambda url: "/accounts/password/" not in url)

    def sign_in_as(self, username: str, password: str) -> None:
        """Username, password (or code), LOG IN."""
        self.page.goto(f"{self.site.url}/accounts/login/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def press(self, name: str) -> None:
        """Press the button (or follow the link that looks like one) of a name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def status(self, path: str) -> int:
        """The status with which an address answers this person."""
        response = self.page.goto(self.site.url + path)
        assert response is not None
        return response.status

    def code_shown(self) -> str:
        """The one-time code that the page shows, once."""
        found = CODE.search(self.page.locator(".one-time-code").inner_text())
        assert found is not None
        return found.group()

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.fixture
def traveller(installation: Installation, chromium: Browser) -> Iterator[Callable[..., Traveller]]:
    """Makes people: `traveller()` has a browser of its own and is nobody yet."""
    opened: list[Traveller] = []

    def make(*, size: tuple[int, int] = DESKTOP) -> Traveller:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        context.set_default_timeout(PATIENCE_MS)
        page: Page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        opened.append(Traveller(installation, context, page))
        return opened[-1]

    yield make
    for number, someone in enumerate(opened, start=1):
        someone.picture(f"last-page-{number}")  # where a failed journey stood
        someone.context.close()


@dataclass(frozen=True)
class HandedDown:
    """A line of the workbook in which accounts are handed down."""

    organisation: str
    name: str
    username: str
    code: str


def read_handover(file: Path) -> list[HandedDown]:
    """The accounts of a downloaded zip."""
    lines: list[HandedDown] = []
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            book = CalamineWorkbook.from_filelike(BytesIO(package.read(name)))
            rows: list[list[Any]] = book.get_sheet_by_name("บัญชี").to_python()
            lines += [HandedDown(str(row[1]), str(row[2]), str(row[4]), str(row[5])) for row in rows[1:]]
    return lines
