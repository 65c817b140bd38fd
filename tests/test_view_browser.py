"""The viewer's pages in a browser: `pytest -m browser tests/test_view_browser.py`.

This needs the extra `browser` and an installed Chromium, whose path is in CHROMIUM if it is not /usr/bin/chromium. It
takes a minute, so it is no part of an ordinary run, and is skipped where either is missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parser import page_source, parse, parse_records, view
from parser.writers.view import Viewed, page
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# A browser of its own accord asks for updates; these keep it quiet. In a container it has no sandbox of its own.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

HOSTILE = "Trial of </script><script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
ASTRAL = "Title\n\nNCT ID: NCT00000001\n\nEligibility Criteria\n\nInclusion Criteria:\n\n* 😀😀 𝔸 age ≥ 18 years, men\n"

# Texts that are marked, by the name of the mark.
MARKED = "name => CSS.highlights.has(name) ? [...CSS.highlights.get(name)].map(String) : []"
# The middle of what a range of a mark shows.
MIDDLE = """([line, from, to]) => {
  const range = new Range(), text = document.querySelectorAll('.line')[line].firstChild;
  range.setStart(text, from); range.setEnd(text, to);
  const box = range.getClientRects()[0];
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
# Whether what is marked can be seen in the pane of the source.
MARK_IS_SEEN = """() => {
  const box = [...CSS.highlights.get('on')][0].getBoundingClientRect();
  const pane = document.querySelector('.source').getBoundingClientRect();
  return box.height > 0 && box.top >= pane.top && box.bottom <= pane.bottom;
}"""

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[browser]'")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no browser at {CHROMIUM}: install Chromium, or give its path in CHROMIUM")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page of HTML; at the end nothing may have been asked of a network or said on the console."""
    contexts, asked, messages = [], [], []

    def opened(html: str, *, script: str = "", **options: Any) -> Page:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1300, "height": 800}, **options})
        contexts.append(context)
        shown = context.new_page()
        if script:
            shown.add_init_script(script)
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda message: messages.append(message.text))
        shown.on("pageerror", lambda error: messages.append(str(error)))
        shown.goto(file.as_uri())
        return shown

    yield opened
    for context in contexts:
        context.close()
    assert {url.partition("#")[0] for url in asked} <= {(tmp_path / "page.html").as_uri()}
    assert messages == []


@pytest.fixture(scope="module")
def sample_html() -> str:
    source = page_source((ROOT / "samples" / "NCT03562065.txt").read_bytes())
    return view(parse(source.text), source.text)


def of(text: str) -> str:
    return view(parse(text), text)


def chip(shown: Page, words: str) -> Locator:
    return shown.locator(".criteria .chip", has_text=words).first


# --- One side shows the other --------------------------------------------------------------------------------------


