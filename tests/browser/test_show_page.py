"""The page of `segfn show` in headless Chromium: a picture for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.chromium

SMALL = """\
version: 1
name: orders
description: What the shop tells
provider: novu
when: properties.environment = "production"
track:
  Order Completed:
    first:
      - when: properties.total >= 100
        require: [properties.order_id]
        workflow: vip
      - workflow: receipt
  Trial Ended:
    enabled: false
    workflow: trial
  Heartbeat: []
  "*": other
"""
OTHER = 'version: 1\nname: support\nprovider: knock\npage:\n  "Étage":\n    workflow: floor\n'
THOUSAND = "version: 1\nname: thousand\nprovider: novu\ntrack:\n" + "".join(
    f'  "Événement {number} / \\"quoted\\" {"with a long name " * (number % 7)}":\n'
    f"    - workflow: w-{number}\n    - when: properties.total > {number}\n"
    f"      workflow: vip-{number}\n"
    for number in range(1000)
)


@pytest.fixture
def show(open_tab, shown):
    """Open the page of mappings."""
    return lambda *texts, **options: open_tab(shown("page.html", *texts), **options)


def test_the_keyboard_is_enough(show):
    page = show(SMALL)
    count, entries = page.locator("#count"), page.locator(".picture .entry:visible")
    assert count.inner_text() == "4 entries"
    page.keyboard.press("Tab")
    page.keyboard.type("VIP")
    assert (count.inner_text(), entries.count()) == ("1 of 4 entries", 1)
    page.keyboard.press("Escape")
    assert count.inner_text() == "4 entries"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("tbody tr:visible").count() == 5
    assert not page.locator(".picture").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("no such thing")
    assert page.locator("#nothing").is_visible()


def test_several_mappings_lead_to_each_other(show):
    page = show(SMALL, OTHER)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#m1"
    page.keyboard.press("/")
    page.keyboard.type("etage floor")
    assert page.locator("#count").inner_text() == "1 of 5 entries"
    assert page.locator("h2:visible").all_inner_texts() == ["support"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("texts", [(SMALL,), (SMALL, OTHER)], ids=["one", "two"])
def test_everybody_can_read_it(show, browser_modules, scheme, texts):
    axe = Path(browser_modules, "axe-core", "axe.min.js").read_text("utf-8")
    page = show(*texts, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    for view in ("picture", "table"):
        page.check(f"input[value={view}]")
        found = page.evaluate("axe.run()")
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
        assert len(found["passes"]) > 10


@pytest.mark.parametrize("width", [360, 1280])
def test_a_thousand_events(show, width):
    page = show(THOUSAND, viewport={"width": width, "height": 800})
    page.fill("#search", "evenement 777")
    assert page.locator("#count").inner_text() == "1 of 1000 entries"
    page.fill("#search", "vip")
    assert page.locator("#count").inner_text() == "1000 of 1000 entries"
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
