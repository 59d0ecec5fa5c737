"""The filters and tags that every template has."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from localgov.access.decision import ALLOW, Decision
from localgov.ui.icons import UnknownIcon


def rendered(source: str, **context: Any) -> str:
    """The text of a template."""
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|number }}", 6325, "6,325"),
        ("{{ v|number }}", Decimal("1234.50"), "1,234.5"),
        ("{{ v|number:2 }}", 6325, "6,325.00"),
        ("{{ v|number }}", None, ""),
        ("{{ v|number }}", 0, "0"),
        ("{{ v|baht }}", Decimal("1234.5"), "1,234.50 บาท"),
        ("{{ v|baht }}", None, ""),
        ("{{ v|thai_date }}", date(2026, 6, 15), "15 มิ.ย. 2569"),
        ("{{ v|thai_date_long }}", date(2026, 6, 15), "15 มิถุนายน 2569"),
        ("{{ v|thai_date }}", None, ""),
        ("{{ v|thai_datetime }}", datetime(2026, 6, 14, 18, 0, tzinfo=UTC), "15 มิ.ย. 2569 01:00 น."),
        ("{{ v|thai_time }}", datetime(2026, 6, 14, 3, 42, tzinfo=UTC), "10:42 น."),
        ("{{ v|be_year }}", 2026, "2569"),
        ("{{ v|be_year }}", date(2026, 1, 1), "2569"),
    ],
)
def test_words_a_value_for_people(source: str, value: object, text: str) -> None:
    assert rendered(source, v=value) == text


def test_state_is_a_word_and_an_icon_before_it_is_a_colour() -> None:
    body = rendered("{% state_badge 'CERTIFIED_LAO' %}")

    assert "อปท. รับรองแล้ว" in body
    assert "<svg" in body


def test_unknown_icon_names_those_that_there_are() -> None:
    with pytest.raises(UnknownIcon, match="search"):
        rendered("{% icon 'no-such-icon' %}")


def test_bar_of_nothing_says_so() -> None:
    assert "ไม่มีข้อที่ต้องตอบ" in rendered("{% progress 0 0 'หมู่บ้าน' %}")


def test_refused_button_is_off_and_says_why_in_words() -> None:
    body = rendered("{% action_button 'ส่ง' decision name='act' value='send' %}", decision=Decision("ต้องแก้ 1 ข้อ"))

    assert 'disabled aria-describedby="reason-act-send"' in body
    assert 'id="reason-act-send"' in body
    assert "ต้องแก้ 1 ข้อ" in body


def test_allowed_button_is_on() -> None:
    assert "disabled" not in rendered("{% action_button 'ส่ง' decision %}", decision=ALLOW)


class Sample(forms.Form):
    """A field that must be filled, one chosen, one ticked."""

    name = forms.CharField(label="ชื่อ", help_text="ชื่อเต็ม")
    kind = forms.ChoiceField(label="ประเภท", choices=[("a", "ก")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="ยืนยัน")


def test_field_ties_label_help_and_error_to_its_control() -> None:
    body = rendered("{% field form.name %}", form=Sample({}))

    assert '<label for="id_name">' in body
    assert 'aria-invalid="true"' in body
    assert 'aria-describedby="id_name_helptext id_name_error"' in body
    assert 'id="id_name_helptext"' in body
    assert 'id="id_name_error"' in body


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("name", "โปรดกรอก “ชื่อ”"), ("kind", "โปรดเลือก “ประเภท”"), ("sure", "โปรดทำเครื่องหมายที่ “ยืนยัน”")],
)
def test_summary_leads_to_each_field_that_is_missing(name: str, sentence: str) -> None:
    body = rendered("{% error_summary form %}", form=Sample({}))

    assert f'<a href="#id_{name}">{sentence}</a>' in body
    assert 'role="alert"' in body


def test_summary_of_a_good_form_is_nothing() -> None:
    assert rendered("{% error_summary form %}", form=Sample({"name": "ก", "kind": "a", "sure": "on"})) == ""


def test_query_string_changes_and_removes_keys() -> None:
    request = RequestFactory().get("/?name=ก&page=3")

    assert rendered("{% query_string page=4 %}", request=request) == "?name=%E0%B8%81&amp;page=4"
    assert rendered("{% query_string page=None name=None %}", request=request) == "?"
