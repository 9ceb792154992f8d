"""The Markdown of `segfn show`: Mermaid itself draws it, and shows each name as it is."""

from __future__ import annotations

import json
import re

import pytest

pytestmark = pytest.mark.chromium

# What means something to Mermaid, to Markdown or to HTML.
NAMES = [
    "Order Completed",
    "end",
    "subgraph",
    "style e0 fill:#f00; %% comment",
    "classDef a:#1;2",
    '</script><img src=x onerror=alert(1)> `a` | "] --> x',
    'Événement "quoted" / slash \\ back',
    "# heading",
    "**bold** _it_ ~~x~~ $$x$$",
    "1. list",
    "a & b &amp; c &#35; #35; #quot;",
    "{{ not a template }}",
    "https://example.com/x?a=1;b",
    "日本語 🎉",
    "x" * 113,
]
DRAW = """
async (text) => {
  document.body.innerHTML = (await mermaid.render("drawn", text)).svg;
  const labels = document.querySelectorAll(".nodeLabel, .edgeLabel .edgeLabel");
  return [...labels].map((label) => label.innerText);
}
"""


@pytest.fixture(scope="module")
def mermaid(browser, browser_modules):
    """A tab in which Mermaid waits."""
    context = browser.new_context()
    tab = context.new_page()
    tab.set_content("<!doctype html><body></body>")
    tab.add_script_tag(path=browser_modules / "mermaid" / "dist" / "mermaid.min.js")
    tab.evaluate("mermaid.initialize({ startOnLoad: false })")
    yield tab
    context.close()


@pytest.fixture
def charts(shown):
    """The flowcharts that `segfn show` writes for a mapping."""

    def write(text):
        markdown = shown("out.md", text).read_text("utf-8")
        return re.findall(r"^```mermaid\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL)

    return write


@pytest.fixture
def drawn(mermaid, charts):
    """The labels of a mapping's only flowchart, as Mermaid draws it."""

    def draw(text):
        (chart,) = charts(text)
        return list(filter(None, mermaid.evaluate(DRAW, chart)))

    return draw


def test_every_name_is_shown_as_it_is(drawn):
    lines = "".join(
        f"  {json.dumps(name, ensure_ascii=False)}: w-{number}\n"
        for number, name in enumerate(NAMES)
    )
    labels = drawn(f"version: 1\nprovider: novu\ntrack:\n{lines}")
    assert [label for label in labels if not label.startswith("Novu workflow")] == NAMES


def test_conditions_stand_on_the_lines(drawn):
    labels = drawn("""\
version: 1
provider: novu
track:
  Order Completed:
    first:
      - when: properties.tags in ["a;b", "<c>"] or properties.total >= 100
        require: [properties.id]
        workflow: vip
      - workflow: receipt
  Off:
    enabled: false
    workflow: off
  Heartbeat: []
""")
    assert set(labels) == {
        "Order Completed",
        "Off",
        "Heartbeat",
        "ignored on purpose",
        "Novu workflow vip\nto userId",
        "Novu workflow receipt\nto userId",
        "Novu workflow off\nto userId",
        'if properties.tags in ["a;b", "<c>"] or properties.total >= 100 needs properties.id',
        "else",
        "switched off",
    }


def test_a_large_mapping_stays_within_what_mermaid_draws(mermaid, charts):
    """No more than 500 lines and 50,000 signs in a flowchart, and none is lost."""
    many = "".join(f"    - workflow: w-{number}\n" for number in range(501))
    long = "".join(f'  "{"/" * 400} {number}": a\n' for number in range(60))
    text = f"version: 1\nprovider: novu\ntrack:\n  Many:\n{many}{long}"
    found = charts(text)
    for chart in found:
        assert len(chart) < 50_000
        mermaid.evaluate("(text) => mermaid.parse(text)", chart)
    assert sum(chart.count(" --> ") for chart in found) == 561
