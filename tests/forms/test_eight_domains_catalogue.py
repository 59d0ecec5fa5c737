"""The eight-domain form holds the whole catalogue: every code, in its place, of its type, and every rule has an outcome.

These tests read the committed text alone, so that a row that is lost in an edit is named by its file and code. What the
expressions compute is tested beside, domain by domain.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

FORM = Path(__file__).resolve().parents[2] / "forms" / "eight_domains"

# Questions that the review added to the catalogue, with the reason for each.
ADDITIONS: dict[str, str] = {}

# Questions whose `required` the review changed, with the reason for each.
MENDED_REQUIRED = {
    "attr_check_status": "set by the reviewing province, not by the อปท.: linked, outside completeness",
    **dict.fromkeys(
        ("website_has", "website_url", "admin_name", "admin_position", "admin_phone", "admin_email"),
        "recorded in the room directory: linked, outside completeness",
    ),
    "attr_location": "the open data set is published with latitude and longitude",
}

TYPES: dict[str, set[tuple[str, str]]] = {
    "integer": {("integer", "")},
    "decimal": {("decimal", "")},
    "money": {("decimal", "money")},
    "boolean": {("select_one", "boolean")},
    "choice": {("select_one", ""), ("text", "tambon")},
    "text": {("text", "")},
    "date": {("date", "")},
    "coordinates": {("geopoint", "")},
    "year_be": {("integer", "year_be")},
    "phone": {("text", "phone")},
    "email": {("text", "email")},
    "url": {("text", "url")},
    "file": {("file", "")},
}
CELLS = ("constraint", "relevant", "choices", "kind", "decimals", "required", "last_year", "pii", "sensitive", "linked")
"""What a reference may name beside the codes of rules: the cell of the question that carries the catalogue's rule."""

UNIT_TYPES = {"PAO", "CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL"}
Row = dict[str, str]


@dataclass(frozen=True)
class Question:
    """A question of the survey with the groups around it."""

    domain: str
    section: str
    in_register: bool
    unit_types: frozenset[str]
    cells: Row

    @property
    def code(self) -> str:
        return self.cells["name"]

    @property
    def type(self) -> str:
        return self.cells["type"].split()[0]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sheet(name: str) -> list[Row]:
    return [row for path in sorted((FORM / name).glob("*.csv")) for row in _rows(path)]


@cache
def catalogue() -> tuple[Row, ...]:
    return tuple(_rows(FORM / "catalogue.csv"))


def _types(row: Row, around: list[Row]) -> frozenset[str]:
    limits = [set(each["applies_to"].split()) for each in (*around, row) if each["applies_to"]]
    return frozenset(UNIT_TYPES.intersection(*limits))


def _walk() -> Iterator[Question]:
    around: list[Row] = []
    for row in _sheet("survey"):
        if row["type"].startswith("begin "):
            around.append(row)
        elif row["type"].startswith("end "):
            around.pop()
        else:
            domain, section = around[0], around[-1]
            in_register = section["type"] == "begin repeat"
            yield Question(domain["name"], section["name"], in_register, _types(row, around), row)


@cache
def questions() -> tuple[Question, ...]:
    return tuple(_walk())


@cache
def by_code() -> dict[str, Question]:
    return {question.code: question for question in questions()}


@cache
def outcomes() -> tuple[Row, ...]:
    return tuple(_sheet("catalogue_rules"))


def expected_outcomes() -> Iterator[tuple[str, str, str]]:
    """Every cell of the catalogue that says a rule: (code, column, text)."""
    for row in catalogue():
        for column in ("validation", "consistency_rule", "required"):
            text = row[column]
            if text and (column != "required" or text.startswith("conditional")):
                yield row["code"], column, text


def test_the_committed_catalogue_is_complete() -> None:
    kinds = Counter(row["group_kind"] for row in catalogue())
    registers = {row["group_code"] for row in catalogue() if row["group_kind"] == "register"}
    rules = sum(bool(row["consistency_rule"]) for row in catalogue())
    conditional = sum(row["required"].startswith("conditional") for row in catalogue())
    assert (kinds["scalar"], kinds["register"], len(registers), rules, conditional) == (283, 198, 24, 146, 19)


def test_every_catalogue_code_stands_in_the_form_exactly_once() -> None:
    asked = Counter(question.code for question in questions())
    wanted = {row["code"] for row in catalogue()}
    assert {code: times for code, times in asked.items() if times != 1} == {}
    assert wanted - set(asked) == set()
    assert set(asked) - wanted == set(ADDITIONS)


def test_every_register_stands_in_the_form_as_a_repeat_of_its_own() -> None:
    repeats = [row["name"] for row in _sheet("survey") if row["type"] == "begin repeat"]
    wanted = {row["group_code"] for row in catalogue() if row["group_kind"] == "register"}
    assert sorted(repeats) == sorted(wanted)


@pytest.mark.parametrize("number", range(1, 9))
def test_every_question_stands_in_the_domain_and_group_of_the_catalogue(number: int) -> None:
    misplaced = [
        row["code"]
        for row in catalogue()
        if row["domain_no"] == str(number)
        and (found := by_code()[row["code"]])
        and (found.domain, found.section, found.in_register)
        != (f"domain_{number}", row["group_code"], row["group_kind"] == "register")
    ]
    assert misplaced == []


def test_every_question_has_the_type_that_the_catalogue_gives_it() -> None:
    wrong = {
        row["code"]: (row["type"], found.type, found.cells["kind"])
        for row in catalogue()
        if (found := by_code()[row["code"]]) and (found.type, found.cells["kind"]) not in TYPES[row["type"]]
    }
    assert wrong == {}


