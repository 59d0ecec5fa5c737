"""`manage.py check_answers` on the real form and the small register: findings on standard output, refusals as sentences."""

import json
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.rounds import services
from tests.conftest import NOW, Register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(register: Register) -> None:
    actor = system_actor("ทดสอบ", RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)
    services.forms_and_rounds_load(actor=actor, at=NOW)


@pytest.fixture
def check(tmp_path: Path) -> Any:
    """Runs the command on answers: `check({...}, "--organisation", "6250101")`."""

    def run(answers: object, *options: str, last_year: object = None, year: str = "2570") -> list[dict[str, Any]]:
        file = tmp_path / "answers.json"
        file.write_text(answers if isinstance(answers, str) else json.dumps(answers, ensure_ascii=False), "utf-8")
        arguments = ["--form", "eight_domains", "--fiscal-year", year, "--answers", str(file), "--json"]
        if last_year is not None:
            before = tmp_path / "before.json"
            before.write_text(json.dumps(last_year), "utf-8")
            arguments += ["--last-year", str(before)]
        if "--organisation" not in options:
            arguments += ["--organisation", "6250101"]
        out = StringIO()
        call_command("check_answers", *arguments, *options, stdout=out)
        found: list[dict[str, Any]] = json.loads(out.getvalue())
        return found

    return run


def on(found: list[dict[str, Any]], question: str) -> list[dict[str, Any]]:
    return [finding for finding in found if finding["question"] == question]


def test_an_empty_object_is_judged_in_full(check: Any) -> None:
    found = check({})
    assert {finding["code"] for finding in found} == {"required"}
    assert {finding["severity"] for finding in found} == {"error"}
    assert len(found) > 100


def test_each_finding_has_code_severity_question_row_value_and_message(check: Any) -> None:
    (finding,) = on(
        check({"population_male": "๓,๑๐๐", "population_female": 3225, "population_total": 6000}), "population_total"
    )
    assert finding["severity"] == "error"
    assert finding["row"] is None
    assert finding["value"] == 6000
    assert "6,325" in finding["message"]
    assert {"code", "severity", "question", "row", "value", "message"} <= finding.keys()


def test_an_unknown_question_is_a_finding(check: Any) -> None:
    (finding,) = on(check({"no_such_question": 1}), "no_such_question")
    assert (finding["code"], finding["severity"], finding["value"]) == ("unknown_question", "error", 1)


def test_the_unit_of_the_roster_decides_which_questions_apply(check: Any) -> None:
    assert on(check({}, "--organisation", "6250101"), "village_count")
    assert not on(check({}, "--organisation", "2250101"), "village_count")


def test_last_year_brings_its_warnings(check: Any) -> None:
    answers = {"population_male": 9300}
    assert not [one for one in on(check(answers), "population_male") if one["code"] == "last_year"]
    (finding,) = on(check(answers, last_year={"population_male": 3000}), "population_male")
    assert (finding["code"], finding["severity"]) == ("last_year", "warning")


def test_a_sub_district_that_does_not_exist_is_a_format_error_and_one_of_another_province_is_known(check: Any) -> None:
    rows = [{"village_tambon_code": "259999"}, {"village_tambon_code": "100101"}, {"village_tambon_code": "250101"}]
    found = on(check({"village": rows}), "village_tambon_code")
    assert [(one["row"], one["code"]) for one in found if one["code"] == "format"] == [(1, "format")]
    assert 2 in {one["row"] for one in found}
    assert 3 not in {one["row"] for one in found}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "ไม่ใช่ JSON"),
        ("{", "ไม่ใช่ JSON"),
        ("[]", "ต้องเป็นกลุ่ม"),
        ("3", "ต้องเป็นกลุ่ม"),
        ("null", "ต้องเป็นกลุ่ม"),
        ('{"a": 1, "a": 2}', "ซ้ำ"),
        ("[" * 100_000, "ลึก"),
        ('{"a": ' + "9" * 5000 + "}", "ยาว"),
    ],
)
def test_a_file_that_is_no_object_is_refused_with_a_sentence(check: Any, text: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as refusal:
        check(text)
    assert refusal.value.returncode == 1


@pytest.mark.parametrize(
    ("options", "year", "sentence"),
    [
        (("--organisation", "9999999"), "2570", "ไม่มี อปท. รหัส “9999999”"),
        (("--form", "nine_domains"), "2570", "ไม่มีรอบของแบบ “nine_domains”.*eight_domains"),
        ((), "2571", "ปีที่เปิดแล้ว: 2569, 2570"),
        ((), "2027", "ให้ใช้ 2570"),
    ],
)
def test_what_is_unknown_is_refused_with_what_there_is(
    check: Any, options: tuple[str, ...], year: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence) as refusal:
        check({}, *options, year=year)
    assert refusal.value.returncode == 1


def test_files_that_cannot_be_opened_or_read_as_utf8_are_named(check: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"เปิดไฟล์ .*none\.json ไม่ได้"):
        check({}, "--answers", str(tmp_path / "none.json"))
    thai = tmp_path / "cp874.json"
    thai.write_bytes('{"office_address": "ที่ตั้ง"}'.encode("cp874"))
    with pytest.raises(CommandError, match="UTF-8"):
        check({}, "--answers", str(thai))


def test_answers_come_from_standard_input_with_a_dash(check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO('\ufeff{"population_male": -1}'.encode())))
    (finding,) = on(check({}, "--answers", "-"), "population_male")
    assert finding["value"] == -1


@pytest.mark.parametrize(
    "answers",
    [
        '{"population_male": NaN, "population_female": -Infinity, "population_total": 1e400}',
        '{"office_address": "\\ud800", "\\ud800": "\\ud800", "": null}',
        '{"village": [[], 1, null], "village_count": {"missing": ["NONE"]}, "office_location": [1, 2]}',
        '{"village": ' + json.dumps([{"village_no": "x" * 5000, "zz": {}}] * 50) + "}",
        '{"website_url": {"a": {"b": [1]}}, "established_date": 25690101, "size_class": 7}',
    ],
)
def test_nonsense_in_the_answers_becomes_findings_that_are_json(check: Any, answers: str) -> None:
    assert all(finding["message"] for finding in check(answers))


def test_two_dashes_are_misuse(check: Any) -> None:
    with pytest.raises(CommandError) as refusal:
        check({}, "--answers", "-", "--last-year", "-")
    assert refusal.value.returncode == 2


def test_without_json_a_person_reads_the_findings_and_their_count(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"population_male": -1}', "utf-8")
    out = StringIO()
    options = ["--form", "eight_domains", "--fiscal-year", "2569", "--organisation", "6250101", "--answers", str(file)]
    call_command("check_answers", *options, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "อบต.บ้านสาธิต ปีงบประมาณ 2569"
    assert any(line.startswith("ต้องแก้ [constraint] ประชากรชาย (population_male): ") for line in lines)
    assert lines[-1].startswith("ต้องแก้ ")
