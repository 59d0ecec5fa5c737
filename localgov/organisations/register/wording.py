"""The report of an import in Thai, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from localgov.lib.thai_calendar import format_date_short
from localgov.organisations.register.checking import Remark, column_name
from localgov.organisations.register.planning import ChangeKind
from localgov.organisations.register.report import ImportReport


def report_lines(report: ImportReport) -> Iterator[str]:
    """The whole report, refused and doubtful fields last and in full: nothing is dropped silently."""
    state = "นำเข้าแล้ว" if report.applied else "ยังไม่เปลี่ยนทะเบียน"
    yield f"{state} · มีผล {format_date_short(report.effective)}"
    yield (
        f"อปท. ในไฟล์ {report.read:,} แถว: ใหม่ {len(report.created):,} · เปลี่ยน {len(report.changed):,} · "
        f"คงเดิม {report.unchanged:,} · ยุบเลิก {len(report.abolished):,}"
    )
    yield f"สำนักงาน: ใหม่ {report.offices.created:,} · เปลี่ยน {report.offices.changed:,} · คงเดิม {report.offices.unchanged:,}"
    if report.demo_removed:
        yield f"ข้อมูลสาธิตที่{'ลบแล้ว' if report.applied else 'จะถูกลบ'}: อปท. {report.demo_removed:,} แห่ง พร้อมบัญชีและข้อมูลทั้งหมด"
    yield from _changes(report)
    yield from _units_gone(report)
    for column, count in report.blank_marks.items():
        yield f"ถือว่าว่าง: {column_name(column)} {count:,} แถว (เครื่องหมาย - หรือ 0)"
    if report.ignored_columns:
        yield f"คอลัมน์ที่ไม่อ่าน: {', '.join(report.ignored_columns)}"
    if not report.boundaries_known:
        yield "ยังไม่ได้ตรวจพิกัดกับเขตจังหวัด: สั่ง make setup ให้สร้างแผนที่จังหวัด แล้วนำเข้าใหม่"
    yield from _remarks("ใช้ไม่ได้", report.refused)
    yield from _remarks("ควรตรวจ", report.doubtful)


def _changes(report: ImportReport) -> Iterator[str]:
    if not report.first:
        for record in report.created:
            yield f"  + {record.code} {record.full_name}"
    for change in report.changed:
        kinds = ", ".join(kind.label for kind in change.kinds())
        before = change.held.record.full_name
        renamed = f"{before} → " if before != change.record.full_name else ""
        details = "" if change.kinds() != (ChangeKind.DETAILS,) else f" ({', '.join(change.differences())})"
        yield f"  ~ {change.record.code} {renamed}{change.record.full_name}: {kinds}{details}"


def _units_gone(report: ImportReport) -> Iterator[str]:
    for held in report.abolished:
        into = report.merged.get(held.record.code)
        yield f"  - {held.record.code} {held.record.full_name}: {f'รวมเข้ากับ {into}' if into else 'ยุบเลิก'}"
    for held in report.left_out:
        yield f"  ? {held.record.code} {held.record.full_name}: ไม่มีในไฟล์ (คงไว้ เพราะไม่ได้สั่ง --complete)"
    if report.accept and not report.applied:
        yield f"ยืนยันการยุบเลิกด้วย --complete --accept {report.accept}"


def _remarks(title: str, remarks: Sequence[Remark]) -> Iterator[str]:
    if remarks:
        yield f"{title} {len(remarks):,} ช่อง:"
    for one in remarks:
        yield f"  แถวที่ {one.row} รหัส {one.code or '(ไม่มี)'} {one.column_name} {one.value!r}: {one.reason}"
