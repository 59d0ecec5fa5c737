"""A recorder enters a place with its pictures and its point on the map, on a desktop and on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Window
from tests.publishing.making import jpeg

pytestmark = pytest.mark.browser
Open = Callable[..., Window]


def file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_place_is_entered_and_looked_at(window: Open, size: tuple[int, int]) -> None:
    me = window("recorder1", size=size)
    page, title = me.page, f"จุดชมวิวทดสอบ {size[0]}"
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    me.go("/publishing/places/add/")
    page.get_by_label("ประเภทสถานที่สำคัญ").select_option("NATURE")
    page.get_by_label("ชื่อสถานที่สำคัญ").fill(title)
    page.locator("#id_phone").fill("0-2555-0100")
    page.locator("#id_files").set_input_files([file("a.jpg", jpeg("teal")), file("b.jpg", jpeg("navy", (600, 800)))])
    page.get_by_role("button", name="แนบรูปที่เลือก").click()
    expect(page.locator(".item-pictures li")).to_have_count(2)
    page.locator(".item-pictures li").nth(1).get_by_role("button", name="เลื่อนขึ้น").click()
    expect(page.locator(".item-pictures img").first).to_have_attribute("height", "640")
    for box in page.locator(".item-pictures input[type=text]").all():
        box.fill("ภาพทดสอบ")

    map = page.locator("[data-pick-point] svg")
    map.click(position={"x": 150, "y": 150})
    clicked = page.locator("#id_latitude").input_value()
    map.press("ArrowDown")
    moved = page.locator("#id_latitude").input_value()
    form = (me.axe(), page.evaluate("document.documentElement.scrollWidth"))
    page.get_by_role("button", name="บันทึกข้อมูล").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    detail = (me.axe(), page.evaluate("document.documentElement.scrollWidth"))
    shown = page.get_by_text(f"{float(moved):.6f}".rstrip("0"))
    expect(shown).to_be_visible()
    me.go("/publishing/places/")

    assert float(moved) < float(clicked)
    for rules, width in (form, detail, (me.axe(), page.evaluate("document.documentElement.scrollWidth"))):
        assert rules == ""
        assert width <= size[0]
    assert errors == []
