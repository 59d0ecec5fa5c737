"""`manage.py verify_certificates`: every certificate's hash and content computed and compared anew."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from localgov.certification.selectors.verifying import Problem, certificates_checked


class Command(BaseCommand):
    """Prints each certificate that does not agree. Exit 0 all agree, 1 some do not, 2 misuse."""

    help = "ตรวจใบรับรองทุกใบ: คำนวณ SHA-256 ใหม่ เทียบกับคำตอบที่เก็บไว้ ขั้นตอน และใบรับรองอีกระดับ"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which certificates."""
        parser.add_argument("--province", default="", metavar="NN", help="รหัสจังหวัด 2 หลัก เช่น 25")
        parser.add_argument("--fiscal-year", type=int, metavar="YEAR", help="ปีงบประมาณ พ.ศ. เช่น 2570")
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Check, tell what is wrong as it is found, count."""
        began, sheets, certificates = monotonic(), 0, 0
        problems: list[Problem] = []
        for chunk in certificates_checked(province_code=options["province"], fiscal_year=options["fiscal_year"]):
            sheets, certificates = sheets + chunk.sheets, certificates + chunk.certificates
            problems += chunk.problems
            if not options["json"]:
                for problem in chunk.problems:
                    self.stdout.write(_line(problem))
        seconds = round(monotonic() - began, 1)
        if options["json"]:
            found: dict[str, Any] = {"certificates": certificates, "sheets": sheets, "seconds": seconds}
            found |= {"problems": [asdict(problem) for problem in problems]}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        elif problems:
            self.stdout.write(
                f"ไม่ตรง {len(problems):,} รายการ จากใบรับรอง {certificates:,} ใบ โปรดแจ้งผู้ดูแลฐานข้อมูลและกรมทันที"
            )
        else:
            self.stdout.write(f"ตรงทุกใบ: ใบรับรอง {certificates:,} ใบ ของ {sheets:,} ด้าน ({seconds} วินาที)")
        if problems:
            sys.exit(1)


def _line(problem: Problem) -> str:
    place = f"อปท. {problem.unit} ปี {problem.fiscal_year} {problem.section}"
    return f"{problem.certificate or 'ไม่มีใบรับรอง'} {place}: {problem.words}"
