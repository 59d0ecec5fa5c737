"""What is measured, and what it should be (issues “Trust and speed”, point 10, “Watching and chasing” and “The public face”)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from bench.page_table import FIRST_VIEWS, GOAL_FIRST_VIEW_KB, GOAL_KEPT, GOAL_MADE, GOAL_MS, PAGES, PUBLIC_PAGES

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Goal:
    """One name: its unit, the number to reach and in which direction it is better; `what` says it in Thai for the table."""

    name: str
    unit: str
    goal: float
    better: Better
    what: str


@dataclass(frozen=True)
class Result:
    """One measured name. `limit`: the machine's best in the same run, in the same unit; None where there is no such thing."""

    name: str
    value: float
    limit: float | None = None
    note: str = ""


GOALS: tuple[Goal, ...] = (
    Goal("save_domain_per_s", "domains/s", 150, "higher", "บันทึกทั้งด้าน (ราว 30 ข้อ) ต่อวินาที 16 เครื่องพร้อมกัน"),
    Goal("save_domain_p95_ms", "ms", 150, "lower", "บันทึกทั้งด้าน 95 ใน 100 ครั้งไม่เกิน"),
    Goal("users400_failed", "requests", 0, "lower", "ผู้ใช้ 400 คนพร้อมกัน คำขอที่ไม่สำเร็จ"),
    Goal("users400_p99_ms", "ms", 6000, "lower", "ผู้ใช้ 400 คนพร้อมกัน 99 ใน 100 ครั้งไม่เกิน"),
    Goal("country_s", "s", 60, "lower", "ทั้งประเทศ 7,849 แห่ง แห่งละ 283 ข้อ ผ่านบริการ"),
    Goal("national_total_ms", "ms", 20, "lower", "ยอดรวมทั้งประเทศของข้อใดก็ได้ หลังมีผู้เขียน"),
    Goal("status_ms", "ms", 50, "lower", "กระดานสถานะทั้งประเทศ ทุกเงื่อนไข (เงื่อนไขที่ช้าที่สุด)"),
    Goal("status_as_of_ms", "ms", 500, "lower", "กระดานสถานะ ณ เวลาที่ผ่านมา"),
    Goal("score_country_ms", "ms", 500, "lower", "คะแนนตัวชี้วัดที่ 7 ทั้งประเทศ"),
    Goal("form_page_server_ms", "ms", 100, "lower", "หน้าบันทึกด้านที่ใหญ่ที่สุด เวลาของเซิร์ฟเวอร์"),
    Goal("form_page_usable_ms", "ms", 300, "lower", "หน้าบันทึกด้านที่ใหญ่ที่สุด พร้อมให้พิมพ์ในเบราว์เซอร์"),
    Goal("form_page_script_kb", "kB", 100, "lower", "สคริปต์ของหน้าบันทึก (gzip)"),
    Goal("answer_round_trip_ms", "ms", 50, "lower", "จากออกจากช่องจนได้ใบรับ ในเบราว์เซอร์"),
    Goal("register_search_per_s", "pages/s", 150, "higher", "ค้นทะเบียน อปท. ต่อวินาที 16 เครื่องพร้อมกัน"),
    *(Goal(page.name, "ms", GOAL_MS, "lower", page.what) for page in PAGES),
    *(Goal(page.name, "pages/s", GOAL_MADE, "higher", f"{page.what} ทำใหม่ทุกครั้ง ต่อวินาที") for page in PUBLIC_PAGES),
    Goal("public_kept_per_s", "pages/s", GOAL_KEPT, "higher", "หน้าสาธารณะที่เก็บไว้แล้ว ต่อวินาที (หน้าที่ช้าที่สุด)"),
    *(Goal(one.name, "kB", GOAL_FIRST_VIEW_KB, "lower", f"{one.what} เปิดครั้งแรก ไม่นับรูป (gzip)") for one in FIRST_VIEWS),
    Goal("growth_ratio", "×", 1.1, "lower", "ตัวเลขสิบปี (22 ล้านแถว) เทียบกับหนึ่งปี"),
)
_BY_NAME = {goal.name: goal for goal in GOALS}


def is_met(goal: Goal, value: float) -> bool:
    """Whether a value reaches its goal."""
    return value >= goal.goal if goal.better == "higher" else value <= goal.goal


def as_json(results: Iterable[Result]) -> list[dict[str, Any]]:
    """The lines of `bench.json` in the order of the issue. `ratio` is value ÷ limit, whichever way is better."""
    found = {result.name: result for result in results}
    unknown = found.keys() - _BY_NAME.keys()
    if unknown:
        raise KeyError(f"not a name of the issue: {', '.join(sorted(unknown))}")
    return [_line(goal, found[goal.name]) for goal in GOALS if goal.name in found]


def _line(goal: Goal, result: Result) -> dict[str, Any]:
    limit = None if result.limit is None else round(result.limit, 3)
    return {
        "name": goal.name,
        "value": round(result.value, 3),
        "unit": goal.unit,
        "goal": goal.goal,
        "better": goal.better,
        "limit": limit,
        "ratio": round(result.value / result.limit, 3) if result.limit else None,
        "note": result.note,
    }
