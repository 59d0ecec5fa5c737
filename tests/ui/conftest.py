"""A real browser for the tests of this room, without a server: every address is answered by the test."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Engine
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.ui.recording.fields import AnswerField, Choice, RegisterRow, RegisterTable

SCENES = Engine(dirs=[str(Path(__file__).parent / "recording")], builtins=["localgov.ui.templatetags.ui"])
ORIGIN = "http://localhost:8"  # never reached; a secure context, as https is
ROWS = tuple(str(uuid.UUID(int=number)) for number in (1, 2))
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'"
)
#: Nothing takes so long; a machine with more to do than these tests may.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def built(name: str) -> tuple[str, list[str]]:
    """The address of a built entry and of its styles."""
    manifest = json.loads((settings.BASE_DIR / "assets" / "dist" / "manifest.json").read_text(encoding="utf-8"))
    return manifest[name]["file"], manifest[name].get("css", [])


@dataclass
class Server:
    """The other end of the page: remembers batches, answers as told."""

    batches: list[dict[str, Any]] = field(default_factory=list)
    is_reachable: bool = True
    replies: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    judged: dict[str, Any] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def changes(self) -> list[dict[str, Any]]:
        """All changes that arrived, in order."""
        return [change for batch in self.batches for change in batch["changes"]]

    def answer(self, route: Route, request: Request) -> None:
        """One batch."""
        if not self.is_reachable:
            route.abort()
            return
        batch = json.loads(request.post_data or "")
        self.batches.append(batch)
        self.headers.append(request.headers)
        status, extra = self.replies.pop(0) if self.replies else (200, {})
        route.fulfill(status=status, json=self.reply(batch) | extra if status == 200 else extra)

    def reply(self, batch: dict[str, Any]) -> dict[str, Any]:
        """What the real server says when all is accepted."""
        saved = [
            {"code": change.get("code") or change.get("register"), "row": change.get("row"), "seq": change["seq"] + 1}
            | ({"row_seq": 7} if change.get("row") else {})
            for change in batch["changes"]
            if change["op"] == "set"
        ]
        return self.standing() | {
            "receipt": "2570-004512",
            "saved_at": "2026-11-21T03:42:00Z",
            "saved": saved,
            "refused": [],
        }

    def standing(self) -> dict[str, Any]:
        """How the sheet stands: nothing to complain of unless the test says so."""
        progress = {"required": 14, "answered": 11, "errors": 0, "warnings": 0, "sections": {}}
        asked = [field.code for field in fields()] + ["village"]
        standing = {"findings": [], "computed": {}, "visible": asked, "hidden_cells": [], "carried": 0, "hindrance": ""}
        return standing | {"progress": progress} | self.judged


def fields() -> tuple[AnswerField, ...]:
    """A few questions of each kind."""
    return (
        AnswerField("population_male", "ประชากรชาย", "integer", text="3,100", unit="คน", required=True, seq=3),
        AnswerField(
            "population_female", "ประชากรหญิง", "integer", unit="คน", last_year="3,240", last_year_json='"3240"'
        ),
        AnswerField("population_total", "ประชากรรวม", "integer", text="6,000", unit="คน", required=True, seq=1),
        AnswerField("ems_service", "มีบริการแพทย์ฉุกเฉิน", "choice", choices=(Choice("yes", "มี"), Choice("no", "ไม่มี"))),
        AnswerField("ems_vehicle_count", "จำนวนรถ", "integer", unit="คัน"),
        AnswerField("area_km2", "พื้นที่", "decimal", text="12.5", unit="ตร.กม.", carried=True, seq=1),
        AnswerField("office_point", "พิกัดสำนักงาน", "point"),
        AnswerField("density", "ความหนาแน่น", "decimal", shown_only=True, source="ระบบคำนวณให้"),
    )


def register() -> RegisterTable:
    """A register with two rows."""
    kind = (Choice("village", "หมู่บ้าน"), Choice("community", "ชุมชน"))

    def cells(number: str, name: str, of: str, seq: int) -> tuple[AnswerField, ...]:
        return (
            AnswerField("village_no", "หมู่ที่", "integer", text=number, seq=seq, may_be_missing=False),
            AnswerField("village_name", "ชื่อ", "text", text=name, seq=seq, may_be_missing=False),
            AnswerField("village_kind", "ชนิด", "choice", text=of, choices=kind, seq=seq, may_be_missing=False),
        )

    rows = tuple(
        RegisterRow(row, 4, cells(str(n), f"บ้านตัวอย่าง {n}", "village", 2)) for n, row in enumerate(ROWS, start=1)
    )
    return RegisterTable("village", "หมู่บ้าน", columns=cells("", "", "", 0), rows=rows)


@dataclass
class Recording:
    """A recording page in a browser, and the server that it talks to."""

    page: Page
    server: Server

    def open(self) -> None:
        """Load the page (again)."""
        self.page.goto(f"{ORIGIN}/record/")
        self.page.wait_for_selector("form[data-ready]")

    def hold_time(self) -> None:
        """Load the page again with its clock stopped: what it plans (a batch, a retry) waits for `pass_time`."""
        self.page.clock.install(time=0)
        self.open()
        self.page.clock.pause_at(3600)

    def pass_time(self) -> None:
        """Half a second of the page: longer than it waits for more answers, shorter than it waits to try again."""
        self.page.clock.run_for(500)

    def wait_saved(self) -> None:
        """Wait until all is acknowledged."""
        self.page.wait_for_selector('[data-record-status][data-standing="saved"]:not(:empty)')

    def fill(self, code: str, text: str) -> None:
        """Type an answer and leave the field."""
        control = self.page.locator(f"#a-{code}")
        control.fill(text)
        control.blur()


@pytest.fixture
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    fresh = chromium.new_context(viewport={"width": 1366, "height": 768})
    fresh.set_default_timeout(PATIENCE_MS)
    yield fresh
    fresh.close()


@pytest.fixture
def server() -> Server:
    """The other end."""
    return Server()


@pytest.fixture
def recording(profile: BrowserContext, server: Server) -> Recording:
    """The recording page, loaded."""
    script, record_styles = built("record/main.ts")
    _, styles = built("src/app.ts")

    def answer(route: Route, request: Request) -> None:
        path = request.url.removeprefix(ORIGIN)
        if path == "/save":
            server.answer(route, request)
        elif path == "/record/":
            scene = {"fields": fields(), "register": register(), "script": script, "styles": styles + record_styles}
            html = SCENES.get_template("scene.html").render(Context(scene | {"standing": server.standing()}))
            route.fulfill(content_type="text/html", headers={"Content-Security-Policy": POLICY}, body=html)
        elif path.startswith("/static/"):
            file = Path(settings.BASE_DIR / "assets" / "dist" / path.removeprefix("/static/"))
            route.fulfill(content_type=KINDS[file.suffix], body=file.read_bytes())
        else:
            route.fulfill(status=404)

    profile.route(f"{ORIGIN}/**", answer)
    opened = Recording(profile.new_page(), server)
    opened.open()
    return opened
