"""`manage.py create_operator USERNAME`: the first account of an installation, with a one-time code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.accounts import services
from localgov.lib import thai_calendar
from localgov.lib.refusals import Refusal


class Command(BaseCommand):
    """Makes an operator of the Department, or gives an existing one a new code. Prints the code once."""

    help = "สร้างบัญชีผู้ปฏิบัติการระบบของกรม หรือออกรหัสใช้ครั้งเดียวใหม่ให้บัญชีเดิม"

    def add_arguments(self, parser: CommandParser) -> None:
        """The username and the name that pages show."""
        parser.add_argument("username", help="อักษรอังกฤษ ตัวเลข หรือ . _ -")
        parser.add_argument("--name", default="ผู้ปฏิบัติการระบบ", help="ชื่อที่แสดงบนหน้าจอ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print username, code and expiry."""
        try:
            issued = services.operator_make(
                actor=system_actor("manage.py create_operator"),
                at=timezone.now(),
                username=options["username"],
                display_name=options["name"],
            )
        except (Denied, Refusal) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"ชื่อผู้ใช้        {issued.user.username}")
        self.stdout.write(f"รหัสใช้ครั้งเดียว  {issued.code}")
        self.stdout.write(f"ใช้ได้ถึง         {thai_calendar.format_datetime(issued.expires_at)}")
        self.stdout.write("เข้าสู่ระบบด้วยรหัสนี้ครั้งเดียว แล้วตั้งรหัสผ่านของท่านเอง รหัสนี้จะไม่แสดงอีก")
