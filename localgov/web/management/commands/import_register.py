"""`manage.py import_register FILE`: the Department's register of อปท., as it comes.

First the file is checked whole, then compared with the register of the effective day, then written: all of it or
nothing. The rooms above the register follow in the same transaction: the first real register brings the eight-domain
form and its open years, rosters follow the units' new paths, units that are no more are excused from open rounds.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from localgov.access.actor import Actor, system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.forms.engine.problems import FormBroken
from localgov.lib.refusals import quoted
from localgov.lib.thai_calendar import NotADate, bangkok_day_start, parse_date
from localgov.organisations import services as organisations
from localgov.organisations.register.report import ImportReport
from localgov.organisations.register.source import NotARegisterFile
from localgov.organisations.register.wording import report_lines
from localgov.organisations.services import ImportOrder, ImportRefused
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry

STANDARD_INPUT = "-"
_REFUSED, _MISUSE = 1, 2


def day(text: str) -> date:
    """A day as `2026-10-01` or in Thai (`1 ต.ค. 2569`)."""
    try:
        return parse_date(text)
    except NotADate as refusal:
        raise ArgumentTypeError(refusal.message) from None


def merger(text: str) -> tuple[str, str]:
    """`OLD=NEW`, two codes of seven digits."""
    old, sign, new = text.partition("=")
    if not sign or not all(len(code) == 7 and code.isascii() and code.isdigit() for code in (old, new)):
        raise ArgumentTypeError(f"{quoted(text)} ต้องเป็น รหัสเดิม=รหัสใหม่ เช่น 6250101=5250102")
    return old, new


class Command(BaseCommand):
    """Exit 0 done (doubtful fields included), 1 refused (nothing changed), 2 misuse."""

    help = "นำเข้าทะเบียน อปท. จากไฟล์ CSV ของกรม (ทั้งไฟล์หรือไม่เลย) ไฟล์เดิมซ้ำไม่เปลี่ยนอะไร"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the day, and what an abolition or a merger needs."""
        parser.add_argument("file", metavar="FILE", help="ไฟล์ทะเบียน CSV หรือ - เพื่ออ่านจาก stdin")
        parser.add_argument(
            "--effective",
            type=day,
            metavar="DATE",
            help="วันแรกที่มีผล เช่น 2026-10-01 (ไม่กำหนด: วันนี้ ส่วนครั้งแรกเริ่มต้นปีงบประมาณก่อน)",
        )
        parser.add_argument("--dry-run", action="store_true", help="ดูผลก่อน ไม่เปลี่ยนทะเบียน")
        parser.add_argument(
            "--complete", action="store_true", help="ไฟล์มี อปท. ครบทุกแห่ง แห่งที่ไม่มีในไฟล์ถือว่ายุบเลิก (ต้องยืนยันด้วย --accept)"
        )
        parser.add_argument(
            "--accept", default="", metavar="CODE", help="รหัสยืนยันการยุบเลิก ตามที่ --complete --dry-run แสดง"
        )
        parser.add_argument(
            "--merged",
            type=merger,
            action="append",
            default=[],
            metavar="OLD=NEW",
            help="อปท. OLD รวมเข้ากับ NEW (ใส่ซ้ำได้หลายคู่)",
        )
        parser.add_argument("--json", action="store_true", help="พิมพ์รายงานเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Read the file, import it, print the report."""
        if options["accept"] and not options["complete"]:
            raise CommandError("--accept ใช้คู่กับ --complete เท่านั้น", returncode=_MISUSE)
        content, name = _read(options["file"])
        order = ImportOrder(
            effective=options["effective"],
            dry_run=options["dry_run"],
            complete=options["complete"],
            accept=options["accept"].strip(),
            merged=dict(options["merged"]),
        )
        try:
            report = import_all(content=content, name=name, order=order, at=timezone.now())
        except ImportRefused as refused:
            self._print(refused.report, as_json=options["json"])
            raise CommandError(refused.reason, returncode=_REFUSED) from None
        except NotARegisterFile as refused:
            raise CommandError(f"{name}: {refused.message}", returncode=_REFUSED) from None
        except Denied as denied:
            raise CommandError(denied.reason, returncode=_REFUSED) from None
        except FormBroken as broken:
            raise CommandError("\n".join([broken.message, *map(str, broken.problems)]), returncode=_REFUSED) from None
        self._print(report, as_json=options["json"])

    def _print(self, report: ImportReport, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(report_lines(report)))


@transaction.atomic
def import_all(*, content: bytes, name: str, order: ImportOrder, at: datetime) -> ImportReport:
    """The register, and what the rooms above make of it, in one transaction."""
    actor = system_actor("คำสั่ง import_register", RoleCode.OPERATOR, RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)
    report = organisations.register_import(actor=actor, at=at, content=content, file_name=name, order=order)
    if not report.applied:
        return report
    if report.first:
        rounds.forms_and_rounds_load(actor=actor, at=at)
    rounds.roster_follow_paths(actor=actor, at=at)
    _excuse(report, actor=actor, at=at)
    return report


def _excuse(report: ImportReport, *, actor: Actor, at: datetime) -> None:
    """Units that are no more leave the denominators of the rounds in which work could still be done."""
    codes = {held.organisation_id: held.record.code for held in report.abolished}
    entries = RosterEntry.objects.due().filter(
        organisation_id__in=codes, round__last_edit_at__gt=bangkok_day_start(report.effective)
    )
    for entry_id, organisation_id in entries.order_by("pk").values_list("pk", "organisation_id"):
        into = report.merged.get(codes[organisation_id])
        reason = f"รวมเข้ากับ อปท. รหัส {into} ตามทะเบียน" if into else "ยุบเลิกตามทะเบียน"
        rounds.roster_excuse(actor=actor, at=at, entry_id=entry_id, excused_from=report.effective, reason=reason)


def _read(path: str) -> tuple[bytes, str]:
    """The file's bytes and its name."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(), "stdin"
    try:
        return Path(path).read_bytes(), Path(path).name
    except OSError as error:
        raise CommandError(f"เปิดไฟล์ {path} ไม่ได้ ({error.strerror}): ตรวจชื่อและที่อยู่ของไฟล์", returncode=_MISUSE) from None
