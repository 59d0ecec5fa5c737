"""`manage.py write_words`: find what public pages say, keep its English, tell what has none."""

from typing import Any

from django.core.management.base import BaseCommand

from localgov.ui import translating


class Command(BaseCommand):
    """For developers: no database."""

    help = "รวบรวมข้อความของหน้าสาธารณะลงใน locale/en/LC_MESSAGES/django.po และบอกข้อความที่ยังไม่มีภาษาอังกฤษ"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, compile, list."""
        missing = translating.untranslated(translating.words_write())
        translating.words_compile()
        for text in missing:
            self.stdout.write(text)
        self.stderr.write(f"ข้อความที่ยังไม่มีภาษาอังกฤษ {len(missing)} ข้อความ")
