"""Goldens: one feature a case; what is generated, and what it does. See goldens.py."""

from __future__ import annotations

from functools import cache

import pytest
from click.testing import CliRunner
from goldens import CASES, EXAMPLES, compiled, golden

from generator.cli import main
from generator.diagnostics import Report
from generator.sandbox.fixtures import read
from generator.sandbox.runner import Target, try_fixture
from generator.sandbox.runtime import Runtime, check_syntax

LONGEST = 50
NAMES = [case.name for case in CASES]
output_of = cache(compiled)


def expected(case):
    return (case / "expected.js").read_text("utf-8")


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_is_generated(case):
    assert golden(case) == expected(case), "where this is meant, run `make goldens`"
    assert check_syntax(expected(case)) is None
    assert expected(case).count("\n") <= LONGEST, "one case shows one feature"


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_it_does(case, runtime):
    report, path = Report(), case / "mapping.fixtures.yaml"
    output = output_of(case)
    file = read(path.read_bytes(), path.name, report, output.mapping.settings)
    assert list(report) == []
    for fixture in file.fixtures:
        tried = try_fixture(runtime, Target.of(output), fixture)
        assert [each.message for each in tried.differences] == [], fixture.name


@pytest.mark.parametrize("mapping", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_passes_its_own_fixtures(mapping):
    ran = CliRunner().invoke(main, ["test", str(mapping)])
    assert ran.exit_code == 0, ran.output


@pytest.mark.node
def test_goldens_are_as_prettier_prints_them(run_node):
    texts = [expected(case) for case in CASES]
    formatted = run_node("format.mjs", texts)
    wrong = [name for name, *two in zip(NAMES, texts, formatted, strict=True) if two[0] != two[1]]
    assert wrong == []
