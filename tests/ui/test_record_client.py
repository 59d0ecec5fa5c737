"""The recording page's client against a server that the test plays: saving, keeping, conflicts, findings, registers."""

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.ui.conftest import ROWS, Recording

pytestmark = pytest.mark.browser


def finding(question: str, message: str, severity: str = "error", **more: Any) -> dict[str, Any]:
    """A finding as the server sends it."""
    return {
        "code": "X-01",
        "severity": severity,
        "question": question,
        "row": None,
        "row_id": None,
        "message": message,
    } | more


def test_sends_an_answer_when_its_field_is_left(recording: Recording) -> None:
    recording.fill("population_male", "๓,๒๐๐")
    recording.wait_saved()

    assert recording.server.changes == [{"op": "set", "code": "population_male", "value": "3200", "seq": 3}]
    assert recording.page.locator("#a-population_male").input_value() == "3,200"
    expect(recording.page.locator("[data-record-status]")).to_have_text("✓ บันทึกแล้ว 10:42 น. ใบรับ 2570-004512")


def test_carries_the_token_of_the_page(recording: Recording) -> None:
    recording.fill("population_male", "1")
    recording.wait_saved()

    assert recording.server.headers[0]["x-csrftoken"] == "token-of-the-page"


def test_sends_fields_left_close_together_as_one_batch(recording: Recording) -> None:
    recording.hold_time()
    recording.fill("population_male", "10")
    recording.fill("population_female", "20")
    recording.pass_time()
    recording.wait_saved()

    assert [[change["code"] for change in batch["changes"]] for batch in recording.server.batches] == [
        ["population_male", "population_female"]
    ]


def test_stands_on_the_counter_that_the_last_save_gave(recording: Recording) -> None:
    recording.fill("population_male", "10")
    recording.wait_saved()
    recording.fill("population_male", "11")
    expect(recording.page.locator("#q-population_male")).to_have_attribute("data-seq", "5")

    assert [change["seq"] for change in recording.server.changes] == [3, 4]


def test_leaves_what_is_no_number_for_the_server_to_judge(recording: Recording) -> None:
    recording.fill("population_male", "ประมาณ 3 พัน")
    recording.wait_saved()

    assert recording.server.changes[0]["value"] == "ประมาณ 3 พัน"


def test_clears_an_answer_with_nothing(recording: Recording) -> None:
    recording.fill("population_male", "")
    recording.wait_saved()

    assert recording.server.changes[0]["value"] is None


def test_asks_for_the_reason_before_it_sends_no_data(recording: Recording) -> None:
    question = recording.page.locator("#q-population_male")
    question.locator("[data-missing]").select_option("NO_DATA")

    expect(question.locator("[data-reason]")).to_be_focused()
    question.locator("[data-reason]").fill("รอผลสำรวจ")
    question.locator("[data-reason]").blur()
    recording.wait_saved()
    assert recording.server.changes[0]["value"] == {"missing": "NO_DATA", "reason": "รอผลสำรวจ"}
    expect(recording.page.locator("#a-population_male")).to_be_disabled()


def test_sends_a_point_as_both_of_its_parts(recording: Recording) -> None:
    point = recording.page.locator("#q-office_point")
    point.locator("[data-part=lat]").fill("14.05")
    point.locator("[data-part=lon]").fill("101.37")
    point.locator("[data-part=lon]").blur()
    recording.wait_saved()

    assert recording.server.changes[-1]["value"] == {"lat": "14.05", "lon": "101.37"}


def test_brings_last_years_value_with_its_button(recording: Recording) -> None:
    recording.page.get_by_role("button", name="ยกมา ประชากรหญิง").click()
    recording.wait_saved()

    assert recording.server.changes[0] == {"op": "set", "code": "population_female", "value": "3240", "seq": 0}
    assert recording.page.locator("#a-population_female").input_value() == "3,240"


def test_confirms_what_was_carried_from_last_year(recording: Recording) -> None:
    recording.server.replies = [(200, {"saved": [{"code": "area_km2", "row": None, "seq": 1}]})]
    recording.page.get_by_role("button", name="ยืนยันว่ายังเป็นเช่นเดิม").click()
    recording.wait_saved()

    assert recording.server.changes == [{"op": "confirm", "codes": ["area_km2"]}]
    expect(recording.page.get_by_role("button", name="ยืนยันว่ายังเป็นเช่นเดิม")).to_have_count(0)


