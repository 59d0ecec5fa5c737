"""`manage.py import_register`: what it prints, how it exits, what the rooms above make of it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from localgov.organisations import boundaries
from localgov.organisations.models import Organisation
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry
from tests.organisations.register_files import FIRST, Row, register_file, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Writes rows to a file and gives its path."""

    def make(*rows: Row, name: str = "register.csv") -> str:
        path = tmp_path / name
        path.write_bytes(register_file(rows))
        return str(path)

    return make


def command(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("import_register", *arguments, stdout=out)
    return out.getvalue()


def test_prints_the_report_as_json_alone(write: Any) -> None:
    report = json.loads(command(write(*FIRST), "--json"))

    assert {"read", "created", "changed", "unchanged", "refused", "doubtful", "demo_removed"} <= set(report)
    assert (report["read"], report["created"], report["effective"]) == (6, 6, report["effective"])


def test_tells_people_in_thai(write: Any) -> None:
    printed = command(write(*FIRST[1:], row("6250201", "บ้านสมมติ", website="bansang001@bansang.go.th")))

    assert "นำเข้าแล้ว" in printed
    assert "อปท. ในไฟล์ 6 แถว: ใหม่ 6" in printed
    assert "แถวที่ 7 รหัส 6250201 เว็บไซต์ 'bansang001@bansang.go.th'" in printed


def test_understands_a_thai_day_and_shows_the_changes(write: Any) -> None:
    command(write(*FIRST))

    printed = command(write(row("6250201", "บ้านชื่อใหม่"), *FIRST[1:]), "--effective", "1 ต.ค. 2570", "--dry-run")

    assert "ยังไม่เปลี่ยนทะเบียน · มีผล 1 ต.ค. 2570" in printed
    assert "องค์การบริหารส่วนตำบลบ้านสมมติ → องค์การบริหารส่วนตำบลบ้านชื่อใหม่: เปลี่ยนชื่อ" in printed


def test_prints_the_list_and_exits_1_when_rows_are_refused(write: Any) -> None:
    out = StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("import_register", write(row("", "บ้านไร้รหัส"), *FIRST), "--json", stdout=out)

    assert refused.value.returncode == 1
    assert [one["row"] for one in json.loads(out.getvalue())["refused"]] == [2]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(("content", "words"), [(b"PK\x03\x04", "Excel"), (b"", "ว่างเปล่า"), (b"name\nx\n", "หัวตาราง")])
def test_exits_1_with_a_sentence_on_a_file_that_is_no_register(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=words) as refused:
        command(str(path), "--json")

    assert refused.value.returncode == 1


def test_exits_2_on_misuse(write: Any) -> None:
    with pytest.raises(CommandError, match="เปิดไฟล์") as missing:
        command("/no/such/file.csv")
    with pytest.raises(CommandError, match="--complete") as alone:
        command(write(*FIRST), "--accept", "abc")

    assert (missing.value.returncode, alone.value.returncode) == (2, 2)


@pytest.mark.parametrize("arguments", [["--effective", "31 ก.พ. 2570"], ["--merged", "6250201"]])
def test_refuses_options_that_cannot_be_read(write: Any, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        command(write(*FIRST), *arguments)


def test_rosters_follow_a_moved_unit_and_keep_its_old_name(write: Any) -> None:
    command(write(*FIRST))

    command(write(row("6250201", "บ้านชื่อใหม่", district="นาดี"), *FIRST[1:]))

    entries = RosterEntry.objects.filter(code="6250201")
    assert {(one.name, one.path) for one in entries} == {("บ้านสมมติ", "th.25.2503.6250201.")}


def test_excuses_a_merged_unit_from_open_rounds(write: Any) -> None:
    command(write(*FIRST))

    command(write(*FIRST[1:]), "--merged", "6250201=5250203")

    entries = RosterEntry.objects.filter(code="6250201")
    assert entries.count() == 2
    assert all(one.excused_from is not None and "5250203" in one.excused_reason for one in entries)


def test_leaves_nothing_behind_when_a_room_above_fails(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(rounds, "roster_follow_paths", fail)

    with pytest.raises(RuntimeError):
        command(write(*FIRST))

    assert not Organisation.objects.exists()


def test_says_when_points_could_not_be_compared_with_their_province(
    write: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(boundaries, "SHAPES_FILE", tmp_path / "not-built.json")
    boundaries._shapes.cache_clear()
    try:
        printed = command(write(*FIRST))
    finally:
        boundaries._shapes.cache_clear()

    assert "ยังไม่ได้ตรวจพิกัดกับเขตจังหวัด" in printed
