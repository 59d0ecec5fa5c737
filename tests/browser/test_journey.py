"""The yearly act whole: from handing down accounts to the fifth point, by pages alone, on the register of the country."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import clean_changes
from tests.browser.journey import HandedDown, Installation, Traveller, installation, read_handover, traveller

__all__ = ["installation", "traveller"]
pytestmark = pytest.mark.browser
Make = Callable[..., Traveller]

YEAR = 2570
DOMAINS = range(1, 9)
#: What the recorder types himself, so that the rest leaves it out.
BY_HAND = {"population_male", "population_female", "population_total", "area_km2", "personnel_cost_percent"}


@dataclass(frozen=True)
class Crew:
    """Everybody who takes part, each in a browser of his own."""

    unit: str
    recorder: Traveller
    verifier: Traveller
    executive: Traveller
    certifier: Traveller
    strangers: tuple[Traveller, ...]

    def page(self, rest: str = "") -> str:
        """An address of the unit's filing."""
        return f"/filings/{YEAR}/{self.unit}/{rest}"


def test_a_unit_goes_from_its_first_sign_in_to_five_points(installation: Installation, traveller: Make) -> None:
    crew = assemble(installation, traveller)
    record_by_hand(crew)
    record_the_rest(crew)
    submit(crew, *DOMAINS)
    return_and_mend(crew, 3)
    verify(crew, *DOMAINS)
    assert score_of(crew.recorder, crew.unit) == "1"

    certify(crew.executive, f"/certification/{YEAR}/{crew.unit}/", "certified-by-unit")
    assert score_of(crew.executive, crew.unit) == "3"

    certify(crew.certifier, f"/certification/{YEAR}/{crew.unit}/province/", "certified-by-province")
    assert score_of(crew.certifier, crew.unit) == "5"
    crew.certifier.picture("score")

    printed = installation.command(
        "score_indicator7", "--fiscal-year", str(YEAR), "--organisation", crew.unit, "--json"
    )
    assert [(line["organisation"], line["score"]) for line in json.loads(printed)] == [(crew.unit, 5)]
    is_locked_and_remembered(crew)
    is_not_there_for_strangers(crew)


# --- people ----------------------------------------------------------------------------------------------------------


def assemble(installation: Installation, traveller: Make) -> Crew:
    """Accounts from the operator down to the recorder, each given on a page and taken up with a one-time code."""
    operator = traveller()
    operator.come_in("operator.one", _printed_code(installation))
    ours, theirs = hand_down(operator, "25"), hand_down(operator, "27")
    places = [line for line in ours if line.name.startswith(("องค์การบริหารส่วนตำบล", "อบต."))]
    unit, neighbour = places[-1], places[-2]
    certifier = traveller()
    if installation.is_real:
        certifier.come_in("certifier.one", seat_certifier(operator))
    else:
        certifier.sign_in("certifier")  # a demonstration has one already
    province = traveller()
    come_in(province, next(line for line in ours if line.username == "p25"))
    sees_the_whole_province(province, installation)
    executive = traveller()
    executive.come_in("mayor.one", seat_executive(province, unit.organisation))
    administrator = traveller()
    come_in(administrator, unit)
    recorder, verifier = traveller(), traveller()
    recorder.come_in("recorder.one", make_person(administrator, "recorder.one", "บันทึกทุกด้าน"))
    verifier.come_in("verifier.one", make_person(administrator, "verifier.one", "ตรวจสอบทุกด้าน"))
    strangers = (traveller(), traveller())
    come_in(strangers[0], neighbour)
    come_in(strangers[1], next(line for line in theirs if line.username == "p27"))
    return Crew(unit.organisation, recorder, verifier, executive, certifier, strangers)


def _printed_code(installation: Installation) -> str:
    printed = installation.command("create_operator", "operator.one")
    found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", printed)
    assert found is not None
    return found.group()


def come_in(someone: Traveller, line: HandedDown) -> None:
    """First sign-in of a handed-down account."""
    someone.come_in(line.username, line.code)
    expect(someone.page.locator("body")).to_contain_text("ผู้ใช้ระบบ:")


def hand_down(operator: Traveller, province: str) -> list[HandedDown]:
    """The accounts of a province, from the workbook that leaves the system once."""
    operator.go(f"/accounts/issue/{province}/")
    with operator.page.expect_download() as download:
        operator.press("ดาวน์โหลดแฟ้มบัญชี")
    return read_handover(download.value.path())


def seat_certifier(operator: Traveller) -> str:
    """The Department seats ท้องถิ่นจังหวัด as the province's certifier."""
    page = operator.go("/accounts/officers/new/")
    page.locator("[name=office]").select_option(
        label=page.locator("[name=office] option", has_text="ปราจีนบุรี").filter(has_text="จังหวัด").first.inner_text()
    )
    page.locator("[name=role]").select_option("PROVINCE_CERTIFIER")
    page.locator("[name=display_name]").fill("ผู้รับรองจังหวัด ตัวอย่าง")
    page.locator("[name=username]").fill("certifier.one")
    page.locator("[name=position_title]").fill("ท้องถิ่นจังหวัด")
    page.locator("[name=order_number]").fill("คำสั่งกรม ที่ 1/2570")
    operator.press("สร้างบัญชีและแต่งตั้ง")
    return operator.code_shown()


