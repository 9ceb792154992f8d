"""Goldens: one feature a case; what is generated, and what it does. See goldens.py."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import tree_sitter_javascript
from click.testing import CliRunner
from goldens import CASES, EXAMPLES, compiled, golden
from tree_sitter import Language, Parser

from generator.cli import main
from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import Project, fixtures_of
from generator.sandbox.fixtures import read
from generator.sandbox.runner import Target, try_fixture
from generator.sandbox.runtime import Job, Runtime, check_syntax

ROOT = Path(__file__).parents[2]
LONGEST = 50
# What a generated function may find, besides what belongs to ECMAScript.
ERRORS = {"EventNotSupported", "InvalidEventPayload", "ValidationError", "RetryError"}
DOCUMENTED = {"fetch", "crypto", "setTimeout", "clearTimeout", *ERRORS}
LANGUAGE = set(
    re.findall(
        r"\w+",
        """Array ArrayBuffer BigInt Boolean Date Error Function Infinity Intl JSON Map Math NaN
        Number Object Promise Proxy RangeError Reflect RegExp Set String Symbol SyntaxError
        TypeError URIError WeakMap WeakSet decodeURI decodeURIComponent encodeURI
        encodeURIComponent eval isFinite isNaN parseFloat parseInt undefined""",
    )
)
HANDLERS = "onIdentify, onTrack, onPage, onScreen, onGroup, onAlias, onDelete, onBatch"
ALONE = """\
({ %(handlers)s } = (function (crypto, %(taken)s) {
"use strict";
%(code)s
return { %(handlers)s };
})({
  createHash: (...said) => crypto.createHash(...said),
  createHmac: (...said) => crypto.createHmac(...said),
}));
"""
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


@pytest.fixture(scope="module")
def alone(runtime):
    """A function in strict mode that finds nothing but what Segment documents."""
    code = "function onTrack() { console.log(Object.getOwnPropertyNames(globalThis).join()); }"
    (line,) = runtime.run(Job(code=code), [{"type": "track"}])
    found = set(line["logs"][0]["text"].split(","))
    taken = found - DOCUMENTED - LANGUAGE
    assert {"URL", "Buffer", "console", "globalThis"} <= taken

    def shut(target):
        names = {"handlers": HANDLERS, "taken": ", ".join(sorted(taken))}
        return replace(target, code=ALONE % {**names, "code": target.code}, routes=())

    return shut


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_it_does(case, runtime, alone):
    report, path = Report(), case / "mapping.fixtures.yaml"
    output = output_of(case)
    file = read(path.read_bytes(), path.name, report, output.mapping.settings)
    assert list(report) == []
    for fixture in file.fixtures:
        tried = try_fixture(runtime, alone(Target.of(output)), fixture)
        assert [each.message for each in tried.differences] == [], fixture.name


@pytest.mark.parametrize("mapping", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_passes_its_own_fixtures(mapping, runtime, alone):
    ran = CliRunner().invoke(main, ["test", str(mapping)])
    assert ran.exit_code == 0, ran.output
    output = compile_file(mapping, Project.at(mapping.parents[1]), Report())
    file = read(fixtures_of(mapping).read_bytes(), "", Report())
    for fixture in file.fixtures:
        tried = try_fixture(runtime, alone(Target.of(output)), fixture)
        assert [each.message for each in tried.differences] == [], fixture.name


NEWER = "ERROR private_property_identifier field_definition class_static_block import_statement"


def test_no_syntax_is_newer_than_es2020():
    """The functions that ship, and what is printed, as a parser reads them that is not ours."""
    parser = Parser(Language(tree_sitter_javascript.language()))
    shipped = [*(ROOT / "templates").rglob("*.js"), *(ROOT / "dist").glob("*.js")]
    for text in [*(path.read_text("utf-8") for path in shipped), *map(expected, CASES)]:
        nodes = list(below(parser.parse(text.encode()).root_node))
        assert not {node.type for node in nodes} & set(NEWER.split())
        for node in nodes:
            if node.type == "augmented_assignment_expression":
                assert node.children[1].type not in {"??=", "||=", "&&="}
            elif node.type in {"number", "regex_flags"}:
                assert not re.search("_|[dv]$", node.text.decode())


def below(node):
    yield node
    for child in node.children:
        yield from below(child)


@pytest.mark.node
def test_goldens_are_as_prettier_prints_them(run_node):
    texts = [expected(case) for case in CASES]
    formatted = run_node("format.mjs", texts)
    wrong = [name for name, *two in zip(NAMES, texts, formatted, strict=True) if two[0] != two[1]]
    assert wrong == []
