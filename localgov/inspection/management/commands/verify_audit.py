"""`manage.py verify_audit`: recomputes every chain and compares answers and published heads with the rows."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from localgov.inspection.models import DailyHead
from localgov.inspection.selectors.verifying import Fault, Verified, verify
from localgov.lib.thai_calendar import bangkok_day_start, parse_date
from localgov.organisations.models import OrganisationVersion


class Command(BaseCommand):
    """Prints what was looked at and the first broken link of each filing. Exit 0 all right, 1 something is wrong, 2 misuse."""

    help = "ตรวจสายบันทึกทั้งหมดใหม่จากข้อมูลจริง เทียบกับคำตอบ ใบรับรอง และยอดสรุปประจำวันที่ประกาศแล้ว"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How much of the record, and what it is held against."""
        parser.add_argument("--province", metavar="NN", default="", help="เฉพาะ อปท. ของจังหวัด (ไม่ตรวจยอดสรุปประจำวัน)")
        parser.add_argument(
            "--since", metavar="DATE", help="เฉพาะชุดข้อมูลที่เคลื่อนไหวตั้งแต่วันที่ เช่น 2027-06-15 หรือ 15 มิ.ย. 2570"
        )
        parser.add_argument("--head", metavar="HASH", help="ค่าแฮชของยอดสรุปที่ท่านเก็บสำเนาไว้: ต้องยังมีอยู่ในระบบ")
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Verify, print, and say by the exit code whether all is right."""
        province, head = options["province"], (options["head"] or "").strip().lower()
        if province and not OrganisationVersion.objects.units().filter(province_code=province).exists():
            raise CommandError(f"ไม่พบจังหวัดรหัส {province} ในทะเบียน ใช้รหัส 2 หลัก เช่น 25")
        verified = verify(province=province, since=_day(options["since"]))
        if head and not DailyHead.objects.filter(hash=head).exists():
            verified.faults.append(Fault("head", f"ไม่มียอดสรุปประจำวันที่มีค่าแฮช {head} ในระบบ: ถูกลบหรือแก้หลังประกาศ"))
        self.stdout.write(_as_json(verified) if options["json"] else _in_words(verified))
        if verified.faults:
            raise CommandError(f"พบสิ่งที่ไม่ตรงกับที่บันทึกไว้ {len(verified.faults):,} รายการ")


def _day(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return bangkok_day_start(parse_date(text))
    except ValueError as error:
        raise CommandError(str(error)) from None


def _as_json(verified: Verified) -> str:
    return json.dumps({"ok": not verified.faults} | asdict(verified), ensure_ascii=False, indent=1)


def _in_words(verified: Verified) -> str:
    lines = [
        f"ตรวจแล้ว: ชุดข้อมูล {verified.filings:,} ชุด ใบรับ {verified.changes:,} ใบ ขั้นตอนและใบรับรอง {verified.acts:,} รายการ "
        f"ด้าน {verified.sheets:,} ฉบับ ยอดสรุปประจำวัน {verified.heads:,} วัน"
    ]
    for fault in verified.faults:
        where = f"{fault.unit} ({fault.code}) ปีงบประมาณ {fault.fiscal_year}: " if fault.filing_id else ""
        lines.append(f"✕ {where}{fault.text}")
    for table, role, count in verified.past_the_program:
        lines.append(f"หมายเหตุ: ตาราง {table} มี {count:,} แถวที่เขียนโดยไม่มีการกระทำของโปรแกรมกำกับ (บทบาทฐานข้อมูล {role})")
    if not verified.faults:
        lines.append("ทุกสายครบถ้วนและตรงกับข้อมูลที่เก็บอยู่")
    return "\n".join(lines)
