"""`manage.py demo_progress`: fills one province of a demonstration, units stopped at every state."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.accounts.services.demo import PROVINCE
from localgov.rounds import selectors as rounds
from localgov.web.demo.progress import fill_province
from localgov.web.demo.skipped import shown_unit_codes

_WORDS = {
    "idle": "ยังไม่เริ่ม",
    "partly": "บันทึกบางด้าน",
    "recorded": "บันทึกครบ",
    "submitted": "ส่งตรวจแล้ว",
    "verified": "ตรวจสอบแล้ว",
    "unit": "อปท. รับรองแล้ว",
    "both": "จังหวัดรับรองแล้ว",
}


class Command(BaseCommand):
    """Fills what is untouched; a second call does nothing more. Exit 0 done, 1 refused, 2 misuse."""

    help = "กรอกข้อมูลสาธิตของจังหวัดหนึ่งผ่านบริการเดียวกับหน้าจอ (ใช้ได้เฉพาะระบบสาธิต)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which round, province and seed."""
        parser.add_argument("--fiscal-year", type=int, default=2570, metavar="YEAR", help="ปีงบประมาณ พ.ศ.")
        parser.add_argument("--province", default=PROVINCE, metavar="NN", help="รหัสจังหวัด 2 หลัก")
        parser.add_argument("--limit", type=int, metavar="N", help="จำนวน อปท. ที่กรอก (เว้น = ทุกแห่งที่ยังไม่เริ่ม)")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="เลขตั้งต้น เลขเดิมได้ข้อมูลเดิม")

    def handle(self, **options: Any) -> None:
        """Fill and say how many units stand where."""
        round = rounds.round_of(form_code="eight_domains", fiscal_year=options["fiscal_year"])
        if round is None:
            raise CommandError(f"ยังไม่เปิดรอบปีงบประมาณ {options['fiscal_year']}")
        try:
            filled = fill_province(
                round=round,
                province_code=options["province"],
                seed=options["seed"],
                at=timezone.now(),
                skip=shown_unit_codes(),
                limit=options["limit"],
            )
        except Denied as refusal:
            raise CommandError(refusal.reason) from None
        total = sum(filled.stops.values())
        told = ", ".join(f"{words} {filled.stops[stop]}" for stop, words in _WORDS.items() if filled.stops[stop])
        self.stdout.write(f"กรอกข้อมูลสาธิต {total} แห่ง: {told}")
