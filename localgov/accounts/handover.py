"""The workbooks in which codes are handed down: one a province, several in a zip (MISSION R2.2).

Sheet 1 says in Thai what to do, sheet 2 is the list. The codes exist in clear in these files alone.
"""

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import IO, Any

import xlsxwriter

from localgov.access.roles import SEAT_NAMES
from localgov.accounts.services import HandedDown
from localgov.lib import thai_calendar

_SPOOL_BYTES = 8 * 1024 * 1024
_COLUMNS = (
    ("ลำดับ", 7),
    ("รหัสหน่วยงาน", 14),
    ("หน่วยงาน", 48),
    ("ระดับ", 26),
    ("ชื่อผู้ใช้", 16),
    ("รหัสใช้ครั้งเดียว", 26),
    ("ใช้ได้ถึง", 26),
)
_INSTRUCTIONS = (
    "1. แฟ้มนี้มีรหัสเข้าใช้ระบบ ส่งให้ผู้รับผิดชอบของแต่ละหน่วยงานเฉพาะบรรทัดของหน่วยงานนั้น ห้ามส่งทั้งแฟ้มหรือเผยแพร่",
    "2. ผู้รับเปิดระบบ INFO กดเข้าสู่ระบบ พิมพ์ชื่อผู้ใช้และรหัสใช้ครั้งเดียวตามแผ่นงาน “บัญชี” (พิมพ์ตัวเล็กหรือตัวใหญ่ก็ได้)",
    "3. ระบบจะให้ตั้งรหัสผ่านของตนเองทันที รหัสใช้ครั้งเดียวใช้ได้ครั้งเดียวและหมดอายุตามวันที่ในตาราง",
    "4. บัญชีของ อปท. เป็นบัญชีผู้ดูแลระบบ INFO: ใช้สร้างบัญชีบุคคลและกำหนดสิทธิผู้บันทึก ผู้ตรวจสอบข้อมูล ไม่ใช้บันทึกหรือรับรองข้อมูล",
    "5. ถ้ารหัสหาย หมดอายุ หรือถูกใช้ไปแล้ว ขอรหัสใหม่จาก สถจ. (หน่วยงานในจังหวัด) หรือกรม (สถจ.) รหัสเดิมจะใช้ไม่ได้อีก",
    "6. ระบบไม่เก็บรหัสเหล่านี้และแสดงซ้ำไม่ได้ เมื่อส่งครบแล้วให้ลบแฟ้มนี้",
)


def archive(
    accounts: Sequence[HandedDown], *, province_names: Mapping[str, str], at: datetime
) -> tempfile.SpooledTemporaryFile[bytes]:
    """A zip with the workbook of every province, in a temporary file set to its beginning."""
    file: tempfile.SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for code in dict.fromkeys(account.province_code for account in accounts):
            rows = [account for account in accounts if account.province_code == code]
            name = province_names.get(code, code)
            content = BytesIO()
            workbook(content, rows, province_name=name, at=at)
            package.writestr(f"INFO-บัญชีผู้ใช้-{code}-{name}.xlsx", content.getvalue())
    file.seek(0)
    return file


def workbook(file: IO[bytes], accounts: Sequence[HandedDown], *, province_name: str, at: datetime) -> None:
    """Write the workbook of one province into an open binary file."""
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    about = book.add_worksheet("คำชี้แจง")
    listing = book.add_worksheet("บัญชี")
    _write_instructions(book, about, province_name, len(accounts), at)
    _write_accounts(book, listing, accounts)
    book.close()


def _write_instructions(book: Any, sheet: Any, province_name: str, count: int, at: datetime) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, f"บัญชีผู้ใช้ระบบ INFO จังหวัด{province_name}", title)
    sheet.write_string(1, 0, f"จำนวน {count} บัญชี ออกเมื่อ {thai_calendar.format_datetime(at)}", wrap)
    for row, line in enumerate(_INSTRUCTIONS, start=3):
        sheet.write_string(row, 0, line, wrap)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_accounts(book: Any, sheet: Any, accounts: Sequence[HandedDown]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E3EEF0", "bottom": 1, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    mono = book.add_format({"valign": "top", "font_name": "Courier New", "bold": True})
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    for row, account in enumerate(accounts, start=1):
        sheet.write_number(row, 0, row, plain)
        sheet.write_string(row, 1, account.organisation_code, plain)
        sheet.write_string(row, 2, account.name, plain)
        sheet.write_string(row, 3, SEAT_NAMES[account.seat], plain)
        sheet.write_string(row, 4, account.username, mono)
        sheet.write_string(row, 5, account.code, mono)
        sheet.write_string(row, 6, thai_calendar.format_datetime(account.expires_at), plain)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