def test_keeps_what_could_not_be_sent_and_sends_it_in_order(recording: Recording) -> None:
    recording.hold_time()
    recording.server.is_reachable = False
    recording.fill("population_male", "10")
    recording.pass_time()
    recording.page.wait_for_selector('[data-record-status][data-standing="offline"]')
    recording.fill("population_female", "20")

    expect(recording.page.locator("[data-record-status]")).to_have_text("ยังไม่ได้ส่ง 2 ข้อ")
    expect(recording.page.get_by_role("alert")).to_contain_text("ติดต่อเครื่องแม่ข่ายไม่ได้")
    recording.server.is_reachable = True
    recording.page.get_by_role("button", name="ส่งอีกครั้งเดี๋ยวนี้").click()
    recording.pass_time()
    recording.wait_saved()
    assert [change["code"] for change in recording.server.changes] == ["population_male", "population_female"]
    expect(recording.page.get_by_role("alert")).to_have_count(0)


def test_sends_after_reopening_what_the_closed_page_left(recording: Recording) -> None:
    recording.hold_time()
    recording.server.is_reachable = False
    recording.fill("population_male", "12,345")
    recording.page.get_by_role("button", name="เพิ่มแถว").click()
    recording.page.locator("tr[data-row]").nth(2).locator("input").first.fill("3")
    recording.page.locator("tr[data-row]").nth(2).locator("input").first.blur()
    recording.pass_time()
    recording.page.wait_for_selector('[data-record-status][data-standing="offline"]')
    recording.page.on("dialog", lambda dialog: dialog.accept())

    recording.server.is_reachable = True
    recording.open()
    recording.pass_time()
    recording.wait_saved()

    assert [change["op"] for change in recording.server.changes] == ["set", "add", "set"]
    assert recording.page.locator("#a-population_male").input_value() == "12,345"
    assert recording.page.locator("tr[data-row]").count() == 3
    assert recording.page.evaluate("localStorage.length") == 0


def test_sends_a_batch_again_under_its_own_id(recording: Recording) -> None:
    recording.hold_time()
    recording.server.replies = [(503, {})]
    recording.fill("population_male", "10")
    recording.pass_time()
    recording.page.get_by_role("button", name="ส่งอีกครั้งเดี๋ยวนี้").click()
    recording.pass_time()
    recording.wait_saved()

    first, second = recording.server.batches
    assert first == second


def test_shows_both_values_of_a_stale_answer_and_lets_the_person_decide(recording: Recording) -> None:
    refused = {"code": "population_male", "row": None, "mine": "10", "theirs": "3150", "seq": 9, "by": "ผู้บันทึก ข"}
    recording.server.replies = [(200, {"saved": [], "refused": [refused | {"reason": "มีผู้แก้ไข"}]})]
    recording.fill("population_male", "10")

    conflict = recording.page.locator("#q-population_male .conflict")
    expect(conflict).to_contain_text("ผู้บันทึก ข")
    expect(conflict).to_contain_text("ของฉัน: 10")
    expect(conflict).to_contain_text("ของผู้บันทึก ข: 3,150")
    conflict.get_by_role("button", name="ใช้ของฉัน").click()
    expect(recording.page.locator("#q-population_male")).to_have_attribute("data-seq", "10")
    assert recording.server.changes[-1] == {"op": "set", "code": "population_male", "value": "10", "seq": 9}


def test_takes_their_value_without_sending_anything(recording: Recording) -> None:
    refused = {"code": "population_male", "row": None, "mine": "10", "theirs": "3150", "seq": 9, "reason": "มีผู้แก้ไข"}
    recording.server.replies = [(200, {"saved": [], "refused": [refused]})]
    recording.fill("population_male", "10")
    recording.page.get_by_role("button", name="ใช้ของเขา").click()

    assert recording.page.locator("#a-population_male").input_value() == "3,150"
    assert len(recording.server.batches) == 1


