"""Two people at one domain in two real browsers: seen, told, and never written over. Each test has questions of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, filing

pytestmark = pytest.mark.browser
Open = Callable[..., Window]
#: The page speaks every 20 seconds.
A_TURN = 20


def test_the_other_is_seen_typing_and_his_answer_arrives_by_itself(window: Open) -> None:
    one, two = window("recorder1", passes_time=True), window("recorder2", size=PHONE)
    one.go(filing(2, 2569))
    two.go(filing(2, 2569))
    box = two.page.locator('.question[data-kind="integer"] input.control:not([data-reason]):visible').first
    code = box.evaluate("box => box.closest('[data-question]').dataset.question")

    box.select_text()
    box.press_sequentially("17")
    two.page.locator("[data-add-row]:visible").first.focus()
    two.wait_saved()

    arrived = one.page.locator(f"#a-{code}")
    one.pass_time(A_TURN)
    expect(arrived).to_have_value("17")
    expect(one.page.locator(f"#q-{code} .question-other")).to_contain_text("แก้เมื่อ")
    expect(one.page.locator("[data-presence]")).to_contain_text("ขณะนี้เปิดด้านนี้อยู่ด้วย")
    assert two.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    arrived.fill("18")
    arrived.press("Tab")
    one.wait_saved()
    expect(one.page.locator(f"#q-{code} .conflict")).to_have_count(0)


def test_what_is_being_typed_is_left_alone_and_decided_by_keyboard(window: Open) -> None:
    one, two = window("recorder1", passes_time=True), window("recorder2")
    one.go(filing(7))
    two.go(filing(7))
    box = one.page.locator('.question[data-kind="integer"] input.control:not([data-reason]):visible').last
    code = box.evaluate("box => box.closest('[data-question]').dataset.question")
    box.select_text()
    box.press_sequentially("5")

    two.page.locator(f"#a-{code}").fill("6")
    two.page.keyboard.press("Tab")
    two.wait_saved()
    with one.page.expect_response(re.compile("/together/")):
        one.pass_time(A_TURN)
    expect(box).to_have_value("5")
    box.press("Tab")

    conflict = one.page.locator(f"#q-{code} .conflict")
    expect(conflict).to_contain_text("ของฉัน: 5")
    conflict.get_by_role("button", name="ใช้ของฉัน").focus()
    one.page.keyboard.press("Enter")
    expect(conflict).to_have_count(0)
    one.wait_saved()
    two.page.reload()
    expect(two.page.locator(f"#a-{code}")).to_have_value("5")
    one.go(f"{filing()}timeline/?question={code}")
    expect(one.page.locator(".timeline")).to_contain_text("6")


def test_a_conflict_of_what_waited_for_the_line_is_shown_when_it_is_back(window: Open) -> None:
    one, two = window("recorder1"), window("recorder2")
    one.go(filing(3))
    two.go(filing(3))
    one.context.set_offline(True)
    one.page.locator("#a-disaster_drill_count").fill("3")
    one.page.keyboard.press("Tab")
    expect(one.page.locator("[data-record-status]")).to_contain_text("ยังไม่ได้ส่ง 1 ข้อ")
    two.page.locator("#a-disaster_drill_count").fill("4")
    two.page.keyboard.press("Tab")
    two.wait_saved()

    one.context.set_offline(False)

    conflict = one.page.locator("#q-disaster_drill_count .conflict")
    expect(conflict).to_contain_text("ของฉัน: 3")
    expect(conflict).to_contain_text(re.compile("ของ.*: 4"))
    conflict.get_by_role("button", name="ใช้ของเขา").click()
    expect(one.page.locator("#a-disaster_drill_count")).to_have_value("4")


def test_a_row_that_the_other_changed_comes_back_instead_of_being_deleted(window: Open) -> None:
    one, two = window("recorder1", passes_time=True), window("recorder2")
    one.hear_nothing()  # of the changed row before it is deleted
    one.go(filing(7))
    register = one.page.locator('[data-register="local_wisdom"]')
    register.locator("[data-add-row]").click()
    register.locator("tr[data-row] td[data-kind=text] input").first.fill("รายการหนึ่ง")
    one.page.keyboard.press("Tab")
    one.wait_saved()
    row = register.locator("tr[data-row]").first.get_attribute("data-row") or ""
    two.go(filing(7))
    theirs = two.page.locator(f'[data-row="{row}"] td[data-kind=text]').first
    theirs.click()
    theirs.locator("input").fill("รายการที่แก้แล้ว")
    two.page.keyboard.press("Tab")
    two.wait_saved()

    one.page.locator(f'[data-row="{row}"] [data-delete-row]').click()

    kept = one.page.locator(f'[data-row="{row}"]')
    expect(kept).to_contain_text("แก้ไขแถวนี้เมื่อ")
    one.hear_again()
    one.pass_time(A_TURN)
    expect(kept.locator("td[data-kind=text] input").first).to_have_value("รายการที่แก้แล้ว")
    kept.locator(".refusal [data-delete-row]").click()
    one.wait_saved()
    expect(kept).to_have_count(0)
    one.page.reload()
    expect(one.page.locator(f'[data-row="{row}"]')).to_have_count(0)