def seat_executive(province: Traveller, unit: str) -> str:
    """The province seats the mayor by an order."""
    page = province.go(f"/accounts/executives/{unit}/")
    page.locator("[name=person]").select_option(label="สร้างบัญชีใหม่ (กรอกสองช่องถัดไป)")
    page.locator("[name=display_name]").fill("ผู้บริหาร ตัวอย่าง")
    page.locator("[name=username]").fill("mayor.one")
    page.locator("[name=position_title]").fill("นายกองค์การบริหารส่วนตำบล")
    page.locator("[name=order_number]").fill("คำสั่งจังหวัด ที่ 2/2570")
    page.locator("[name=first_day]").fill("๑ ต.ค. ๒๕๖๙")
    province.press("แต่งตั้ง")
    return province.code_shown()


def make_person(administrator: Traveller, username: str, right: str) -> str:
    """The unit's administrator makes an account and gives it a right over all domains."""
    page = administrator.go("/accounts/people/new/")
    page.locator("[name=display_name]").fill(f"{username} ตัวอย่าง")
    page.locator("[name=username]").fill(username)
    page.locator("main form button[type=submit]").first.click()
    code = administrator.code_shown()
    page.get_by_role("link", name="ไปที่หน้าบัญชีนี้").click()
    page.get_by_label(right, exact=True).check()
    administrator.press("บันทึกสิทธิ")
    expect(page.get_by_label(right, exact=True)).to_be_checked()
    return code


def sees_the_whole_province(province: Traveller, installation: Installation) -> None:
    """Prachin Buri has 70 units in the real register."""
    page = province.go(f"/monitoring/units/?fiscal_year={YEAR}")
    if installation.is_real:
        expect(page.locator("main")).to_contain_text("จาก 70")
    province.picture("monitoring-units")


# --- recording -------------------------------------------------------------------------------------------------------


def record_by_hand(crew: Crew) -> None:
    """Domain 6 as a person records it: Thai digits, a wrong sum, no data with a reason, a warning's reason, a row."""
    me = crew.recorder
    rest, village = _without_last_village(_changes(crew, 6))
    answers = {one["code"]: one["value"] for one in rest if one["op"] == "set" and "row" not in one}
    me.go(crew.page("6/"))
    assert me.send(crew.page("6/answers/"), [one for one in rest if one.get("code") not in BY_HAND])["receipt"]
    page = me.go(crew.page("6/"))

    male, female = answers["population_male"], answers["population_female"]
    in_thai_digits = f"{male:,}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    for code, typed in (("male", in_thai_digits), ("female", str(female)), ("total", str(male + female + 325))):
        page.locator(f"#a-population_{code}").fill(typed)
        page.keyboard.press("Enter")
    expect(page.locator("#a-population_male")).to_have_value(f"{male:,}")
    total = page.locator("#q-population_total")
    expect(total.locator(".finding")).to_contain_text("ต้องเท่ากับประชากรชาย + หญิง")
    me.picture("wrong-sum")
    total.get_by_role("button", name=f"ใช้ {male + female:,}").click()
    expect(total.locator(".finding")).to_have_count(0)

    page.locator("#q-area_km2 [data-missing]").select_option("NO_DATA")
    page.locator("#q-area_km2 [data-reason]").fill("รอผลรังวัดแนวเขต")
    page.keyboard.press("Tab")
    page.locator("#a-personnel_cost_percent").fill("41.5")
    page.keyboard.press("Tab")
    cost = page.locator("#q-personnel_cost_percent")
    expect(cost.locator(".finding")).to_contain_text("เกินร้อยละ 40")
    cost.locator("[data-note-input]").fill("รับโอนบุคลากรถ่ายโอนระหว่างปี")
    page.keyboard.press("Tab")
    me.wait_saved()
    _type_village(me, village)
    me.wait_saved()
    page.reload()
    expect(page.locator("#q-area_km2 [data-reason]")).to_have_value("รอผลรังวัดแนวเขต")
    expect(page.locator('[data-register="village"] tr[data-row]').last).to_contain_text(village["village_name"])
    me.picture("recorded-by-hand")


def _changes(crew: Crew, number: int) -> list[dict[str, Any]]:
    return clean_changes(crew.recorder.site.form, f"domain_{number}", YEAR)


