"""`manage.py simulate_season`: plays a season of a demonstration, units stopped at every state."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations import areas
from localgov.rounds import selectors as rounds
from localgov.rounds.models import Round
from localgov.rounds.services.installation import EIGHT_DOMAINS
from localgov.web.demo import season as seasons
from localgov.web.demo.season_plan import STOPS, Season


class Command(BaseCommand):
    """Plays what is untouched; killed and called again, it goes on and comes out the same. Exit 0 done, 1 refused, 2 misuse."""

    help = "จำลองการบันทึก ตรวจสอบ และรับรองข้อมูลทั้งฤดูกาล ผ่านบริการเดียวกับหน้าจอ (ใช้ได้เฉพาะระบบสาธิต)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which round, seed and province."""
        parser.add_argument("--fiscal-year", type=int, required=True, metavar="YEAR", help="ปีงบประมาณ พ.ศ.")
        parser.add_argument("--seed", type=int, required=True, metavar="N", help="เลขตั้งต้น เลขเดิมได้ข้อมูลเดิม")
        parser.add_argument("--province", metavar="NN", help="รหัสจังหวัด 2 หลัก (เว้น = ทั้งประเทศ)")
        parser.add_argument("--units-each", type=int, metavar="N", help="จังหวัดละกี่แห่ง เลือกตามเลขตั้งต้น (เว้น = ทุกแห่ง)")
        parser.add_argument("--settled", action="store_true", help="ปีที่ผ่านไปแล้ว: ส่วนใหญ่รับรองแล้วทั้งสองระดับ")
        parser.add_argument(
            "--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="วันสุดท้ายของฤดูกาล (เว้น = เมื่อวาน)"
        )
        parser.add_argument("--processes", type=int, default=2, metavar="N", help="ทำพร้อมกันกี่จังหวัด (เว้น = 2)")
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Play and say how many units stand where."""
        begun = time.monotonic()
        round = rounds.round_of(form_code=EIGHT_DOMAINS, fiscal_year=options["fiscal_year"])
        if round is None:
            raise CommandError(f"ยังไม่เปิดรอบปีงบประมาณ {options['fiscal_year']}: สั่ง manage.py load_demo ก่อน")
        until = options["until"] or bangkok_date(timezone.now()) - timedelta(days=1)
        each = options["units_each"]
        if each is not None and each < 1:
            raise CommandError("--units-each ต้องเป็นจำนวนเต็มตั้งแต่ 1", returncode=2)
        season = seasons.season_of(round=round, seed=options["seed"], until=until, settled=options["settled"])
        played = seasons.Played()
        try:
            provinces = seasons.people_make(round=round, season=season, province_code=options["province"], each=each)
            if not provinces:
                raise CommandError(f"ไม่มี อปท. ของจังหวัดรหัส {options['province']} ในรอบนี้ ตรวจรหัสจังหวัด 2 หลัก")
            parts = played_provinces(round, season, provinces, each=each, processes=options["processes"])
            for number, (code, part) in enumerate(parts, start=1):
                played.add(part)
                name = areas.province_name(code)
                self.stderr.write(f"· {number}/{len(provinces)} {name}: รวม {sum(played.stops.values()):,} แห่ง")
        except Denied as refusal:
            raise CommandError(refusal.reason) from None
        seconds = float(f"{time.monotonic() - begun:.1f}")
        if options["json"]:
            self.stdout.write(json.dumps(summary(season, played, seconds), ensure_ascii=False))
            return
        told = " · ".join(f"{stop.words} {played.stops[stop.code]:,}" for stop in STOPS if played.stops[stop.code])
        self.stdout.write(
            f"จำลองฤดูกาลปีงบประมาณ {season.fiscal_year} แล้ว {sum(played.stops.values()):,} แห่ง ใน {seconds} วินาที"
            f" (มีข้อมูลอยู่ก่อน {played.before:,} แห่ง): {told or 'ไม่มีแห่งใดเหลือให้จำลอง'}"
        )


def played_provinces(
    round: Round, season: Season, provinces: Sequence[str], *, each: int | None, processes: int
) -> Iterator[tuple[str, seasons.Played]]:
    """Play each province, several at a time in processes of their own; each as it is done. The order changes nothing."""
    play = partial(seasons.province_play, round=round, season=season, each=each)
    if min(processes, len(provinces)) <= 1:
        yield from ((code, play(province_code=code)) for code in provinces)
        return
    connections.close_all()  # a connection is not shared between processes
    with ProcessPoolExecutor(
        max_workers=processes, mp_context=get_context("fork"), initializer=_end_with, initargs=(os.getpid(),)
    ) as pool:
        running = {pool.submit(play, province_code=code): code for code in provinces}
        for done in as_completed(running):
            yield running[done], done.result()


def _end_with(parent: int) -> None:
    """Let a worker end when the command is killed, in the middle of its wave: the next call plays that wave anew."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def summary(season: Season, played: seasons.Played, seconds: float) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "fiscal_year": season.fiscal_year,
        "seed": season.seed,
        "from": season.first.isoformat(),
        "until": season.last.isoformat(),
        "units": {stop.code: played.stops[stop.code] for stop in STOPS},
        "before": played.before,
        "answers": played.answers,
        "steps": played.steps,
        "certificates": played.certificates,
        "seconds": seconds,
    }
