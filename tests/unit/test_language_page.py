"""The page about the language: its examples compile, and nothing of the language is left out.

The README's screen of it compiles too, and the YAML of every page reads as other people's tools
want it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.expressions.filters import FILTERS
from generator.fql.functions import FUNCTIONS
from generator.project import find_project
from generator.schema import base

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/mapping-language.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
YAML = re.findall(r"```yaml\n(.*?)```", PAGE + README, re.DOTALL)
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
LINT = YamlLintConfig(
    "{extends: default, rules: {document-start: disable, line-length: disable, truthy: disable, "
    "comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 1}}}"
)
NOT_IN_BRACES = re.compile(r"\?\?|\{\{|\w\(|\w\[")
BLOCKS = [block for block in YAML if "version:" in block]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_an_example_compiles_without_a_word(block):
    report = Report()
    assert compile_text(block, "mappings/example.yaml", find_project(ROOT), report) is not None
    assert list(report) == []


@pytest.mark.parametrize("name", [*FILTERS, *FUNCTIONS, *base("mapping")["definitions"]["options"]])
def test_every_part_of_the_language_is_named(name):
    assert re.search(rf"\b{name}\b", PAGE), name


def in_braces(text):
    """The texts that stand inside of `{ }` and `[ ]`."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if getattr(event, "flow_style", False):
            depth += 1
        elif depth and isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif depth and isinstance(event, yaml.ScalarEvent):
            yield event.value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_is_as_other_tools_want_it(page):
    for block in re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        assert [str(problem) for problem in linter.run(block, LINT)] == [], block
        assert [text for text in in_braces(block) if NOT_IN_BRACES.search(text)] == []