def test_says_why_a_change_is_refused(recording: Recording) -> None:
    recording.server.replies = [
        (
            200,
            {
                "saved": [],
                "refused": [{"code": "population_male", "row": None, "mine": "1", "reason": "ข้อนี้ระบบคำนวณให้"}],
            },
        )
    ]
    recording.fill("population_male", "1")

    expect(recording.page.locator("#q-population_male")).to_contain_text("ไม่ได้บันทึก: ข้อนี้ระบบคำนวณให้")


def test_stops_on_a_locked_sheet_and_says_why(recording: Recording) -> None:
    recording.server.replies = [(409, {"reason": "ด้านนี้ส่งตรวจแล้ว แก้ไขไม่ได้"})]
    recording.fill("population_male", "1")

    expect(recording.page.get_by_role("alert")).to_contain_text("ด้านนี้ส่งตรวจแล้ว แก้ไขไม่ได้")
    expect(recording.page.locator("#a-population_female")).to_be_disabled()
    expect(recording.page.locator("[data-record-status]")).to_have_text("ยังไม่ได้ส่ง 1 ข้อ")


def test_keeps_answers_when_the_session_is_gone(recording: Recording) -> None:
    recording.server.replies = [(401, {})]
    recording.fill("population_male", "1")

    expect(recording.page.get_by_role("alert")).to_contain_text("หมดเวลาใช้งาน ข้อมูลที่กรอกเก็บไว้ในเครื่องนี้แล้ว")
    recording.page.get_by_role("button", name="เข้าสู่ระบบแล้ว ส่งอีกครั้ง").click()
    recording.wait_saved()


def test_paints_a_finding_beside_its_question_with_the_value_that_would_do(recording: Recording) -> None:
    message = "ต้องเท่ากับชาย + หญิง = 6,325 คน"
    recording.server.judged = {"findings": [finding("population_total", message, suggestion="6325")]}
    recording.fill("population_female", "3225")

    question = recording.page.locator("#q-population_total")
    expect(question.locator(".finding")).to_contain_text(message)
    expect(recording.page.locator("#a-population_total")).to_have_attribute("aria-invalid", "true")
    recording.server.judged = {}
    question.get_by_role("button", name="ใช้ 6,325").click()
    expect(question.locator(".finding")).to_have_count(0)
    assert recording.server.changes[-1]["value"] == "6325"


def test_jumps_from_the_summary_to_the_question(recording: Recording) -> None:
    recording.server.judged = {"findings": [finding("village_no", "เลขหมู่ซ้ำ", row=2, row_id=ROWS[1])]}
    recording.fill("population_female", "3225")
    recording.page.get_by_role("button", name=re.compile("หมู่ที่ แถวที่ 2")).click()

    expect(recording.page.locator(f'tr[data-row="{ROWS[1]}"] input').first).to_be_focused()


def test_keeps_the_reason_why_a_doubtful_answer_is_right(recording: Recording) -> None:
    recording.server.judged = {"findings": [finding("population_male", "ต่างจากปีก่อนมาก", "warning")]}
    recording.fill("population_male", "9000")
    note = recording.page.get_by_label("ถ้าถูกต้องแล้ว เหตุผล")
    note.fill("รับโอนหมู่บ้าน")
    note.blur()
    expect(recording.page.locator("#q-population_male")).to_have_attribute("data-note", "รับโอนหมู่บ้าน")
    recording.wait_saved()

    assert recording.server.changes[-1] == {"op": "note", "code": "population_male", "note": "รับโอนหมู่บ้าน", "was": ""}


def test_hides_what_is_not_relevant_and_shows_what_is_computed(recording: Recording) -> None:
    asked = [code for code in recording.server.standing()["visible"] if code != "ems_vehicle_count"]
    recording.server.judged = {"visible": asked, "computed": {"density": "506"}}
    recording.page.locator("#a-ems_service").select_option("no")
    recording.wait_saved()

    expect(recording.page.locator("#q-ems_vehicle_count")).to_be_hidden()
    expect(recording.page.locator("#q-density")).to_contain_text("506")


def test_shows_at_once_how_the_sheet_stands(recording: Recording) -> None:
    recording.server.judged = {"findings": [finding("population_total", "ต้องเท่ากับชาย + หญิง")]}
    recording.open()

    expect(recording.page.locator("#q-population_total .finding")).to_be_visible()


def test_moves_to_the_next_field_with_enter(recording: Recording) -> None:
    recording.page.locator("#a-population_male").press("Enter")

    expect(recording.page.locator("#q-population_male [data-missing]")).to_be_focused()


