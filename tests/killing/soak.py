"""`make soak`: a season of work on the real server, which is killed again and again; then what was acknowledged is looked for.

    python -m tests.killing.soak --kills 1000 --seed 1 --folder var/soak --report var/soak.json

The same folder again goes on where a broken-off soak stopped; a finished one begins anew. Exit 0 nothing was lost, 1 something
was (each fault named), 2 misuse.
"""

from __future__ import annotations

import argparse
import http
import json
import os
import shutil
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from config import embedded_postgres
from tests.installation import Stage, installation_copy
from tests.killing.ledger import Ledger
from tests.killing.machine import REPOSITORY, WAYS, Machine
from tests.killing.sheet_work import SheetWork

if TYPE_CHECKING:
    from tests.killing.unit_work import UnitWork

#: How often a unit is certified in full before another takes its place.
SEASONS = 4
#: Seconds between the last act that was waited for and the kill, at most.
SECONDS = 0.4
PATIENCE = 20.0
MOST_FAULTS = 20


@dataclass
class Tally:
    """What the soak has seen, over all its runs."""

    seed: int
    kills: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    restarts: list[float] = field(default_factory=list)
    open_applied: int = 0
    open_absent: int = 0
    trouble: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0

    @classmethod
    def kept(cls, path: Path, seed: int) -> Tally:
        """The tally of the run that was broken off; a new one without."""
        if not path.exists():
            return cls(seed)
        told = json.loads(path.read_text(encoding="utf-8"))
        told["ways"] = Counter(told["ways"])
        told["trouble"] = {int(status): count for status, count in told["trouble"].items()}
        return cls(**told)

    def keep(self, path: Path) -> None:
        """Write it, whole or not at all."""
        new = path.with_suffix(".new")
        new.write_text(json.dumps(self.__dict__, ensure_ascii=False), encoding="utf-8")
        new.replace(path)


@dataclass
class Soak:
    """One soak in its folder."""

    folder: Path
    seed: int
    machine: Machine
    ledger: Ledger
    tally: Tally
    units: list[dict[str, Any]]
    at_work: int
    acts: int
    in_turn: bool
    active: list[UnitWork] = field(default_factory=list)

    def run(self, kills: int) -> None:
        """Work and kill until so many kills were made, or too much is wrong to go on."""
        from tests.killing.truth import look

        rng = Random(f"{self.seed}:{self.tally.kills}")
        self.machine.start()
        while self.tally.kills < kills and len(self.tally.faults) < MOST_FAULTS:
            began = time.monotonic()
            self._fill_up()
            way = self._way(rng)
            self._work_and_kill(way, rng)
            self.tally.kills += 1
            self.tally.ways[way] += 1
            self.tally.restarts.append(round(self.machine.start(), 3))
            codes = {unit.code for unit in self.active}
            self.tally.faults += look([act for act in self._acts() if act.unit in codes], units=codes)
            self._judge_trouble()
            for unit in self.active:
                for act in unit.open_acts.values():
                    self.tally.open_applied += bool(act.applied_before)
                    self.tally.open_absent += not act.applied_before
            self.tally.seconds = round(self.tally.seconds + time.monotonic() - began, 1)
            self.tally.keep(self.folder / "tally.json")
            self._say(kills)

    def _way(self, rng: Random) -> str:
        if self.in_turn:
            return list(WAYS)[self.tally.kills % len(WAYS)]
        return rng.choices(list(WAYS), weights=[weight for _, weight in WAYS.values()])[0]

    def settle(self) -> None:
        """Let everything open be sent again, then look at everything that was ever acknowledged, and verify every chain."""
        from localgov.inspection.selectors.verifying import verify
        from tests.killing.truth import look

        for unit in self.active:
            for half, act in list(unit.open_acts.items()):
                unit._send(half, act)
        acts = self._acts()
        self.tally.faults += look(acts, units={act.unit for act in acts})
        self.tally.faults += [str(fault) for fault in verify().faults]
        self.tally.keep(self.folder / "tally.json")

    def _judge_trouble(self) -> None:
        """While the database is away the server says 503; anything else is an error of the program."""
        for status in [status for status in self.tally.trouble if status != http.HTTPStatus.SERVICE_UNAVAILABLE]:
            self.tally.faults.append(f"ตอบรหัส {status} {self.tally.trouble.pop(status)} ครั้ง แทนที่จะเป็น 503")

    def _acts(self) -> list[Any]:
        return list(self.ledger.acts.values())

    def _fill_up(self) -> None:
        from localgov.accounts.services import DEMO_PASSWORD
        from tests.killing.unit_work import UnitWork

        self.active = [unit for unit in self.active if not unit.is_done]
        begun = {act.unit for act in self._acts()} | {unit.code for unit in self.active}
        for unit in self.units:
            if len(self.active) == self.at_work:
                return
            if unit["code"] not in begun:
                sheets = [SheetWork(unit=unit["code"], **sheet) for sheet in unit["sheets"]]
                new = UnitWork(
                    code=unit["code"], certifier="certifier", sheets=sheets, seasons=SEASONS, port=self.machine.port,
                    password=DEMO_PASSWORD, ledger=self.ledger, trouble=self.tally.trouble, faults=self.tally.faults,
                )  # fmt: skip
                new.sign_in()
                self.active.append(new)
        if not self.active:
            raise SystemExit("อปท. ของจังหวัดสาธิตหมดแล้ว: ลบโฟลเดอร์แล้วเริ่มใหม่")

    def _work_and_kill(self, way: str, rng: Random) -> None:
        stop = threading.Event()
        threads = [
            threading.Thread(target=unit.work, args=(half, Random(rng.getrandbits(64)), stop))
            for unit in self.active
            for half in (0, 1)
        ]
        for thread in threads:
            thread.start()
        wanted, deadline = self.ledger.acknowledged + rng.randint(1, self.acts), time.monotonic() + PATIENCE
        while (
            self.ledger.acknowledged < wanted
            and time.monotonic() < deadline
            and any(map(threading.Thread.is_alive, threads))
        ):
            time.sleep(0.005)
        time.sleep(rng.uniform(0, SECONDS))  # the random moment is what is tested
        kill, _ = WAYS[way]
        kill(self.machine, rng)
        stop.set()
        for thread in threads:
            thread.join()

    def _say(self, kills: int) -> None:
        if self.tally.kills % 10 == 0 or self.tally.kills == kills:
            done = sum(1 for act in self._acts() if act.reply is not None)
            sys.stderr.write(
                f"· ฆ่าแล้ว {self.tally.kills:,}/{kills:,} ครั้ง ยืนยันแล้ว {done:,} รายการ พบข้อผิดพลาด {len(self.tally.faults):,}\n"
            )


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description="ทดสอบการหยุดกะทันหัน: ไม่มีสิ่งที่ยืนยันแล้วหาย และไม่มีสิ่งที่บันทึกไปครึ่งเดียว")
    parser.add_argument("--kills", type=int, default=1000, metavar="N", help="จำนวนครั้งที่ฆ่า")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="เลขตั้งต้น เลขเดิมฆ่าในลำดับเดิม")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "var" / "soak", help="ที่เก็บฐานข้อมูลของการทดสอบ")
    parser.add_argument("--report", type=Path, default=REPOSITORY / "var" / "soak.json", help="แฟ้มผล")
    parser.add_argument("--units", type=int, default=3, metavar="N", help="จำนวน อปท. ที่ทำงานพร้อมกัน แห่งละสองคน")
    parser.add_argument("--acts", type=int, default=25, metavar="N", help="จำนวนรายการที่สำเร็จก่อนฆ่าแต่ละครั้ง อย่างมาก")
    parser.add_argument("--in-turn", action="store_true", help="ฆ่าทีละแบบตามลำดับแทนการสุ่ม")
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    with prepared(folder) as (machine, units):
        soak = Soak(
            folder=folder, seed=arguments.seed, machine=machine, ledger=Ledger(folder / "ledger.jsonl"),
            tally=Tally.kept(folder / "tally.json", arguments.seed), units=units,
            at_work=arguments.units, acts=arguments.acts, in_turn=arguments.in_turn,
        )  # fmt: skip
        soak.run(arguments.kills)
        soak.settle()
        result = report(soak)
    arguments.report.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(in_words(result))
    if not result["faults"]:
        shutil.rmtree(folder)  # what went wrong is kept for looking at; what went well is told in the report
    return 1 if result["faults"] else 0


