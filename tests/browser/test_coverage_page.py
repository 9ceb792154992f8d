"""The page of `segfn test --out` in headless Chromium: what fixtures reach, for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

pytestmark = pytest.mark.chromium

MAPPING = """\
version: 1
name: orders
provider: novu
track:
  Order Completed:
    when: properties.total >= 100 and properties.paid = true
    workflow:
      name: vip
      payload:
        name: $.properties.name ?? "nobody whose name is so long that it needs lines"
"""
FIXTURES = """\
settings: { apiKey: k }
fixtures:
  - name: a large order
    event:
      type: track
      event: Order Completed
      userId: u
      properties: { total: 200, paid: true }
    expect: { outcome: delivered }
"""


@pytest.fixture
def covered(tmp_path, open_tab):
    """Open the page of a mapping's coverage."""
    folder = tmp_path / "mappings"
    folder.mkdir()
    (folder / "orders.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "orders.fixtures.yaml").write_text(FIXTURES, encoding="utf-8")
    out = tmp_path / "coverage.html"
    ran = CliRunner().invoke(main, ["test", str(folder), "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    return lambda **options: open_tab(out, **options)


def test_the_keyboard_is_enough(covered):
    page = covered()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(".taken:visible").count() == 0
    assert page.locator(".never:visible").count() > 5
    assert [line.strip() for line in page.locator(".line:visible code").all_inner_texts()] == [
        "when: properties.total >= 100 and properties.paid = true",
        "workflow:",
        'name: $.properties.name ?? "nobody whose name is so long that it needs lines"',
    ]
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("details[open] li").all_inner_texts() == ["a large order"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(covered, browser_modules, scheme):
    axe = Path(browser_modules, "axe-core", "axe.min.js").read_text("utf-8")
    page = covered(color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 10


def test_it_fits_on_a_telephone(covered):
    page = covered(viewport={"width": 360, "height": 800})
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide)