def test_hovering_a_value_marks_where_it_was_read_and_what_is_around_it(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    chip(shown, "neutropenia").hover()
    shown.wait_for_function("() => CSS.highlights.has('on')")
    assert shown.evaluate(MARKED, "on") == ["\\<0.5.109/L"]
    (around,) = shown.evaluate(MARKED, "around")
    assert around.startswith("Bone marrow failure")
    shown.locator("h1").hover()
    shown.wait_for_function("() => !CSS.highlights.has('on')")


def test_hovering_the_source_marks_the_value_that_was_read_there(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.mouse.move(*shown.evaluate(MIDDLE, [2, 8, 19]))
    shown.wait_for_selector(".fields .on")
    # The id of ClinicalTrials.gov is the record's id in its register, too.
    assert shown.locator(".fields .on").all_inner_texts() == ["NCT03562065"] * 2
    # What no value was read from marks nothing.
    shown.mouse.move(*shown.evaluate(MIDDLE, [2, 0, 3]))
    shown.wait_for_selector(".fields .on", state="detached")


def test_of_overlapping_places_the_innermost_is_meant(show: Open) -> None:
    shown = show(of(ASTRAL))
    line = shown.locator(".line", has_text="men").evaluate(
        "line => [...document.querySelectorAll('.line')].indexOf(line)"
    )
    text = "* 😀😀 𝔸 age ≥ 18 years, men".encode("utf-16-le")
    at = text.index("≥".encode("utf-16-le")) // 2
    shown.mouse.move(*shown.evaluate(MIDDLE, [line, at, at + 4]))
    shown.wait_for_selector(".chip.on")
    assert shown.evaluate(MARKED, "on") == ["≥ 18 years"]
    assert shown.evaluate(MARKED, "around") == ["😀😀 𝔸 age ≥ 18 years, men"]
    assert shown.locator(".fields .around").all_inner_texts() == ["😀😀 𝔸 age ≥ 18 years, men"]


def test_a_click_goes_to_the_other_side_and_stays(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    chip(shown, "neutropenia").click()
    assert shown.evaluate(MARK_IS_SEEN)
    shown.locator(".bar .name").hover()
    assert shown.evaluate(MARKED, "on") == ["\\<0.5.109/L"]
    shown.keyboard.press("Escape")
    assert shown.evaluate(MARKED, "on") == []
    for pane in (".fields", ".source"):
        shown.locator(pane).evaluate("pane => pane.scrollTop = 0")
    shown.evaluate("() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))")
    shown.mouse.click(*shown.evaluate(MIDDLE, [8, 0, 15]))
    value = shown.locator(".fields .on").first
    assert value.is_visible() and value.inner_text() == "no"
    assert shown.evaluate("() => document.activeElement.classList.contains('on')")


def test_focus_shows_as_hovering_does(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.locator(".fields dd [data-at]").first.focus()
    assert shown.evaluate(MARKED, "on") == ["NCT03562065"]


def test_places_in_lines_with_unseen_characters(show: Open) -> None:
    shown = show(
        of("Title\n\nNCT ID: NCT00000001\n\nEligibility Criteria\n\n* \u202e\u202c\U000e0041 age ≥ 18 years\n")
    )
    chip(shown, "18").hover()
    shown.wait_for_function("() => CSS.highlights.has('on')")
    assert shown.evaluate(MARKED, "on") == ["≥ 18 years"]


# --- Search, folding, keys -------------------------------------------------------------------------------------------


def test_search_finds_on_both_sides_and_goes_from_one_to_the_next(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.keyboard.press("/")
    shown.keyboard.type("RITUXIMAB (anti-")
    output = shown.locator("#found")
    shown.wait_for_function("() => document.getElementById('found').textContent")
    assert output.inner_text() == "5 found"
    assert set(shown.evaluate(MARKED, "found")) == {"Rituximab (anti-"}
    shown.keyboard.press("Enter")
    assert output.inner_text() == "1 of 5 found"
    shown.keyboard.press("Shift+Enter")
    assert output.inner_text() == "5 of 5 found"
    shown.keyboard.press("Escape")
    assert output.inner_text() == "" and shown.evaluate(MARKED, "found") == []


def test_what_is_found_in_a_folded_section_is_unfolded(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.keyboard.press("c")
    assert not chip(shown, "neutropenia").is_visible()
    shown.locator("#search").fill("neutropenia")
    shown.wait_for_function("() => document.getElementById('found').textContent")
    shown.keyboard.press("Enter")
    assert shown.locator("details[open].section").count() == 1


def test_nothing_found_is_said(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.locator("#search").fill("\\d+(")
    shown.wait_for_function("() => document.getElementById('found').textContent")
    assert shown.locator("#found").inner_text() == "nothing found"


def test_sections_fold_one_by_one_and_all_at_once(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    value = shown.locator(".fields dd .value").first
    shown.locator(".section > summary").first.click()
    assert not value.is_visible()
    shown.locator('[data-action="fold"]').click()
    assert shown.locator("details[open].section").count() == 0
    shown.locator('[data-action="fold"]', has_text="Expand all").click()
    assert value.is_visible()


def test_keys_go_from_value_to_value_and_from_side_to_side(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.keyboard.press("j")
    assert shown.evaluate(MARKED, "on") == ["NCT03562065"]
    shown.keyboard.press("ArrowDown")
    assert shown.evaluate(MARKED, "on") == ["P150302"] and shown.evaluate(MARK_IS_SEEN)
    shown.keyboard.press("k")
    shown.keyboard.press("Enter")
    assert shown.evaluate("() => document.activeElement.classList.contains('source')")
    # On this side, values follow each other as they are printed.
    shown.keyboard.press("j")
    assert shown.evaluate(MARKED, "on") == ["2021-07-08"]
    shown.keyboard.press("Enter")
    assert shown.evaluate("() => document.activeElement.textContent") == "2021-07-08"


def test_only_one_value_is_a_stop_of_the_tab_key(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    assert shown.locator('.fields [data-at][tabindex="0"]').count() == 1


def test_problems_one_after_the_other(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.keyboard.press("n")
    assert "conditions-joined" in shown.locator(".problem.current").inner_text()
    shown.keyboard.press("n")
    assert "minimum age" in shown.locator(".problem.current").inner_text()
    shown.keyboard.press("p")
    assert shown.evaluate(MARKED, "on") == ["Lupus Erythematosus Stem Cell Transplant"]


def test_problems_are_marked_in_the_source(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    marked = shown.evaluate(MARKED, "problem")
    assert marked == [
        "Lupus Erythematosus Stem Cell Transplant",
        *["\\> 18 years and \\< 70 years"] * 2,
        "Presence of:",
    ]


def test_keys_work_after_a_button_was_pressed(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.locator('[data-action="problem"]').click()
    shown.keyboard.press("p")
    shown.keyboard.press("n")
    assert "conditions-joined" in shown.locator(".problem.current").inner_text()


def test_the_keys_are_reported(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.keyboard.press("?")
    assert shown.locator("dialog").is_visible()
    shown.get_by_text("Close").click()
    assert not shown.locator("dialog").is_visible()


# --- Hostile text ----------------------------------------------------------------------------------------------------


def test_markup_in_a_title_is_text(show: Open) -> None:
    study = {"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": HOSTILE}}}
    shown = show(view(parse(study)))
    assert shown.title() == "NCT00000001"
    assert shown.locator("h1").inner_text() == HOSTILE
    assert shown.locator("img").count() == 0


def test_the_policy_keeps_other_scripts_from_running(browser: Browser, sample_html: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(sample_html.replace("<main>", "<main><script>document.title = 'ran'</script>"), encoding="utf-8")
    with browser.new_context() as context:
        shown = context.new_page()
        refused: list[str] = []
        shown.on("console", lambda message: refused.append(message.text))
        shown.goto(file.as_uri())
        assert shown.title() == "NCT03562065"
        assert len(refused) == 1 and "Content Security Policy" in refused[0]


def test_controls_of_direction_do_not_turn_what_follows(show: Open) -> None:
    shown = show(of("Safe \u202etitle\n\nNCT ID: NCT00000001\n"))
    assert shown.locator(".source .unseen").first.evaluate("e => getComputedStyle(e, '::before').content") == '"U+202E"'


# --- Screens, paper, and browsers that lack something -----------------------------------------------------------------


def test_on_a_narrow_screen_the_sides_are_stacked(show: Open, sample_html: str) -> None:
    shown = show(sample_html, viewport={"width": 390, "height": 800})
    above, below = (shown.locator(pane).bounding_box() for pane in (".source", ".fields"))
    assert above and below and above["y"] + above["height"] <= below["y"] + 1
    assert shown.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    chip(shown, "neutropenia").click()
    assert shown.evaluate(MARK_IS_SEEN)


# Relative luminance and contrast, WCAG 2.2.
CONTRAST = """selector => {
  const color = (element, key) => {
    for (let up = element; up; up = up.parentElement) {
      const parts = getComputedStyle(up)[key].match(/[\\d.]+/g).map(Number);
      if (parts.length < 4 || parts[3] > 0) return parts;
    }
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const element = document.querySelector(selector);
  const [a, b] = [light(color(element, 'color')), light(color(element, 'backgroundColor'))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_can_be_read(scheme: str, show: Open, sample_html: str) -> None:
    shown = show(sample_html, color_scheme=scheme)
    dark = shown.evaluate("() => getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    for selector in (
        ".value",
        "dt",
        "h2",
        ".source .line",
        ".chip .bounds",
        ".chip.time .bounds",
        ".flag",
        ".problem code",
    ):
        assert shown.evaluate(CONTRAST, selector) >= 4.5, selector


def test_on_paper_nothing_is_folded_or_scrolled(show: Open, sample_html: str) -> None:
    shown = show(sample_html)
    shown.keyboard.press("c")
    shown.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    shown.emulate_media(media="print")
    assert chip(shown, "neutropenia").is_visible() and not shown.locator(".bar").is_visible()
    assert shown.evaluate("() => document.querySelector('.source').scrollHeight <= innerHeight") is False
    assert shown.locator(".fields").evaluate("pane => getComputedStyle(pane).overflowY") == "visible"
    assert shown.pdf().count(b"/Type /Page\n") > 3
    shown.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert shown.locator("details[open].section").count() == 0


def test_without_scripts_both_sides_can_be_read(show: Open, sample_html: str) -> None:
    shown = show(sample_html, java_script_enabled=False)
    assert shown.locator(".line", has_text="NCT ID: NCT03562065").is_visible()
    assert chip(shown, "neutropenia").is_visible()
    assert not shown.locator("#search").is_visible()


def test_without_scripts_the_index_leads_to_its_records(show: Open) -> None:
    documents = parse_records(ROOT / "samples" / "exports" / "ictrp-xml" / "trials.xml")
    shown = show(page([Viewed(document, None) for document in documents]), java_script_enabled=False)
    shown.locator(".index a").nth(1).click()
    assert [article.get_attribute("id") for article in shown.locator("article:visible").all()] == ["record-2"]


def test_without_the_highlight_api_lines_are_marked(show: Open, sample_html: str) -> None:
    shown = show(sample_html, script="delete globalThis.Highlight")
    chip(shown, "neutropenia").click()
    assert "neutropenia" in shown.locator(".line.on").inner_text()
    shown.locator("#search").fill("Rituximab (")
    shown.wait_for_selector(".line.found")


# --- Several records -------------------------------------------------------------------------------------------------


def test_an_index_leads_to_its_records(show: Open) -> None:
    documents = parse_records(ROOT / "samples" / "exports" / "ictrp-xml" / "trials.xml")
    shown = show(page([Viewed(document, None) for document in documents]))
    assert shown.locator(".index").is_visible() and not shown.locator("article").first.is_visible()
    shown.locator("#search").fill("sleep")
    shown.wait_for_function("() => document.getElementById('found').textContent")
    assert shown.locator("#found").inner_text() == "1 found"
    shown.locator("#search").fill("")
    shown.locator(".index a").nth(1).click()
    name = shown.locator(".bar .name")
    name.filter(has_text="2 / 3").wait_for()
    assert [article.get_attribute("id") for article in shown.locator("article:visible").all()] == ["record-2"]
    shown.keyboard.press("]")
    name.filter(has_text="3 / 3").wait_for()
    shown.go_back()
    name.filter(has_text="2 / 3").wait_for()
    shown.get_by_text("All records").click()
    name.filter(has_text="3 records").wait_for()
    assert shown.locator(".index").is_visible() and not shown.locator("article").first.is_visible()
