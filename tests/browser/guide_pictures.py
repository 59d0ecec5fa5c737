"""The walk that makes the pictures of the guides: one table, walked by a test and by hand.

`python -m tests.browser.guide_pictures http://127.0.0.1:8000 PASSWORD`, with the password of the demo accounts, takes them
anew from a running demonstration into docs/images/guides, with its season in them.
"""

from __future__ import annotations

import base64
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images" / "guides"
SIZE = {"width": 1180, "height": 720}
_UNIT = "9250103"
_YEAR = 2570
#: Turns a PNG into WebP, which is a third of its size: no program beside the browser is needed for it.
_TO_WEBP = """async (png) => {
    const image = new Image();
    image.src = "data:image/png;base64," + png;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.65).split(",")[1];
}"""


@dataclass(frozen=True)
class Picture:
    """Whose screen it is (empty: nobody's), its address, and what must be on it."""

    who: str
    path: str
    shows: str


PICTURES: dict[str, Picture] = {
    "sign-in": Picture("", "/accounts/login/", "เข้าสู่ระบบ (LOG IN)"),
    "home": Picture("recorder1", "/home/", "งานของฉัน"),
    "filing": Picture("recorder1", f"/filings/{_YEAR}/{_UNIT}/", "ด้านที่ 8"),
    "recorder": Picture("recorder1", f"/filings/{_YEAR}/{_UNIT}/6/", "ประชากร"),
    "verifier": Picture("verifier", f"/filings/{_YEAR}/{_UNIT}/2/", "ด้านที่ 2"),
    "executive": Picture("executive", f"/certification/{_YEAR}/{_UNIT}/", "รับรอง"),
    "unit-administrator": Picture("admin", "/accounts/people/", "ผู้ใช้และสิทธิ"),
    "district": Picture("district", f"/monitoring/units/?fiscal_year={_YEAR}", "สถานะ"),
    "province": Picture("province", f"/monitoring/?fiscal_year={_YEAR}", "สถานะการบันทึกข้อมูล"),
    "certifier": Picture("certifier", "/certification/queue/", "รับรอง"),
    "department": Picture("department", "/rounds/", "เปิดปีงบประมาณ"),
    "download": Picture("department", "/downloads/", "คู่มือการใช้งาน INFO"),
}


def walk(browser: Browser, url: str, password: str, folder: Path) -> list[str]:
    """Take every picture of the table; returns what was not on its screen, a line each."""
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    painter = browser.new_page()
    for who in dict.fromkeys(picture.who for picture in PICTURES.values()):
        context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        page = context.new_page()
        if who:
            _sign_in(page, url, who, password)
        for name, picture in PICTURES.items():
            if picture.who != who:
                continue
            page.goto(url + picture.path, wait_until="networkidle")
            if picture.shows not in page.locator("main").inner_text():
                faults.append(f"{name}: no {picture.shows!r} at {picture.path}")
            png = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
            (folder / f"{name}.webp").write_bytes(base64.b64decode(painter.evaluate(_TO_WEBP, png)))
        context.close()
    painter.close()
    return faults


def _sign_in(page: Page, url: str, who: str, password: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)


def main() -> int:
    """0 = every picture was taken; 1 = something was not on its screen."""
    with sync_playwright() as playwright:
        path = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        faults = walk(browser, sys.argv[1].rstrip("/"), sys.argv[2], FOLDER)
        browser.close()
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