def test_moves_down_a_register_with_enter_and_adds_a_row_at_its_end(recording: Recording) -> None:
    first = recording.page.locator(f'tr[data-row="{ROWS[0]}"] input').first
    first.press("Enter")
    expect(recording.page.locator(f'tr[data-row="{ROWS[1]}"] input').first).to_be_focused()

    recording.page.keyboard.press("Enter")

    assert recording.page.locator("tr[data-row]").count() == 3
    recording.wait_saved()
    added = recording.server.changes[0]
    assert (added["op"], added["register"], added["after"]) == ("add", "village", ROWS[1])


def paste(recording: Recording, selector: str, text: str) -> None:
    """Paste a text into a control as the clipboard would."""
    recording.page.locator(selector).first.evaluate(
        """(control, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            control.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_fills_and_adds_rows_from_a_block_of_excel(recording: Recording) -> None:
    block = "1\tบ้านเหนือ\tหมู่บ้าน\r\n2\tบ้านใต้\tชุมชน\r\n๓\tบ้านกลาง\tvillage\r\n4\tบ้านนอก\tอำเภอ\r\n"
    paste(recording, f'tr[data-row="{ROWS[0]}"] input', block)
    recording.wait_saved()

    assert recording.page.locator("tr[data-row]").count() == 4
    sets = [change for change in recording.server.changes if change["op"] == "set"]
    assert [change["value"] for change in sets] == [
        *("1", "บ้านเหนือ", "village", "2", "บ้านใต้", "community", "3", "บ้านกลาง", "village", "4", "บ้านนอก")
    ]
    assert {change["register"] for change in sets} == {"village"}
    expect(recording.page.locator("tr[data-row]").nth(3)).to_contain_text("“อำเภอ” ไม่มีในรายการ")


def test_deletes_a_row_at_the_counter_that_it_has(recording: Recording) -> None:
    recording.page.locator(f'tr[data-row="{ROWS[0]}"] [data-delete-row]').click()
    recording.wait_saved()

    assert recording.server.changes == [{"op": "delete", "register": "village", "row": ROWS[0], "seq": 4}]
    expect(recording.page.locator("[data-row-count]")).to_have_text("1")


def test_never_sends_a_row_that_was_added_and_taken_back(recording: Recording) -> None:
    recording.hold_time()
    recording.server.is_reachable = False
    recording.fill("population_male", "1")
    recording.pass_time()
    recording.page.wait_for_selector('[data-record-status][data-standing="offline"]')
    recording.page.get_by_role("button", name="เพิ่มแถว").click()
    recording.page.locator("tr[data-row]").nth(2).locator("[data-delete-row]").click()
    recording.server.is_reachable = True
    recording.page.get_by_role("button", name="ส่งอีกครั้งเดี๋ยวนี้").click()
    recording.pass_time()
    recording.wait_saved()

    assert [change["op"] for change in recording.server.changes] == ["set"]


@pytest.mark.parametrize("width", [1366, 390])
def test_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(recording: Recording, width: int) -> None:
    recording.server.judged = {
        "findings": [
            finding("population_total", "ต้องเท่ากับชาย + หญิง", suggestion="6325"),
            finding("population_male", "ต่างจากปีก่อนมาก", "warning"),
            finding("village_no", "เลขหมู่ซ้ำ", row=2, row_id=ROWS[1]),
        ]
    }
    recording.page.set_viewport_size({"width": width, "height": 800})
    recording.open()

    found = Axe().run(recording.page)
    assert found.violations_count == 0, found.generate_report()
    assert recording.page.evaluate("document.documentElement.scrollWidth") <= width


def test_stays_quick_with_a_pasted_register_of_three_hundred_rows(recording: Recording) -> None:
    block = "\n".join(f"{number}\tบ้านที่ {number}\tหมู่บ้าน" for number in range(1, 301))
    paste(recording, f'tr[data-row="{ROWS[0]}"] input', block)
    recording.wait_saved()

    assert recording.page.locator("tr[data-row]").count() == 300
    assert len(recording.server.changes) == 298 + 900
    assert all(len(json.dumps(batch)) < 5_000_000 for batch in recording.server.batches)
