"""`manage.py demo_accounts`: one account for each role of a demo installation, with its password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.accounts import services


class Command(BaseCommand):
    """Makes what is missing and prints the list. On a real installation it makes nothing and says how to begin."""

    help = "สร้างบัญชีสาธิต บทบาทละหนึ่งบัญชี และแสดงรายการ (เฉพาะระบบสาธิต)"

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0 for both: `make run` goes on. 1 where the demo register was not loaded."""
        try:
            accounts = services.demo_accounts_make(actor=system_actor("manage.py demo_accounts"), at=timezone.now())
        except services.RealInstallation as refusal:
            self.stdout.write(refusal.reason)
            self.stdout.write("เริ่มใช้ด้วยบัญชีผู้ปฏิบัติการระบบ: .venv/bin/python manage.py create_operator ชื่อผู้ใช้")
            self.stdout.write("แล้วออกบัญชีให้ สถจ. สถอ. และ อปท. ทั้งหมดที่เมนู “ออกบัญชีผู้ใช้”")
            return
        except Denied as refusal:
            raise CommandError(refusal.reason) from None
        self.stdout.write(f"บัญชีสาธิต (รหัสผ่านทุกบัญชี {services.DEMO_PASSWORD})")
        for account in accounts:
            self.stdout.write(f"  {account.username:<12}{account.role} · {account.office}")