def _without_last_village(changes: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The batch without the register's last row, and that row's answers."""
    last = [one["row"] for one in changes if one["op"] == "add" and one["register"] == "village"][-1]
    row = {one["code"]: one["value"] for one in changes if one.get("row") == last and one["op"] == "set"}
    return [one for one in changes if one.get("row") != last], row


def _type_village(me: Traveller, village: dict[str, Any]) -> None:
    table = me.page.locator('[data-register="village"]')
    table.locator("[data-add-row]").click()
    row = table.locator("tr[data-row]").last
    for code, value in village.items():
        cell = row.locator(f'[data-question="{code}"]')
        if not cell.locator("input, select").count():
            cell.click()
        if cell.locator("select").count():
            cell.locator("select").select_option(str(value))
        else:
            cell.locator("input").first.fill(str(value))
        me.page.keyboard.press("Tab")


def record_the_rest(crew: Crew) -> None:
    """The other domains, as the recording page sends them."""
    for number in DOMAINS:
        if number != 6:
            crew.recorder.go(crew.page(f"{number}/"))
            assert crew.recorder.send(crew.page(f"{number}/answers/"), _changes(crew, number))["refused"] == []
    crew.recorder.go(crew.page())
    crew.recorder.picture("all-recorded")


# --- submitting, verifying, certifying -------------------------------------------------------------------------------


def submit(crew: Crew, *numbers: int) -> None:
    """Hand domains to the verifier; a domain with unexplained warnings wants one reason."""
    for number in numbers:
        page = crew.recorder.go(crew.page(f"{number}/"))
        page.locator("a[data-submit-step][href]").click()
        if page.locator("#id_note").count():
            page.locator("#id_note").fill("ตรวจกับเอกสารต้นเรื่องแล้ว")
        crew.recorder.press("ส่งให้ผู้ตรวจสอบ")
        expect(page.locator(f"#domain-{number}")).to_contain_text("ส่งตรวจแล้ว")


def return_and_mend(crew: Crew, number: int) -> None:
    """The verifier sends a domain back with a reason; the recorder reads it, mends and hands it in again."""
    page = crew.verifier.go(crew.page(f"{number}/"))
    page.get_by_role("link", name="ส่งกลับให้แก้ไข").click()
    page.get_by_label("เหตุผล").fill("จำนวนประปาหัวแดงไม่ตรงทะเบียน")
    crew.verifier.press("ส่งกลับให้แก้ไข")

    page = crew.recorder.go(crew.page(f"{number}/"))
    expect(page.get_by_text("จำนวนประปาหัวแดงไม่ตรงทะเบียน")).to_be_visible()
    crew.recorder.picture("returned")
    page.locator("#a-hydrant_count").fill("21")
    page.keyboard.press("Tab")
    crew.recorder.wait_saved()
    submit(crew, number)


def verify(crew: Crew, *numbers: int) -> None:
    """The verifier finds domains right."""
    for number in numbers:
        page = crew.verifier.go(crew.page(f"{number}/"))
        page.get_by_role("link", name="ตรวจสอบแล้ว ถูกต้อง").click()
        crew.verifier.press("ตรวจสอบแล้ว ถูกต้อง")
        expect(page.locator(f"#domain-{number}")).to_contain_text("ตรวจสอบแล้ว")


def certify(certifier: Traveller, path: str, picture: str) -> None:
    """One signature under the declaration."""
    page = certifier.go(path)
    certifier.picture(f"{picture}-before")
    page.locator("[name=declared]").check()
    certifier.press("ลงนามรับรอง")
    page.wait_for_url(re.compile("/signatures/"))
    certifier.picture(picture)


def score_of(someone: Traveller, unit: str) -> str:
    """The marks on the unit's score page."""
    page = someone.go(f"/scores/{YEAR}/{unit}/")
    return page.locator("[data-marks]").get_attribute("data-marks") or ""


def is_locked_and_remembered(crew: Crew) -> None:
    """No box is left to type in, and the timeline tells every step."""
    page = crew.recorder.go(crew.page("6/"))
    assert page.locator("form[data-record], main input.control, main select.control").count() == 0
    crew.recorder.picture("locked")

    page = crew.recorder.go(crew.page("timeline/"))
    told = page.locator("main")
    for step in ("ส่งให้ผู้ตรวจสอบ", "ส่งกลับให้แก้ไข", "ตรวจสอบแล้ว", "รับรอง"):
        expect(told).to_contain_text(step)
    crew.recorder.picture("timeline")


def is_not_there_for_strangers(crew: Crew) -> None:
    """The neighbour's administrator and the next province's officer find no page of the unit."""
    for stranger in crew.strangers:
        for path in (
            crew.page(),
            crew.page("6/"),
            crew.page("timeline/"),
            crew.page("6/steps/submit/"),
            f"/certification/{YEAR}/{crew.unit}/",
            f"/certification/{YEAR}/{crew.unit}/province/",
            f"/scores/{YEAR}/{crew.unit}/",
            f"/register/{crew.unit}/",
        ):
            assert (path, stranger.status(path)) == (path, 404)
