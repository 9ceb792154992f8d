"""The page of `segfn show` in headless Chromium: a picture for everybody."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

pytestmark = pytest.mark.chromium

NAMES = ("chromium", "chromium-browser", "google-chrome")
SMALL = """\
version: 1
name: orders
provider: novu
track:
  Order Completed:
    first:
      - when: properties.total >= 100
        workflow: vip
      - workflow: receipt
  Trial Ended:
    enabled: false
    workflow: trial
  Heartbeat: []
  "*": other
"""
THOUSAND = "version: 1\nname: thousand\nprovider: novu\ntrack:\n" + "".join(
    f'  "Événement {number} / \\"quoted\\" {"with a long name " * (number % 7)}":\n'
    f"    - workflow: w-{number}\n    - when: properties.total > {number}\n"
    f"      workflow: vip-{number}\n"
    for number in range(1000)
)


@pytest.fixture(scope="session")
def browser(lacking):
    """An installed Chromium; `SEGFN_CHROMIUM` names another."""
    told = os.environ.get("SEGFN_CHROMIUM")
    program = told or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        lacking("chromium", "Chromium is not installed")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra
    except ImportError:
        lacking("chromium", "playwright is not installed: pip install playwright")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def page_of(tmp_path_factory):
    """The file that `segfn show` writes for a mapping."""
    made = {}

    def write(text):
        if text not in made:
            folder = tmp_path_factory.mktemp("page")
            mapping, page = folder / "orders.yaml", folder / "page.html"
            mapping.write_text(text, encoding="utf-8")
            ran = CliRunner().invoke(main, ["show", str(mapping), "--out", str(page)])
            assert ran.exit_code == 0, ran.output
            made[text] = page
        return made[text]

    return write


@pytest.fixture
def show(browser, page_of):
    """Open the page of a mapping; at the end nothing was asked for and nothing complained."""
    seen: list[str] = []
    contexts = []

    def open_page(text, **options):
        page = page_of(text)
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: seen.append(message.text))
        tab.on("pageerror", lambda problem: seen.append(str(problem)))
        tab.on("request", lambda asked: seen.append(asked.url) if asked.url != page.as_uri() else 0)
        tab.goto(page.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


def test_the_keyboard_is_enough(show):
    page = show(SMALL)
    assert page.locator("#count").inner_text() == "4 entries"
    page.keyboard.press("Tab")
    page.keyboard.type("VIP")
    assert page.locator("#count").inner_text() == "1 of 4 entries"
    assert page.locator(".picture .entry:visible").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#count").inner_text() == "4 entries"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("tbody tr:visible").count() == 5
    assert not page.locator(".picture").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("no such thing")
    assert page.locator("#nothing").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["picture", "table"])
def test_everybody_can_read_it(show, editor_modules, scheme, view):
    axe = Path(editor_modules, "axe-core", "axe.min.js").read_text("utf-8")
    page = show(SMALL, color_scheme=scheme, bypass_csp=True)
    page.check(f"input[value={view}]")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 10


@pytest.mark.parametrize("width", [360, 1280])
def test_a_thousand_events(show, width):
    page = show(THOUSAND, viewport={"width": width, "height": 800})
    page.fill("#search", "événement 777")
    assert page.locator("#count").inner_text() == "1 of 1000 entries"
    took = page.evaluate(
        """() => {
          const search = document.getElementById("search");
          const begin = performance.now();
          search.value = "vip";
          search.dispatchEvent(new Event("input"));
          document.body.offsetHeight;
          return performance.now() - begin;
        }"""
    )
    assert took < 500
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide)


def test_it_reads_well_without_its_script(show):
    page = show(SMALL, java_script_enabled=False)
    assert page.locator(".picture").is_visible()
    assert page.locator("tbody tr").first.is_visible()


def test_on_paper_everything_is_there(show):
    page = show(SMALL, color_scheme="dark")
    page.emulate_media(media="print")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert not page.locator(".tools").is_visible()
    assert page.locator(".picture .entry:visible").count() == 4
