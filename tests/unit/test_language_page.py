"""The page about the language: its examples compile, and nothing of the language is left out.

The README's screen of it compiles too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
BLOCKS = [block for block in YAML if "version:" in block]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_an_example_compiles_without_a_word(block):
    report = Report()
    assert compile_text(block, "mappings/example.yaml", find_project(ROOT), report) is not None
    assert list(report) == []


@pytest.mark.parametrize("name", [*FILTERS, *FUNCTIONS, *base("mapping")["definitions"]["options"]])
def test_every_part_of_the_language_is_named(name):
    assert re.search(rf"\b{name}\b", PAGE), name
