"""The readers of environment variables say what to do when a value is missing or wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("value", "read"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False)])
def test_reads_a_flag_in_the_usual_spellings(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv("X", value)

    assert env.flag("X") is read


def test_refuses_a_flag_that_is_neither_yes_nor_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "maybe")

    with pytest.raises(ImproperlyConfigured, match="X เป็น 'maybe'"):
        env.flag("X", default=False)


@pytest.mark.parametrize(("value", "sentence"), [("แปด", "จำนวนเต็ม"), ("-1", "ไม่น้อยกว่า 0")])
def test_refuses_a_number_that_is_none(monkeypatch: pytest.MonkeyPatch, value: str, sentence: str) -> None:
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.integer("X", default=1)


def test_takes_an_empty_variable_for_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " ")

    assert env.text("X", default="d") == "d"
    assert env.integer("X", default=7) == 7
    assert env.flag("X", default=True) is True
    assert env.items("X", default=["a"]) == ["a"]
    with pytest.raises(ImproperlyConfigured, match="ยังไม่ได้กำหนดตัวแปร X"):
        env.text("X")


def test_splits_a_list_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " a, b ,,c")

    assert env.items("X") == ["a", "b", "c"]


def test_reads_a_secret_from_the_file_that_a_platform_hands_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "s").write_text("hidden\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "s"))

    assert env.secret("X") == "hidden"


def test_refuses_a_secret_that_is_given_twice_missing_empty_or_unreadable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ImproperlyConfigured, match="X_FILE"):
        env.secret("X")
    monkeypatch.setenv("X_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="อ่านแฟ้ม"):
        env.secret("X")
    (tmp_path / "gone").write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="ว่างเปล่า"):
        env.secret("X")
    monkeypatch.setenv("X", "hidden")
    with pytest.raises(ImproperlyConfigured, match="อย่างเดียว") as refused:
        env.secret("X")
    assert "hidden" not in str(refused.value)
