"""Faults seeded in small functions: each is found where it is, and its twin has none.

A case is a function with marks as in `tests/rules/marks.py`. `// right: ...` is what the line
above must become: all these lines together make the twin. The pages of `segfn explain` are
judged in the same way, by their first and last example.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from inspect import cleandoc
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.catalogue import all_codes
from generator.cli import main

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "rules"))

from marks import printed, read  # noqa: E402 - it stands with the other cases

CASES = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "cases").iterdir()}
CODES = {str(code): code for code in all_codes() if code.code[0] == "F"}
RIGHT = re.compile(r"// right:(.*)")
MARK = re.compile(r" *// *\^+ ")


@pytest.fixture
def lint(tmp_path, monkeypatch):
    """Lint texts by their names in one command; the findings of each."""
    monkeypatch.chdir(tmp_path)

    def run(texts):
        for name, text in texts.items():
            Path(f"{name}.js").write_text(text, "utf-8")
        ran = CliRunner().invoke(main, ["lint", "--format", "json", *(f"{n}.js" for n in texts)])
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        found = defaultdict(list)
        for finding in printed(ran.stdout, ""):
            found[Path(finding.path).stem].append(finding)
        return found

    return run


def versions(text):
    """A case as it is, with its marks, and its twin, without."""
    wrong, right, replaced = [], [], False
    for line in text.split("\n"):
        if found := RIGHT.fullmatch(line):
            if not replaced:
                right.pop()
            right.append(found[1])
            replaced = True
        else:
            wrong.append(line)
            if not MARK.match(line) and not line.startswith("// expect "):
                right.append(line)
                replaced = False
    return "\n".join(wrong), "\n".join(right)


def test_a_fault_is_found_where_it_is_and_nothing_else(lint):
    marked = {name: read(versions(text)[0].encode(), f"{name}.js") for name, text in CASES.items()}
    found = lint({name: raw.decode() for name, (raw, _) in marked.items()})
    told = []
    for name, (_, expected) in marked.items():
        for wanted in expected:
            met = next((each for each in found[name] if each.meets(wanted)), None)
            if met is None:
                told.append(f"missing: {wanted}")
            else:
                found[name].remove(met)
        told += [f"surplus: {each}" for each in found[name]]
    assert "\n".join(told) == ""


def test_every_code_has_a_case():
    seeded = {found.code for name, text in CASES.items() for found in read(text.encode(), name)[1]}
    assert CODES.keys() - seeded == set()


def test_a_twin_is_clean(lint):
    found = lint({name: versions(text)[1] for name, text in CASES.items()})
    assert [str(each) for findings in found.values() for each in findings] == []


def test_the_pages_show_what_is_wrong_and_what_is_right(lint):
    pages = {}
    for code in CODES.values():
        blocks = re.findall(r"^```js\n(.*?)^```$", cleandoc(code.doc), re.MULTILINE | re.DOTALL)
        pages |= {f"{code.slug}-wrong": blocks[0], f"{code.slug}-right": blocks[-1]}
    found = lint(pages)
    slugs = {name: {each.code.split()[1] for each in findings} for name, findings in found.items()}
    expected = {f"{code.slug}-wrong": {code.slug} for code in CODES.values()}
    assert {name: told for name, told in slugs.items() if told} == expected


def test_the_page_shows_what_is_said(monkeypatch):
    page = (ROOT / "docs" / "lint.md").read_text("utf-8")
    (shown,) = re.findall(r"^```console\n\$ segfn (lint .+)\n((?:.*\n)*?)```$", page, re.MULTILINE)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    ran = CliRunner().invoke(main, shown[0].split())
    said, told = (re.sub(r"\d+ calls", "so many calls", text) for text in (ran.output, shown[1]))
    assert said == told


def test_generated_functions_are_clean(lint, monkeypatch):
    everything = os.environ.get("SEGFN_LINT") == "all"
    chosen = (ROOT / "dist").glob("*.js" if everything else "orders-*.js")  # of each provider
    texts = {path.stem: path.read_text("utf-8") for path in chosen}
    for case in (ROOT / "tests" / "cases").glob("*/mapping.yaml") if everything else ():
        with monkeypatch.context() as there:
            there.chdir(case.parent)
            made = CliRunner().invoke(main, ["generate", "--stdout", "--project", ".", case.name])
        assert made.exit_code == 0, made.stderr
        texts[case.parent.name] = made.stdout
    assert [str(each) for findings in lint(texts).values() for each in findings] == []