def test_a_question_is_required_when_the_catalogue_says_so() -> None:
    wrong = {
        row["code"]: (row["required"], found.cells["required"], found.cells["relevant"])
        for row in catalogue()
        if (found := by_code()[row["code"]]) and bool(found.cells["required"]) != (row["required"] != "no")
    }
    assert set(wrong) == set(MENDED_REQUIRED), wrong


def test_a_conditional_question_says_when_it_is_asked() -> None:
    silent = [
        row["code"]
        for row in catalogue()
        if row["required"].startswith("conditional")
        and (found := by_code()[row["code"]].cells)
        and not found["relevant"]
        and found["required"] == "yes"
    ]
    assert silent == []


def test_personal_data_and_closed_data_stay_as_the_catalogue_marks_them() -> None:
    wrong = [
        row["code"]
        for row in catalogue()
        if (found := by_code()[row["code"]].cells)
        and (
            (row["pii"] == "personal") != (found["pii"] == "personal")
            or (row["open_data"] == "no" and found["open_data"] != "no")
            or (row["pii"] == "sensitive_small_numbers" and found["sensitive"] != "yes")
        )
    ]
    assert wrong == []


def test_every_question_says_what_is_meant_and_where_the_answer_is_found() -> None:
    assert [each.code for each in questions() if not each.cells["label"] or len(each.cells["hint"]) < 10] == []


def test_every_constraint_says_in_thai_what_to_do() -> None:
    mute = [
        each.code
        for each in questions()
        if bool(each.cells["constraint"]) != bool(re.search("[ก-๙]{4}", each.cells["constraint_message"]))
    ]
    assert mute == []


def test_every_choice_list_is_used_and_every_used_list_exists() -> None:
    used = {each.cells["type"].split()[1] for each in questions() if each.type == "select_one"}
    assert {row["list_name"] for row in _sheet("choices")} == used


def test_choices_of_a_list_differ_in_slug_and_in_label() -> None:
    names = Counter((row["list_name"], row["name"]) for row in _sheet("choices"))
    labels = Counter((row["list_name"], row["label"]) for row in _sheet("choices"))
    assert [pair for pair, times in (names + labels).items() if times > 1] == []


def test_yes_no_questions_answer_with_yes_and_no() -> None:
    slugs: dict[str, set[str]] = {}
    for row in _sheet("choices"):
        slugs.setdefault(row["list_name"], set()).add(row["name"])
    wrong = [
        each.code
        for each in questions()
        if each.cells["kind"] == "boolean" and slugs[each.cells["type"].split()[1]] != {"yes", "no"}
    ]
    assert wrong == []


@pytest.mark.parametrize("number", range(1, 9))
def test_every_domain_asks_something_of_every_type_of_local_government(number: int) -> None:
    asked = [
        each.unit_types
        for each in questions()
        if each.domain == f"domain_{number}" and not each.in_register and each.cells["required"]
    ]
    assert frozenset().union(*asked) == UNIT_TYPES


def test_every_rule_of_the_catalogue_has_exactly_one_outcome() -> None:
    found = Counter((row["code"], row["column"]) for row in outcomes())
    wanted = Counter((code, column) for code, column, _ in expected_outcomes())
    assert found - wanted == Counter()
    assert wanted - found == Counter()


def test_every_outcome_repeats_the_words_of_the_catalogue() -> None:
    texts = {(code, column): text for code, column, text in expected_outcomes()}
    changed = [row["code"] for row in outcomes() if texts.get((row["code"], row["column"])) != row["text"]]
    assert changed == []


def test_every_outcome_is_a_rule_or_says_why_not() -> None:
    wrong = [
        (row["code"], row["column"])
        for row in outcomes()
        if row["outcome"] not in {"rule", "waiting", "dropped"}
        or (row["outcome"] == "rule") != bool(row["reference"])
        or (row["outcome"] != "rule" and not row["reason"])
    ]
    assert wrong == []


def test_every_reference_names_a_rule_of_the_form_or_a_cell_of_the_question() -> None:
    rules = {row["code"] for row in _sheet("rules")}
    unknown = {
        (row["code"], reference)
        for row in outcomes()
        for reference in re.split(r"[\s,;]+", row["reference"].strip())
        if reference and reference not in rules | set(CELLS)
    }
    assert unknown == set()


@pytest.mark.parametrize("cell", CELLS)
def test_a_reference_to_a_cell_finds_that_cell_filled(cell: str) -> None:
    def filled(question: Question) -> bool:
        if cell == "choices":
            return question.type == "select_one"
        if cell == "kind":
            return bool(question.cells["kind"]) or question.type in {"geopoint", "date", "file"}
        return bool(question.cells[cell])

    empty = [
        row["code"]
        for row in outcomes()
        if cell in re.split(r"[\s,;]+", row["reference"]) and not filled(by_code()[row["code"]])
    ]
    assert empty == []


def test_codes_of_rules_are_unique_and_sit_on_questions_of_the_form() -> None:
    rules = _sheet("rules")
    registers = {row["name"] for row in _sheet("survey") if row["type"] == "begin repeat"}
    assert [code for code, times in Counter(row["code"] for row in rules).items() if times > 1] == []
    assert [row["code"] for row in rules if row["question"] not in set(by_code()) | registers] == []
    assert [row["code"] for row in rules if row["severity"] not in {"error", "warning"} or not row["message"]] == []
