"""`make bench` and `make bench-country`: measure every name of the issue, print the table, write `bench.json`."""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bench import country, report
from bench.goals import Result, as_json
from bench.page_table import FIRST_VIEWS, PAGES, PUBLIC_PAGES
from bench.server import serving
from bench.stage import Stage
from config import database

_EVERY_UNIT = 10_000
#: Seconds after which there is no time left to make ten years of figures within a quarter of an hour.
_LATE = 9 * 60


def main() -> int:
    """0 = measured, 1 = something could not be; the table stands on standard output, progress on standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--country", action="store_true", help="the whole country and ten years, made anew")
    parser.add_argument("--seconds", type=float, default=15, help="how long each load lasts")
    parser.add_argument(
        "--units", type=int, default=_EVERY_UNIT, help="how many units the country has: fewer to try out"
    )
    parser.add_argument("--users", type=int, default=400, help="how many users come at once")
    parser.add_argument(
        "--keep", action="store_true", help="use the country of an earlier run although the program changed"
    )
    parser.add_argument("--only", default="", help="names or parts of names, by commas")
    arguments = parser.parse_args()
    var = database.var_folder()
    stage = Stage(var / "bench")
    stage.open()
    run = Run(stage, arguments)
    try:
        run.measure()
    finally:
        stage.close()
    lines = report.keep(var / "bench.json", as_json(run.results))
    sys.stdout.write(report.table(lines) + "\n")
    return 1 if run.broken else 0


class Run:
    """One run: the prepared databases, then the measures, each told on standard error."""

    def __init__(self, stage: Stage, arguments: argparse.Namespace) -> None:
        self.stage = stage
        self.arguments = arguments
        self.results: list[Result] = []
        self.broken: list[str] = []
        self.started = time.monotonic()

    def measure(self) -> None:
        """Everything that was asked for, into `results`; what broke is told, named in `broken`, and the rest goes on."""
        facts = self._country()
        self.stage.create("bench", template="bench_country")
        os.environ.update(self.stage.environment("bench"))
        import django

        django.setup()
        self._served(datetime.fromisoformat(facts["prepared_at"]))
        self._public()
        self._growth()
        self.stage.drop("bench")

    def _served(self, as_of: datetime) -> None:
        from bench.measures import boards, browser, pages, saves, users

        stage, seconds = self.stage, self.arguments.seconds
        times = max(2, min(pages.MOST_TIMES, round(seconds)))
        entry = pages.full_entry()
        self._say("กรอกแบบให้ครบหนึ่งแห่ง")
        pages.fill(entry)
        self._take("ยอดรวม คะแนน เวลาที่ผ่านมา", lambda: boards.measure(stage, as_of=as_of), "national", "as_of", "score")
        with serving(environment=stage.environment("bench"), log=stage.folder / "server.log") as port:
            self._take("กระดานสถานะ", lambda: pages.status(stage, port=port, times=times), "status_ms")
            self._take(
                "รายการและหน้าแรก", lambda: pages.listed(stage, port=port, times=times), *(page.name for page in PAGES)
            )
            self._take("ค้นทะเบียน", lambda: pages.register_search(stage, port=port, seconds=seconds), "register")
            self._take("หน้าบันทึก", lambda: pages.form_page(stage, port=port, entry=entry), "form_page_server")
            self._take(
                "เบราว์เซอร์", lambda: browser.measure(stage, port=port, entry=entry), "usable", "script", "round_trip"
            )
            units = min(self.arguments.units, int(seconds * 300) + 64)
            self._take(
                "บันทึกทั้งด้าน", lambda: saves.measure(stage, port=port, seconds=seconds, units=units), "save_domain"
            )
            self._take(
                "ผู้ใช้พร้อมกัน",
                lambda: users.measure(stage, port=port, seconds=seconds, users=self.arguments.users),
                "users400",
            )

    def _public(self) -> None:
        """What everyone reads, by a server that keeps nothing and by one that keeps what it made."""
        from bench.measures import public

        stage = self.stage
        names = [page.name for page in PUBLIC_PAGES]
        self._take(
            "หน้าสาธารณะ", lambda: public.measure(stage, seconds=self.arguments.seconds, wants=self._wants), *names,
            public.KEPT,
        )  # fmt: skip
        self._take("หน้าสาธารณะครั้งแรก", lambda: public.first_views(stage), *(page.name for page in FIRST_VIEWS))

    def _growth(self) -> None:
        """Ten years, unless that would make the run longer than it may be: then it is said how to get them."""
        from bench.measures import growth

        anew = self.arguments.country
        if not anew and growth.kept(self.stage) is None and time.monotonic() - self.started > _LATE:
            self._say("ไม่วัด growth_ratio เพราะการสร้างข้อมูลสิบปีจะเกินเวลา: สั่ง make bench-country")
            return
        self._take("สิบปี", lambda: growth.measure(self.stage, anew=anew), "growth_ratio")

    def _country(self) -> dict[str, Any]:
        """The prepared country: that of an earlier run where the program is the same, else made now and measured."""
        units = self.arguments.units
        facts = None if self.arguments.country else self.stage.remembered("bench_country", any_age=self.arguments.keep)
        if facts is None or facts["wanted"] != units:
            self._say("เตรียมทะเบียนสาธิตและบัญชี")
            facts = country.prepare(self.stage, wanted=units, say=self._say)
        note = f"{facts['units']:,} แห่ง {facts['answers']:,} ข้อ {country.PROCESSES} โพรเซส"
        if facts["whole"]:
            self.results.append(Result("country_s", facts["seconds"], facts["limit"], note))
        else:
            share = facts["units"] / facts["roster"]
            note += f" (ประมาณจากส่วนนี้: ใช้จริง {facts['seconds']:.1f} วินาที)"
            self.results.append(Result("country_s", facts["seconds"] / share, facts["limit"] / share, note))
        return facts

    def _take(self, words: str, measure: Callable[[], list[Result]], *names: str) -> None:
        if not any(self._wants(name) for name in names):
            return
        self._say(words)
        try:
            found = measure()
        except Exception:
            self.broken.append(words)
            self._say(f"วัดไม่ได้: {words}\n{traceback.format_exc()}")
            return
        asked = [one for one in found if self._wants(one.name)]  # what was measured along with it is not kept
        self.results += asked
        for one in asked:
            self._say(f"    {one.name} {one.value:,.2f}")

    def _wants(self, name: str) -> bool:
        only = [part for part in self.arguments.only.split(",") if part]
        return not only or any(part in name or name in part for part in only)

    def _say(self, sentence: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - self.started:5.0f} s] {sentence}\n")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
