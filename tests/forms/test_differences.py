"""Comparing two versions of a form, and reading one: by code, in words, in the order of the form."""

from types import MappingProxyType

import pytest

from localgov.forms.differences import Differences, differences
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.source import FormSource, RawRow
from localgov.forms.reading import narrowed, portrait
from localgov.forms.services import FORMS_FOLDER
from tests.forms.test_publish import Edit, cell, edited, small


def compared(survey: Edit) -> Differences:
    return differences(build_form(small()), build_form(edited(small(), survey=survey)))


@pytest.fixture(scope="module")
def eight_domains() -> Form:
    return build_form(read_folder(FORMS_FOLDER / "eight_domains"))


def test_the_same_questions_have_no_difference() -> None:
    assert compared(lambda cells: cells).groups == ()


@pytest.mark.parametrize(
    ("changes", "field", "before", "after"),
    [
        ({"label": "บุรุษ"}, "ข้อความ", "ประชากรชาย", "บุรุษ"),
        ({"required": ""}, "การตอบ", "ต้องตอบ", "ไม่บังคับ"),
        ({"hint": ""}, "คำอธิบาย", "ตามทะเบียนราษฎร", ""),
        ({"applies_to": "SAO"}, "ประเภท อปท. ที่ตอบ", "ทุกประเภท", "อบต."),
        ({"constraint": ". >= 1"}, "ต้องเป็นจริง", "“ประชากรชาย” ไม่น้อยกว่า 0", "“ประชากรชาย” ไม่น้อยกว่า 1"),
        ({"open_data": "no"}, "ข้อมูลเปิด", "ใช่", "ไม่ใช่"),
    ],
)
def test_a_change_is_said_with_what_was_and_what_is(
    changes: dict[str, str], field: str, before: str, after: str
) -> None:
    ((heading, (change,)),) = compared(cell("male", **changes)).groups
    (said,) = [one for one in change.fields if one.field == field]
    assert (heading, change.code, said.before, said.after) == ("คำถามที่เปลี่ยน", "male", before, after)


def test_a_question_left_out_is_retired_and_one_put_in_is_new() -> None:
    ((heading, (change,)),) = compared(lambda cells: None if cells.get("name") == "price" else cells).groups
    assert (heading, change.code, change.place) == ("คำถามที่เลิกใช้", "price", "น้ำ › ประปา")
    back = differences(
        build_form(edited(small(), survey=lambda cells: None if cells.get("name") == "price" else cells)),
        build_form(small()),
    )
    assert [heading for heading, _ in back.groups] == ["คำถามใหม่"]


def test_moving_a_question_up_is_no_difference() -> None:
    source = small()
    male, female = (
        next(index for index, row in enumerate(source.survey) if row.get("name") == code) for code in ("male", "female")
    )
    rows = list(source.survey)
    rows[male], rows[female] = rows[female], rows[male]
    moved = FormSource(tuple(rows), source.choices, source.rules, source.settings)
    assert differences(build_form(source), build_form(moved)).count == 0


def test_rules_are_compared_by_code_and_read_in_words() -> None:
    source = small()
    changed = tuple(
        RawRow(row.sheet, row.row, MappingProxyType({**row.cells, "severity": "error"})) for row in source.rules
    )
    after = FormSource(source.survey, source.choices, changed[1:], source.settings)
    groups = dict(differences(build_form(source), build_form(after)).groups)
    assert [change.code for change in groups["กฎที่เลิกใช้"]] == ["PEOPLE-01"]
    (change,) = groups["กฎที่เปลี่ยน"]
    assert [(one.field, one.before, one.after) for one in change.fields] == [("ความหนัก", "ควรดู", "ต้องแก้")]


def test_the_portrait_holds_every_question_rule_and_choice_of_the_eight_domains(eight_domains: Form) -> None:
    items = [
        item
        for sheet in portrait(eight_domains)
        for section in sheet.sections
        for one in section.items
        for item in (one, *one.columns)
    ]
    assert [item.code for item in items] == list(eight_domains.position)
    assert sum(len(item.rules) for item in items) == len(eight_domains.rules)
    texts = [text for item in items for text in (item.label, item.type_name, *(rule.sentence for rule in item.rules))]
    assert all(texts)
    assert not [text for text in texts if "${" in text]


def test_what_a_type_of_unit_sees_is_what_it_is_asked(eight_domains: Form) -> None:
    shown = {
        item.code
        for sheet in narrowed(portrait(eight_domains), unit_type="PAO")
        for section in sheet.sections
        for one in section.items
        for item in (one, *one.columns)
    }
    assert shown == {
        code for code in eight_domains.position if "PAO" in getattr(eight_domains.item(code), "applies_to", ())
    }


def test_a_word_finds_columns_inside_their_register(eight_domains: Form) -> None:
    found = narrowed(portrait(eight_domains), words="village_tambon_code")
    ((register,),) = [section.items for sheet in found for section in sheet.sections]
    assert (register.code, [column.code for column in register.columns]) == ("village", ["village_tambon_code"])
