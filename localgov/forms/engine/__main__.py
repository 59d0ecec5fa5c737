"""`python -m localgov.forms.engine FOLDER|WORKBOOK.xlsx`: prints every fault of a form, for its authors.

Exit 0 = the form is good, 1 = it has faults, 2 = misuse.
"""

from __future__ import annotations

import sys
from pathlib import Path

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.problems import FormBroken
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.reader_xlsx import read_workbook


def main(arguments: list[str]) -> int:
    """Read, build and report one form."""
    if len(arguments) != 1:
        sys.stderr.write("ใช้: python -m localgov.forms.engine โฟลเดอร์ของแบบ หรือไฟล์ .xlsx\n")
        return 2
    path = Path(arguments[0])
    if not path.exists():
        sys.stderr.write(f"ไม่พบ {path}\n")
        return 2
    try:
        source = read_workbook(path.read_bytes()) if path.is_file() else read_folder(path)
        form = build_form(source)
    except FormBroken as broken:
        for problem in broken.problems:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{broken.message}\n")
        return 1
    scalars = sum(1 for question in form.questions.values() if question.register is None)
    sys.stdout.write(
        f"{form.title}: {len(form.sheets)} ด้าน {scalars} คำถาม {len(form.registers)} ทะเบียน "
        f"{len(form.questions) - scalars} คอลัมน์ {len(form.rules)} กฎ SHA-256 {form.sha256[:12]} ไม่พบที่ต้องแก้\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
