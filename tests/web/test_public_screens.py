"""Every page of the public site as old browsers, small screens, paper and the keyboard get it: no script, 320 px, A4, Tab.

One browser context for all pages. Thai alone, whose words are the longest to break; axe reads both languages elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.public_shown import HOST, PAGES, Shown, serve

pytestmark = pytest.mark.django_db

#: WCAG 2.2 1.4.10: 1,280 px enlarged to 400 %; and a small laptop enlarged to 200 %.
ENLARGED = ((320, 256), (683, 384))
#: What A4 leaves between its margins, in CSS px (96 to the inch): 210 mm less twice 14 mm.
PAPER_WIDTH = 688
#: Steps of the keyboard on each page: over the skip link and the band of tools into the page.
STEPS = 12
#: The longest page of each sort, with the small register of these tests, and the sheets of A4 that it may take.
SHEETS = {"/": 8, "/units/6250101/": 4, "/domains/1/": 2, "/travel/": 4, "/site-map/": 3, "/about/privacy/": 2}

#: What stands out of the page, or is cut off in a box that cannot be scrolled by the keyboard.
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > wide) found.push(`page ${document.documentElement.scrollWidth} > ${wide}`);
  for (const one of document.querySelectorAll("main *, footer *, header *")) {
    const style = getComputedStyle(one);
    if (["auto", "scroll"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1
        && one.tabIndex < 0 && !one.querySelector("a[href], button, input, summary"))
      found.push(`no keyboard: ${one.outerHTML.slice(0, 80)}`);
  }
  return found;
}"""

#: What without script would do nothing, or never be seen.
DEAD = """() => [...document.querySelectorAll("a, button, form, [data-gallery] [data-picture]")].filter(one => {
  const seen = one.checkVisibility();
  if (one.matches("a")) return seen && (!one.getAttribute("href") || /^(#|javascript:)$/.test(one.getAttribute("href")));
  if (one.matches("button")) return seen && (one.type === "button" || (one.type === "submit" && !one.form));
  if (one.matches("form")) return !one.querySelector("button[type=submit], input[type=submit], input[type=image]");
  return !seen;
}).map(one => one.outerHTML.slice(0, 120))"""

#: What of the screen is left on paper, and what paper would cut.
ON_PAPER = """() => {
  const gone = ".site-top, .site-nav, .site-menu-button, .skip-link, form:not([method=post]), .no-print, .crumbs";
  const left = [...document.querySelectorAll(gone)]
    .filter(one => one.checkVisibility() && !one.querySelector("input:checked, option:checked"));
  const cut = [...document.querySelectorAll("main *")].filter(one => getComputedStyle(one).overflowX !== "visible"
    && one.scrollWidth > one.clientWidth + 1 && !one.closest("svg, .sr-only"));
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["too wide"] : [];
  const named = (word, ones) => ones.map(one => `${word}: ${one.outerHTML.slice(0, 80)}`);
  return [...wide, ...named("left", left), ...named("cut", cut)];
}"""

#: Where the keyboard stands, and whether a reader sees it.
FOCUS = """() => {
  const one = document.activeElement, shown = one.matches("input.sr-only") ? one.nextElementSibling : one;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return outlined && inside ? "" : `${outlined ? "outside" : "no outline"}: ${one.outerHTML.slice(0, 100)}`;
}"""


@pytest.fixture
def paths(shown: Shown) -> list[str]:
    """The page of each address, and the one of an address that there is not."""
    return [*(shown.path(address, "th") for address in PAGES), "/no-such-page/"]


@pytest.fixture
def plain(chromium: Browser, paths: list[str]) -> Iterator[Page]:
    """A browser that runs no script."""
    context = chromium.new_context(java_script_enabled=False, reduced_motion="reduce")
    serve(context, paths)
    yield context.new_page()
    context.close()


def test_without_script_on_small_screens_and_on_paper_nothing_is_lost(plain: Page, paths: list[str]) -> None:
    wrong: list[str] = []
    for path in paths:
        plain.goto(f"{HOST}{path}")
        found = [f"dead: {one}" for one in plain.evaluate(DEAD)]
        for width, height in ENLARGED:
            plain.set_viewport_size({"width": width, "height": height})
            found += [f"{width}: {one}" for one in plain.evaluate(STICKING_OUT)]
        plain.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
        plain.emulate_media(media="print")
        found += [f"paper: {one}" for one in plain.evaluate(ON_PAPER)]
        plain.emulate_media(media="screen")
        wrong += [f"{path} {one}" for one in found]

    assert not wrong, "\n".join(wrong)


def test_details_open_without_script(plain: Page) -> None:
    plain.set_viewport_size({"width": 1366, "height": 768})
    plain.goto(f"{HOST}/")
    inner = plain.locator(".site-nav details ul").first

    assert not inner.is_visible()
    plain.locator(".site-nav summary").first.press("Enter")
    assert inner.is_visible()


def test_on_a_telephone_the_menu_opens_without_script(plain: Page) -> None:
    plain.set_viewport_size({"width": 390, "height": 844})
    plain.goto(f"{HOST}/")
    navigation = plain.locator(".site-nav")

    assert not navigation.is_visible()
    plain.locator("#site-menu-open").press("Space")
    assert navigation.is_visible()


def test_pages_print_on_few_sheets_with_their_letters(plain: Page) -> None:
    many: dict[str, int] = {}
    for path, most in SHEETS.items():
        plain.goto(f"{HOST}{path}")
        sheets = plain.pdf(prefer_css_page_size=True)
        assert b"Sarabun" in sheets, path
        count = len(re.findall(rb"/Type\s*/Page\b", sheets))
        if not 1 <= count <= most:
            many[path] = count

    assert many == {}


def test_the_keyboard_is_seen_at_every_step(chromium: Browser, paths: list[str]) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    serve(context, paths)
    page = context.new_page()
    wrong: list[str] = []
    for path in paths:
        page.goto(f"{HOST}{path}")
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.getAttribute('href')")
        found = [] if first == "#content" else [f"first: {first}"]
        for _step in range(STEPS):
            if lost := page.evaluate(FOCUS):
                found.append(lost)
            page.keyboard.press("Tab")
        wrong += [f"{path} {one}" for one in found]
    context.close()

    assert not wrong, "\n".join(wrong)
