"""All pages: links lead somewhere, and the examples of some are run as a reader would."""

from __future__ import annotations

import re
from pathlib import Path

import console
import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]
RUN = ["plan.md", "runtime.md", "show.md"]
EXAMPLES = [
    (name, example)
    for name in RUN
    for example in console.examples((ROOT / "docs" / name).read_text("utf-8"))
]


@pytest.mark.skipif(console.BASH is None, reason="needs a shell")
@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_do_what_the_page_says(folder, name, example):
    for path, text in console.files((ROOT / "docs" / name).read_text("utf-8")).items():
        folder.write(path, text)
    console.run(example, folder.root)


def anchors(page):
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        led = page.parent / place if place else page
        assert led.exists(), target
        assert not anchor or anchor in anchors(led), target


def test_every_page_is_named_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES if page.parent != ROOT and page.name not in readme] == []
