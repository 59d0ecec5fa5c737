"""`manage.py check_answers`: judges a file of answers against a form, without storing anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.forms import selectors as forms
from localgov.forms.areas import AREAS
from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.findings import Finding
from localgov.forms.engine.model import Form, Severity
from localgov.lib.thai_calendar import bangkok_date
from localgov.rounds import selectors
from localgov.rounds.selectors import NotOnRoster

STANDARD_INPUT = "-"
_MISUSE = 2


class Command(BaseCommand):
    """Prints every finding of the answers, judged in full. Exit 0 with or without findings, 1 refused, 2 misuse."""

    help = "ตรวจคำตอบในไฟล์ JSON ตามแบบข้อมูลของปีงบประมาณนั้น โดยไม่บันทึก"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which form, year and unit, and the file of answers."""
        parser.add_argument("--form", required=True, metavar="CODE", help="รหัสแบบข้อมูล เช่น eight_domains")
        parser.add_argument("--fiscal-year", required=True, type=int, metavar="YEAR", help="ปีงบประมาณ พ.ศ. เช่น 2570")
        parser.add_argument("--organisation", required=True, metavar="CODE", help="รหัส อปท. 7 หลัก")
        parser.add_argument(
            "--answers", required=True, metavar="FILE", help="ไฟล์ JSON ของคำตอบ (รหัสคำถามกับค่า) หรือ - เพื่ออ่านจาก stdin"
        )
        parser.add_argument("--last-year", metavar="FILE", help="ไฟล์ JSON ของคำตอบปีก่อน หรือ - เพื่ออ่านจาก stdin")
        parser.add_argument("--json", action="store_true", help="พิมพ์รายการเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Read, judge, print."""
        if options["answers"] == options["last_year"] == STANDARD_INPUT:
            raise CommandError("อ่าน stdin ได้ครั้งเดียว: ให้ --answers หรือ --last-year เป็นชื่อไฟล์", returncode=_MISUSE)
        answers = read_answers(options["answers"])
        last_year = read_answers(options["last_year"]) if options["last_year"] else None
        try:
            entry = selectors.entry_of(
                form_code=options["form"],
                fiscal_year=options["fiscal_year"],
                organisation_code=options["organisation"].strip(),
            )
        except NotOnRoster as unknown:
            raise CommandError(unknown.reason) from None
        form = forms.compiled(entry.round.form_version_id)
        found = check_answers(
            form,
            answers,
            unit=selectors.unit_context(entry),
            today=bangkok_date(timezone.now()),
            last_year=last_year,
            areas=AREAS,
        )
        if options["json"]:
            self.stdout.write(json.dumps([finding.as_json() for finding in found], ensure_ascii=False, indent=1))
        else:
            self.stdout.write(f"{entry.full_name} ปีงบประมาณ {entry.round.fiscal_year_be}\n{as_text(form, found)}")


def read_answers(name: str) -> dict[str, Any]:
    """The JSON object in a file. Raises CommandError with a Thai sentence that names the file and what is wrong."""
    shown = "stdin" if name == STANDARD_INPUT else name
    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise CommandError(f"เปิดไฟล์ {shown} ไม่ได้: {reason}") from None
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError as fault:
        raise CommandError(f"{shown} ไม่ใช่ UTF-8 (ไบต์ที่ {fault.start}) บันทึกไฟล์ใหม่เป็น UTF-8") from None
    except json.JSONDecodeError as fault:
        raise CommandError(f"{shown} ไม่ใช่ JSON: บรรทัด {fault.lineno} ตัวอักษรที่ {fault.colno} อ่านไม่ได้") from None
    except _DoubleKey as fault:
        raise CommandError(f"{shown} มีรหัส “{fault}” ซ้ำในกลุ่มเดียวกัน เหลือไว้ค่าเดียว") from None
    except (ValueError, RecursionError):
        raise CommandError(f"{shown} ไม่ใช่ JSON ที่อ่านได้: ตัวเลขยาวหรือซ้อนกันลึกเกินไป") from None
    if not isinstance(document, dict):
        raise CommandError(f'{shown} ต้องเป็นกลุ่มของรหัสคำถามกับค่า ({{…}}) เช่น {{"population_male": 3100}}')
    return document


class _DoubleKey(Exception):
    """A key stands twice in one object: which of the two was meant is not known."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubleKey(next(key for key in keys if keys.count(key) > 1))
    return found


def as_text(form: Form, found: list[Finding]) -> str:
    """The findings for a person to read, one a line, errors and warnings counted at the end."""
    words: Mapping[Severity, str] = {Severity.ERROR: "ต้องแก้", Severity.WARNING: "ควรดู"}
    lines = []
    for finding in found:
        row = f" แถวที่ {finding.row}" if finding.row is not None else ""
        label = form.label_of(finding.question)
        lines.append(f"{words[finding.severity]} [{finding.code}] {label} ({finding.question}){row}: {finding.message}")
    counts = [sum(1 for finding in found if finding.severity is severity) for severity in words]
    lines.append(f"ต้องแก้ {counts[0]:,} ข้อ · ควรดู {counts[1]:,} ข้อ")
    return "\n".join(lines)
