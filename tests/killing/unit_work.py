"""One unit's season by its people over HTTP: record, submit, verify, certify at both levels, amend, and all again."""

from __future__ import annotations

import html
import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.killing.browser import Browser, Lost, Reply
from tests.killing.ledger import Ledger, Sent
from tests.killing.sheet_work import SheetWork

FISCAL_YEAR = 2570
#: Seconds in which somebody who works must come to what he was to do.
PATIENCE = 120.0
#: More refusals of one sheet than this, and the season does not go on by itself.
MOST_REFUSALS = 60
_AFTER = {
    "submit": "SUBMITTED",
    "verify": "VERIFIED",
    "return": "RECORDING",
    "take-back-submission": "RECORDING",
    "amend": "RECORDING",
    "return-by-province": "RECORDING",
}
_ROLES = {"submit": "r", "take-back-submission": "r", "amend": "r", "verify": "v", "return": "v"}


@dataclass
class UnitWork:
    """A unit and what its people have come to. Two recorders work at a time, each on half of the domains."""

    code: str
    certifier: str
    sheets: list[SheetWork]
    seasons: int
    port: int
    password: str
    ledger: Ledger
    trouble: dict[int, int]
    faults: list[str]
    browsers: dict[str, Browser] = field(default_factory=dict)
    open_acts: dict[int, Sent] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_done(self) -> bool:
        """Whether all seasons were certified."""
        return self.seasons == 0 and not self.open_acts

    def sign_in(self) -> None:
        """Sign in everybody who will act. Raises `Lost`."""
        for username in (*(f"{letter}{self.code}" for letter in "rvx"), self.certifier):
            self._browser(username)

    def work(self, half: int, rng: Random, stop: threading.Event) -> None:
        """Work on one half of the domains until told to stop. What the line swallows stays open and is sent again first."""
        try:
            while not stop.is_set() and not self.is_done:
                act = self.open_acts.get(half) or self._next(half, rng)
                if act is None:
                    stop.wait(0.02)
                else:
                    self._send(half, act)
        except Lost:
            return
        except Exception as error:  # a thread that dies in silence would look like success
            self.faults.append(f"{self.code}: {error!r}")
            raise

    def work_until(self, acknowledged: int, *, then: Callable[[], None] | None = None) -> float:
        """Let both halves work until so many acts are acknowledged, beginning again after a lost answer, as people do.

        `then` is done while they still work. When that was (`time.monotonic`). Raises `Lost` when nothing gets on.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            stop = threading.Event()
            threads = [
                threading.Thread(target=self.work, args=(half, Random(half + acknowledged), stop)) for half in (0, 1)
            ]
            for thread in threads:
                thread.start()
            while self.ledger.acknowledged < acknowledged and all(thread.is_alive() for thread in threads):
                time.sleep(0.005)  # a half alone may have to wait for the other's work: both, or begin again
            moment, is_reached = time.monotonic(), self.ledger.acknowledged >= acknowledged
            if is_reached and then is not None:
                then()
            stop.set()
            for thread in threads:
                thread.join()
            if is_reached:
                return moment
            if moment > deadline:
                raise Lost(f"{self.code}: {self.ledger.acknowledged} < {acknowledged}")

    # --- choosing ----------------------------------------------------------------------------------------------------

    def _next(self, half: int, rng: Random) -> Sent | None:
        mine = [sheet for sheet in self.sheets if sheet.number % 2 == half]
        rng.shuffle(mine)
        for sheet in mine:
            if sheet.status == "RECORDING":
                changes = sheet.next_changes(rng)
                return self._batch(sheet, changes) if changes else self._step(sheet, "submit")
            if sheet.status == "SUBMITTED":
                return self._step(sheet, rng.choices(["verify", "return", "take-back-submission"], [90, 5, 5])[0])
        return self._next_of_unit(rng) if half == 0 else None

    def _next_of_unit(self, rng: Random) -> Sent | None:
        standing = {sheet.status for sheet in self.sheets}
        if standing <= {"VERIFIED", "CERTIFIED_LAO", "CERTIFIED_PROVINCE"} and "VERIFIED" in standing:
            return self._signing("UNIT")
        if standing <= {"CERTIFIED_LAO", "CERTIFIED_PROVINCE"} and "CERTIFIED_LAO" in standing:
            waiting = [sheet for sheet in self.sheets if sheet.status == "CERTIFIED_LAO"]
            if rng.random() < 0.1:
                return self._act(rng.choice(waiting), "return-by-province")
            return self._signing("PROVINCE")
        if standing == {"CERTIFIED_PROVINCE"}:
            self.seasons -= 1
            if self.seasons > 0:
                return self._act(rng.choice(self.sheets), "amend")
        return None

    def _batch(self, sheet: SheetWork, changes: list[dict[str, Any]]) -> Sent:
        batch = str(uuid.uuid4())
        path = f"/filings/{FISCAL_YEAR}/{self.code}/{sheet.number}/answers/"
        return self._sent(batch, "batch", sheet, "", f"r{self.code}", path, {"batch": batch, "changes": changes})

    def _step(self, sheet: SheetWork, action: str) -> Sent | None:
        path = f"/filings/{FISCAL_YEAR}/{self.code}/{sheet.number}/steps/{action}/"
        return self._asked(sheet, action, f"{_ROLES[action]}{self.code}", path)

    def _act(self, sheet: SheetWork, action: str) -> Sent | None:
        path = f"/certification/{FISCAL_YEAR}/{self.code}/{sheet.number}/{action}/"
        return self._asked(sheet, action, f"r{self.code}" if action == "amend" else self.certifier, path)

    def _asked(self, sheet: SheetWork, action: str, username: str, path: str) -> Sent | None:
        """The act as its page offers it: with the sheet's lock counter."""
        page = self._page(username, path)
        found = re.search(r'name="lock"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="lock"', page.text)
        if page.status != 200 or found is None:
            self.faults.append(f"{path}: หน้าที่ถามไม่มีเลขล็อก ({page.status})")
            return None
        body = {"lock": found.group(1) or found.group(2), "note": "ทดสอบการหยุดกะทันหัน", **_token(page)}
        return self._sent(str(uuid.uuid4()), "step", sheet, action, username, path, body)

    def _signing(self, level: str) -> Sent | None:
        username = f"x{self.code}" if level == "UNIT" else self.certifier
        path = f"/certification/{FISCAL_YEAR}/{self.code}/" + ("" if level == "UNIT" else "province/")
        page = self._page(username, path)
        fields = dict(re.findall(r'<input type="hidden" name="(signature|seen)" value="([^"]*)"', page.text))
        if page.status != 200 or len(fields) != 2:
            self.faults.append(f"{path}: หน้าลงนามไม่มีเลขลงนาม ({page.status})")
            return None
        body = {name: html.unescape(value) for name, value in fields.items()} | {"declared": "on", **_token(page)}
        return self._sent(body["signature"], "sign", None, level, username, path, body)

    def _sent(
        self, id: str, kind: str, sheet: SheetWork | None, action: str, username: str, path: str, body: dict[str, Any]
    ) -> Sent:
        return Sent(id, kind, self.code, sheet.code if sheet else "", action, username, path, body)

    # --- sending -----------------------------------------------------------------------------------------------------

    def _browser(self, username: str) -> Browser:
        with self.lock:
            browser = self.browsers.get(username)
            if browser is None:
                browser = Browser(self.port, username, self.trouble)
                browser.sign_in(self.password)
                self.browsers[username] = browser
            return browser

    def _page(self, username: str, path: str) -> Reply:
        reply = self._browser(username).get(path)
        if reply.at_door:
            self.faults.append(f"{username}: การลงชื่อเข้าใช้ที่สำเร็จแล้วหายไป")
        return reply

    def _send(self, half: int, act: Sent) -> None:
        """Send an act, for the first time or again. Raises `Lost`; then it stays open."""
        browser = self._browser(act.username)
        if half not in self.open_acts:
            self.open_acts[half] = act
            self.ledger.send(act)
        if act.kind == "batch":
            self._batch_answered(act, browser.post_json(act.path, act.body))
        else:
            self._page_answered(act, browser.post(act.path, act.body))
        del self.open_acts[half]

    def _batch_answered(self, act: Sent, answer: Reply) -> None:
        if answer.status != 200:
            self.faults.append(f"{act.path}: ชุดที่ส่งไม่ถูกรับ {answer.status} {answer.text[:200]}")
            self.ledger.refuse(act, str(answer.status))
            return
        reply = {name: answer.json[name] for name in ("receipt", "saved", "refused")}
        if reply["refused"]:
            self.faults.append(f"{act.path}: {act.id} ไม่รับบางรายการ {reply['refused'][:2]}")
        self.ledger.acknowledge(act, reply)
        self._sheet(act).acknowledged(act.body["changes"], reply)

    def _page_answered(self, act: Sent, answer: Reply) -> None:
        if answer.at_door:
            self.faults.append(f"{act.username}: การลงชื่อเข้าใช้ที่สำเร็จแล้วหายไป")
        if answer.status == 302:
            self.ledger.acknowledge(act, {"status": answer.status})
            self._took(act)
            return
        if act.applied_before:
            self.faults.append(f"{act.path}: ทำไปแล้ว แต่ส่งซ้ำได้คำตอบ {answer.status}")
        if answer.status == 409 and act.action == "submit":
            sheet = self._sheet(act)  # another half's scribbling stands against it: later
            sheet.refusals += 1
            if sheet.refusals > MOST_REFUSALS:
                self.faults.append(f"{act.path}: ส่งไม่ผ่าน {MOST_REFUSALS} ครั้ง")
        else:
            self.faults.append(f"{act.path}: ไม่รับ {act.action} ({answer.status})")
        self.ledger.refuse(act, str(answer.status))

    def _took(self, act: Sent) -> None:
        if act.kind == "sign":
            before, after = {"UNIT": ("VERIFIED", "CERTIFIED_LAO")}.get(
                act.action, ("CERTIFIED_LAO", "CERTIFIED_PROVINCE")
            )
            for sheet in self.sheets:
                if sheet.status == before:
                    sheet.status = after
            return
        sheet = self._sheet(act)
        sheet.status, sheet.refusals = _AFTER[act.action], 0
        if sheet.status == "RECORDING":
            sheet.scratch = 1

    def _sheet(self, act: Sent) -> SheetWork:
        return next(sheet for sheet in self.sheets if sheet.code == act.section)


def _token(page: Reply) -> dict[str, str]:
    """The hidden token of a page's form, by which the server knows a second press of the same form."""
    return {"csrfmiddlewaretoken": re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page.text)[-1]}