@contextmanager
def prepared(folder: Path) -> Iterator[tuple[Machine, list[dict[str, Any]]]]:
    """The machine of a folder and its units, the database made and Django ready to look at it; stopped at the end."""
    machine, units = made(folder)
    os.environ["LOCALGOV_DATABASE_ROLE"] = "owner"
    import django

    django.setup()
    try:
        yield machine, units
    finally:
        from django.db import connection

        connection.close()
        machine.stop()


def made(folder: Path) -> tuple[Machine, list[dict[str, Any]]]:
    """The machine of a folder, its database running and filled, and its units."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"LOCALGOV_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        machine = Machine(folder, probe.getsockname()[1])
    if not (folder / "units.json").exists():
        installation_copy(folder, Stage.CREWS)
    embedded_postgres.ensure_running(machine.cluster)
    units: list[dict[str, Any]] = json.loads((folder / "units.json").read_text(encoding="utf-8"))
    return machine, units


def report(soak: Soak) -> dict[str, Any]:
    """The result as the report's JSON."""
    tally, acts = soak.tally, list(soak.ledger.acts.values())
    acknowledged = Counter(act.kind for act in acts if act.reply is not None)
    restarts = sorted(tally.restarts) or [0.0]
    return {
        "kills": tally.kills,
        "seed": tally.seed,
        "ways": dict(sorted(tally.ways.items())),
        "units": len({act.unit for act in acts}),
        "sent": len(acts),
        "acknowledged": {kind: acknowledged[kind] for kind in ("batch", "step", "sign")},
        "refused": sum(1 for act in acts if act.refused),
        "unanswered": {"applied": tally.open_applied, "absent": tally.open_absent},
        "trouble": {str(status): count for status, count in sorted(tally.trouble.items())},
        "restart_s": {"median": statistics.median(restarts), "most": restarts[-1]},
        "seconds": tally.seconds,
        "faults": tally.faults,
    }


def in_words(result: dict[str, Any]) -> str:
    """The result for a person."""
    done, unknown = result["acknowledged"], result["unanswered"]
    lines = [
        f"ฆ่า {result['kills']:,} ครั้ง ({', '.join(f'{way} {count}' for way, count in result['ways'].items())})",
        f"ที่ระบบยืนยัน: ชุดคำตอบ {done['batch']:,} ขั้นตอน {done['step']:,} การลงนาม {done['sign']:,} ของ อปท. {result['units']:,} แห่ง",
        f"ที่ไม่มีคำตอบกลับ: มีผลครบ {unknown['applied']:,} ไม่มีผลเลย {unknown['absent']:,}",
        f"กลับมาใช้ได้ใน {result['restart_s']['median']:.1f} วินาที (กลาง) มากสุด {result['restart_s']['most']:.1f} วินาที",
        "ไม่มีสิ่งใดหาย ไม่มีสิ่งใดครึ่งเดียว ไม่มีสิ่งใดซ้ำ" if not result["faults"] else "พบข้อผิดพลาด:",
        *result["faults"],
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
