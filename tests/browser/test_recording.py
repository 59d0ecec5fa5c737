"""An อปท. records its domains in a real browser. Each test has a domain of its own: the server's database lives on."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.conftest import PHONE, UNIT, Site, Window, clean_changes, filing

pytestmark = pytest.mark.browser
Open = Callable[..., Window]

# What keeps a register of 300 rows quick (a second to open, a blink to move) on any machine: how much there is of it, and
# how often the browser must lay it out. One control in each cell, or one look at a size in a loop, is ten times as much.
MOST_ELEMENTS_OF_A_ROW = 25
MOST_LAYOUTS_TO_MOVE = 30
COUNT_TOUCHED_ROWS = """table => {
    table.touched = new Set();
    const note = records => records.forEach(one => {
        const row = (one.target.closest ? one.target : one.target.parentElement)?.closest("tr[data-row]");
        if (row) table.touched.add(row.dataset.row);
    });
    new MutationObserver(note).observe(table, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


def test_records_with_receipts_and_mends_what_the_checks_find(window: Open) -> None:
    me = window("recorder1")
    me.page.get_by_role("link", name="ข้อมูล อปท. 8 ด้าน").first.click()
    me.page.get_by_role("link", name=re.compile("ด้านที่ 6 ")).first.click()
    me.page.wait_for_selector("form[data-ready]")

    for code, typed in (("male", "๓,๑๐๐"), ("female", "3225"), ("total", "6000")):
        me.page.locator(f"#a-population_{code}").fill(typed)
        me.page.keyboard.press("Enter")
    me.wait_saved()

    expect(me.page.locator("[data-record-status]")).to_contain_text(re.compile(r"บันทึกแล้ว .* ใบรับ 2570-\d{6}"))
    expect(me.page.locator("#a-population_male")).to_have_value("3,100")
    question = me.page.locator("#q-population_total")
    expect(question).to_contain_text("ต้องเท่ากับประชากรชาย + หญิง")
    question.get_by_role("button", name="ใช้ 6,325").click()
    expect(question.locator(".finding")).to_have_count(0)

    me.page.reload()
    expect(me.page.locator("#a-population_total")).to_have_value("6,325")


def test_says_in_words_which_date_it_read(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(6))

    me.page.locator("#a-budget_ordinance_date").fill("15/6/69")
    me.page.keyboard.press("Tab")
    expect(me.page.locator("#q-budget_ordinance_date .finding")).to_contain_text("ปี")
    me.page.locator("#a-budget_ordinance_date").fill("15 มิถุนายน 2569")
    me.page.keyboard.press("Tab")

    expect(me.page.locator("#q-budget_ordinance_date [data-echo]")).to_have_text("15 มิ.ย. 2569")
    expect(me.page.locator("#a-budget_ordinance_date")).to_have_value("15/06/2569")


def test_two_recorders_at_once_never_overwrite_each_other(window: Open) -> None:
    one, two = window("recorder1"), window("recorder2")
    for each in (one, two):
        each.hear_nothing()
        each.go(filing(1))

    one.page.locator("#a-dog_owned_count").fill("120")
    one.page.keyboard.press("Tab")
    one.wait_saved()
    two.page.locator("#a-dog_owned_count").fill("150")
    two.page.keyboard.press("Tab")

    conflict = two.page.locator("#q-dog_owned_count .conflict")
    expect(conflict).to_contain_text("ของฉัน: 150")
    expect(conflict).to_contain_text(re.compile("ของ.*: 120"))
    expect(conflict).to_contain_text(re.compile(r"แก้ไขข้อนี้เมื่อ .* \d\d:\d\d น\."))
    conflict.get_by_role("button", name="ใช้ของเขา").click()
    expect(two.page.locator("#a-dog_owned_count")).to_have_value("120")

    two.page.locator("#a-cat_owned_count").fill("80")
    two.page.keyboard.press("Tab")
    two.wait_saved()
    one.page.locator("#a-cat_owned_count").fill("90")
    one.page.keyboard.press("Tab")
    one.page.locator("#q-cat_owned_count .conflict").get_by_role("button", name="ใช้ของฉัน").click()
    one.wait_saved()
    two.page.reload()
    expect(two.page.locator("#a-cat_owned_count")).to_have_value("90")
    expect(two.page.locator("#a-dog_owned_count")).to_have_value("120")


def test_loses_nothing_when_the_line_is_cut_in_mid_typing(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(3))
    boxes = [me.page.locator(f"#a-{code}") for code in ("firefighter_count", "opapor_member_count")]

    me.context.set_offline(True)
    for number, box in enumerate(boxes, start=1):
        box.fill(str(number))
        box.press("Tab")
    expect(me.page.locator("[data-record-status]")).to_contain_text("ยังไม่ได้ส่ง 2 ข้อ")
    expect(me.page.get_by_role("alert")).to_contain_text("ข้อมูลที่กรอกเก็บไว้ในเครื่องนี้แล้ว")

    me.context.set_offline(False)
    me.wait_saved()
    expect(me.page.locator("[data-record-status]")).to_contain_text("ใบรับ 2570-")

    me.page.reload()
    assert [box.input_value() for box in boxes] == ["1", "2"]


def test_keeps_what_is_typed_while_the_database_is_away(site: Site, window: Open) -> None:
    me = window("recorder1", passes_time=True)
    me.go(filing(2))
    box = me.page.locator("#a-child_3_5_count")

    site.database("stop")
    try:
        with me.page.expect_response(lambda response: response.url.endswith("/answers/")) as sent:
            box.fill("3")
            box.press("Tab")
        assert (sent.value.status, sent.value.headers["retry-after"]) == (503, "5")
        expect(me.page.locator("[data-record-status]")).to_contain_text("ยังไม่ได้ส่ง 1 ข้อ")
    finally:
        site.database("start")
    me.pass_time(60)
    me.wait_saved()

    me.page.reload()
    expect(me.page.locator("#a-child_3_5_count")).to_have_value("3")


def test_sends_what_a_closed_page_could_not_send(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(3, 2569))
    me.context.set_offline(True)
    me.page.locator("#a-hydrant_count").fill("7")
    me.page.keyboard.press("Tab")
    expect(me.page.locator("[data-record-status]")).to_contain_text("ยังไม่ได้ส่ง 1 ข้อ")
    me.page.close(run_before_unload=False)

    me.context.set_offline(False)
    me.page = me.context.new_page()
    me.go(filing(3, 2569))
    me.wait_saved()

    me.page.reload()
    expect(me.page.locator("#a-hydrant_count")).to_have_value("7")


def test_what_waits_in_the_browser_is_locked_and_another_person_neither_sees_nor_sends_it(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(4, 2569))
    box = me.page.locator('.question[data-kind="integer"] input.control:not([data-reason]):visible').first
    name, before = box.get_attribute("id") or "", box.input_value()
    me.context.set_offline(True)
    box.fill("987654")
    me.page.keyboard.press("Tab")
    expect(me.page.locator("[data-record-status]")).to_contain_text("ยังไม่ได้ส่ง 1 ข้อ")
    kept = me.page.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    assert '\\"unsent\\":1' in kept
    assert "987654" not in kept
    assert name.removeprefix("a-") not in kept
    me.page.close(run_before_unload=False)
    me.context.set_offline(False)

    me.page = me.context.new_page()
    said: list[str] = []

    def accept(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.accept()

    me.page.on("dialog", accept)
    me.page.goto(f"{me.site.url}/home/")
    me.page.locator("form[data-account] button").evaluate("button => button.form.requestSubmit(button)")
    me.page.wait_for_url("**/accounts/login/**")
    assert "ยังมีคำตอบ 1 ข้อ" in said[0]
    me.sign_in("recorder2")
    me.go(filing(4, 2569))
    expect(me.page.locator(f"#{name}")).to_have_value(before)
    assert '\\"unsent\\":1' in me.page.evaluate("JSON.stringify(Object.assign({}, localStorage))")

    me.context.clear_cookies()
    me.sign_in("recorder1")
    me.go(filing(4, 2569))
    me.wait_saved()
    me.page.reload()
    expect(me.page.locator(f"#{name}")).to_have_value("987,654")


def test_sends_what_is_still_being_typed_when_the_page_is_left(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(3))
    me.page.locator("#a-extinguisher_count").press_sequentially("42")

    me.page.goto(me.site.url + filing())
    me.go(filing(3))
    me.wait_saved()

    me.page.reload()
    expect(me.page.locator("#a-extinguisher_count")).to_have_value("42")


def test_keeps_answers_over_the_end_of_a_session(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(1, 2569))
    me.context.clear_cookies()

    me.page.locator("#a-dog_owned_count").fill("77")
    me.page.keyboard.press("Tab")
    expect(me.page.get_by_role("alert")).to_contain_text("หมดเวลาใช้งาน")
    other = Window(me.site, me.context, me.context.new_page())
    other.sign_in("recorder1")
    me.page.get_by_role("button", name="เข้าสู่ระบบแล้ว ส่งอีกครั้ง").click()

    me.wait_saved()
    other.go(filing(1, 2569))
    expect(other.page.locator("#a-dog_owned_count")).to_have_value("77")


def test_shows_and_hides_questions_as_their_conditions_change(window: Open) -> None:
    me = window("recorder1")
    page = me.go(filing(1))

    page.locator("#q-ems_service").get_by_label("มี", exact=True).check()
    expect(page.locator("#q-ems_vehicle_count")).to_be_visible()
    page.locator("#q-ems_service").get_by_label("ไม่มี", exact=True).check()
    expect(page.locator("#q-ems_vehicle_count")).to_be_hidden()


def test_records_by_keyboard_alone(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(2))
    page = me.page
    page.locator(".question input.control:visible").first.focus()
    code = page.evaluate("document.activeElement.id")

    page.keyboard.type("25")
    page.keyboard.press("Enter")
    me.wait_saved()

    assert page.evaluate("document.activeElement.id") != code
    page.locator("[data-add-row]:visible").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ศูนย์ตัวอย่าง")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row]")).to_have_count(2)
    page.keyboard.press("ArrowUp")
    expect(page.locator("tr[data-row] input").first).to_be_focused()
    me.wait_saved()
    page.reload()
    expect(page.locator(f"#{code}")).to_have_value("25")
    expect(page.locator("tr[data-row] td").first).to_have_text("ศูนย์ตัวอย่าง")
    page.locator("tr[data-row] td").first.focus()
    expect(page.locator("tr[data-row] input").first).to_be_focused()


def test_stays_quick_with_three_hundred_rows_of_twelve_columns(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(5))
    columns = list(me.site.form.registers["village_water_village"].columns.values())
    assert len(columns) == 12
    for part in range(3):
        changes: list[dict[str, Any]] = []
        for number in range(100):
            row = str(uuid.uuid4())
            changes.append({"op": "add", "register": "village_water_village", "row": row})
            changes += [
                {
                    "op": "set",
                    "register": "village_water_village",
                    "row": row,
                    "code": column.code,
                    "seq": 0,
                    "value": str(part * 100 + number + 1) if column.numeric else "บ้านตัวอย่าง",
                }
                for column in columns
                if column.choices is None
            ]
        assert me.send(f"{filing(5)}answers/", changes)["receipt"]

    me.go(filing(5))
    table = me.page.locator('[data-register="village_water_village"]')
    rows = table.locator("tr[data-row]")
    assert rows.count() == 300
    assert table.evaluate("table => table.querySelectorAll('tr[data-row] *').length") <= 300 * MOST_ELEMENTS_OF_A_ROW
    assert table.locator("tr[data-row] :is(input, select, textarea)").count() == 0

    rows.nth(150).locator('[data-question="vw_village_name"]').click()
    rows.nth(150).locator('[data-question="vw_village_name"] input').fill("บ้านกลางตาราง")
    table.evaluate(COUNT_TOUCHED_ROWS)
    sent: list[str] = []
    me.page.on("request", lambda request: sent.append(request.url))
    layouts = me.layouts()
    me.page.keyboard.press("Enter")
    expect(rows.nth(151).locator('[data-question="vw_village_name"] input')).to_be_focused()
    moved = layouts()
    me.wait_saved()

    assert 1 <= moved <= MOST_LAYOUTS_TO_MOVE
    assert table.evaluate("table => table.touched.size") <= 2
    assert len([url for url in sent if url.endswith("/answers/")]) == 1


def test_fills_a_register_from_a_block_of_excel(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(6))
    table = me.page.locator('[data-register="village"]')
    table.locator("[data-add-row]").click()
    block = "หมู่บ้าน\t1\tบ้านเหนือ\t250101\t1,200\t400\r\nหมู่บ้าน\t๒\tบ้านใต้\t250101\t900\t300\r\n"

    table.locator("tr[data-row] select").first.evaluate(
        """(control, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            control.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        block,
    )
    me.wait_saved()

    me.page.reload()
    rows = me.page.locator('[data-register="village"] tr[data-row]')
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator('[data-question="village_no"]')).to_have_text("2")
    expect(rows.nth(0).locator('[data-question="village_tambon_code"]')).to_contain_text("ต.หน้าเมือง")
    rows.nth(0).locator('[data-question="village_tambon_code"]').click()
    expect(rows.nth(0).locator('[data-question="village_tambon_code"] select')).to_have_value("250101")


def test_saves_without_script(window: Open) -> None:
    me = window("recorder1", script=False)
    page = me.page
    page.goto(me.site.url + filing(4))
    box = page.locator('.question[data-kind="integer"] input.control:not([data-reason])').first
    name = box.get_attribute("id") or ""
    box.fill("๑,๒๓๔")
    page.get_by_role("button", name="บันทึก", exact=True).last.click()

    expect(page.get_by_role("status").first).to_contain_text("บันทึกแล้ว")
    expect(page.locator(f"#{name}")).to_have_value("1,234")

    page.get_by_role("link", name="เพิ่มแถว").first.click()
    page.locator("input.control:not([data-reason])").first.fill("ถนนสายตัวอย่าง")
    page.get_by_role("button", name="บันทึกแถว").click()
    expect(page.locator("tr[data-row]").first).to_contain_text("ถนนสายตัวอย่าง")


def test_records_on_a_phone(window: Open) -> None:
    me = window("recorder1", size=PHONE)
    page = me.go(filing(7))
    box = page.locator(".question input.control:visible").first
    name = box.get_attribute("id") or ""
    box.fill("321")
    box.blur()
    me.wait_saved()

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.reload()
    expect(page.locator(f"#{name}")).to_have_value("321")


def test_carries_forward_confirms_submits_returns_and_verifies(window: Open) -> None:
    me = window("recorder1")
    me.go(filing(8, 2569))
    assert me.send(f"{filing(8, 2569)}answers/", clean_changes(me.site.form, "domain_8"))["receipt"]
    page = me.go(filing(8))
    page.get_by_role("button", name="ยกข้อมูลปีก่อนมาทั้งด้าน").click()
    page.wait_for_selector("form[data-ready]")
    expect(page.locator("[data-carried-bar]")).to_be_visible()
    page.get_by_role("button", name="ยืนยันทั้งด้าน").click()
    expect(page.locator("[data-carried-bar]")).to_be_hidden()

    page.locator("a[data-submit-step][href]").click()
    note = page.locator("#id_note")
    if note.count():
        note.fill("ตรวจกับเอกสารแล้ว")
    page.get_by_role("button", name="ส่งให้ผู้ตรวจสอบ").click()
    expect(page.locator("#domain-8")).to_contain_text("ส่งตรวจแล้ว")

    checker = window("verifier")
    page = checker.go(filing(8))
    assert page.locator("form[data-record]").count() == 0
    page.get_by_role("link", name="ส่งกลับให้แก้ไข").click()
    page.get_by_label("เหตุผล").fill("จำนวนร้านค้าไม่ตรงทะเบียนพาณิชย์")
    page.get_by_role("button", name="ส่งกลับให้แก้ไข").click()
    expect(page.locator("#domain-8")).to_contain_text("จำนวนร้านค้าไม่ตรงทะเบียนพาณิชย์")

    page = me.go(filing(8))
    expect(page.get_by_text("จำนวนร้านค้าไม่ตรงทะเบียนพาณิชย์")).to_be_visible()
    page.locator("a[data-submit-step][href]").click()
    if page.locator("#id_note").count():
        page.locator("#id_note").fill("ตรวจกับเอกสารแล้ว")
    page.get_by_role("button", name="ส่งให้ผู้ตรวจสอบ").click()
    page = checker.go(filing(8))
    page.get_by_role("link", name="ตรวจสอบแล้ว ถูกต้อง").click()
    page.get_by_role("button", name="ตรวจสอบแล้ว ถูกต้อง").click()
    expect(page.locator("#domain-8")).to_contain_text("ตรวจสอบแล้ว")

    page = checker.go(f"{filing()}timeline/")
    expect(page.locator(".timeline")).to_contain_text("ส่งกลับให้แก้ไข")
    expect(page.locator(".timeline")).to_contain_text("ยกมาจากปีก่อน")


def test_the_neighbours_recorder_finds_nothing_here(window: Open) -> None:
    other = window("neighbour")

    for path in (filing(), filing(6), f"{filing()}timeline/", f"/filings/2570/{UNIT}/6/steps/submit/"):
        response = other.page.goto(other.site.url + path)
        assert response is not None
        assert response.status == 404
