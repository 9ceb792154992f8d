"""Findings as text, JSON, annotations, SARIF and JUnit."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from official import judge_junit, judge_sarif

from generator.diagnostics import CATALOGUE, Code, Diagnostic, Note, Severity, Span
from generator.reporters import formats, render, safe

DOC = "Two things are one.\n\nWhy.\n"
PATH = "mappings/novu.yaml"


def code(number, slug, severity):
    made = CATALOGUE.get(number) or Code(number, slug, severity, DOC)
    CATALOGUE.pop(number, None)  # `segfn explain` is not to know it
    return made


ERROR = code("M990", "two-things", Severity.ERROR)
WARNING = code("L990", "odd-thing", Severity.WARNING)
NOTE = code("L991", "mere-note", Severity.NOTE)


def at(*place, message="wrong", kind=ERROR, **more):
    return Diagnostic(kind, message, Span(PATH, *place), **more)


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")


def text(*found, source="", **options):
    return render("text", found, {PATH: source}, **options)


def drawn(source, *place):
    """The rows below the message."""
    return text(at(*place), source=source).split("\n\n")[0].splitlines()[1:]


def test_the_formats_are_the_files():
    assert formats() == ["text", "github", "json", "junit", "sarif"]


# --- text --------------------------------------------------------------------------


def test_a_finding_with_all_its_parts():
    found = at(
        3,
        3,
        3,
        10,
        message='there is no "worklow"',
        notes=(
            Note("the first is here", Span(PATH, 1, 1, 1, 8)),
            Note("without a place"),
            Note("in a file that is not known", Span("other.yaml", 7, 1, 7, 2)),
        ),
        help='write "workflow"',
    )
    source = "version: 1\ntrack:\n  worklow: x\n"
    assert text(found, at(1, 1, 1, 2, kind=WARNING), source=source) == dedent(
        """\
        mappings/novu.yaml:3:3: error[M990 two-things]: there is no "worklow"
          |
        3 |   worklow: x
          |   ^^^^^^^
        mappings/novu.yaml:1:1: note: the first is here
          |
        1 | version: 1
          | ^^^^^^^
          = note: without a place
        other.yaml:7:1: note: in a file that is not known
          = help: write "workflow"

        mappings/novu.yaml:1:1: warning[L990 odd-thing]: wrong
          |
        1 | version: 1
          | ^

        1 error, 1 warning in 1 file
        """
    )


def test_a_place_is_drawn_once():
    found = [at(1, 1, 1, 6, message=word, help=f"mend {word}") for word in ("this", "that")]
    assert text(*found, source="track:\n") == dedent(
        """\
        mappings/novu.yaml:1:1: error[M990 two-things]: this
          |
        1 | track:
          | ^^^^^
          = help: mend this

        mappings/novu.yaml:1:1: error[M990 two-things]: that
          = help: mend that

        2 errors in 1 file
        """
    )


def test_nothing_found_is_nothing_said():
    assert text() == ""
    assert text(summary={"passed": 3, "failed": 0}) == "3 passed, 0 failed\n"


def test_several_lines_of_a_message_are_indented():
    found = at(9, 1, 9, 1, message="one\ntwo", help="three\nfour")
    assert text(found).splitlines()[:4] == [
        "mappings/novu.yaml:9:1: error[M990 two-things]: one",
        "    two",
        "  = help: three",
        "      four",
    ]


@pytest.mark.parametrize(
    ("source", "place", "rows"),
    [
        ("a: 日本 x", (1, 4, 1, 6), ["1 | a: 日本 x", "  |    ^^^^"]),
        ("a: e\u0301x", (1, 6, 1, 7), ["1 | a: e\u0301x", "  |     ^"]),
        ("\ta: x", (1, 2, 1, 3), ["1 |     a: x", "  |     ^"]),
        ("a: \x1b[31m", (1, 7, 1, 8), ["1 | a: \\u{1b}[31m", "  |            ^"]),
        ("a: b", (1, 5, 1, 5), ["1 | a: b", "  |     ^"]),
        ("a: b", (1, 90, 1, 99), ["1 | a: b", "  |     ^"]),
        ("\ufeffa: b", (1, 1, 1, 2), ["1 | a: b", "  | ^"]),
        ("a\x85b\u2028c: d\r\ne: f", (2, 1, 2, 2), ["2 | e: f", "  | ^"]),
        ("a: b\nc: d", (1, 4, 2, 1), ["1 | a: b", "  |    ^"]),
    ],
    ids=["wide", "combining", "tab", "escape", "empty", "beyond", "bom", "line-ends", "to-the-end"],
)
def test_the_place_is_underlined(source, place, rows):
    assert drawn(source, *place) == ["  |", *rows]


def test_several_lines_get_a_bracket():
    lines = [f"line {number}" for number in range(1, 13)]
    assert drawn("\n".join(lines), 2, 1, 4, 5) == [
        "  |",
        "2 | / line 2",
        "3 | | line 3",
        "4 | | line 4",
        "  | |____^",
    ]
    assert drawn("\n".join(lines), 2, 1, 11, 1) == [
        "   |",
        " 2 | / line 2",
        " 3 | | line 3",
        " 4 | | line 4",
        "... |",
        "10 | | line 10",
        "   | |_______^",
    ]


@pytest.mark.parametrize("place", [1, 5, 500, 996, 1000])
def test_a_long_line_is_clipped_around_the_place(place):
    source = "x" * (place - 1) + "HERE" + "y" * (1000 - place)
    _, line, mark = drawn(source, 1, place, 1, place + 4)
    assert len(line) <= 60
    column = mark.index("^")
    assert line[column : column + 4] == "HERE"
    assert mark[column:] == "^^^^"
    assert ("..." in line[:7]) == (place > 60)


def test_a_place_longer_than_the_line_is_clipped():
    _, line, mark = drawn("a: " + "日" * 500, 1, 4, 1, 504)
    assert len(unicodedata.normalize("NFC", line)) < 60
    assert line.endswith("...")
    assert set(mark[7:]) == {"^"}
    assert len(mark) <= 60


def test_a_line_of_millions_is_quick():
    begin = time.perf_counter()
    drawn("x" * 10_000_000, 1, 5_000_000, 1, 9_000_000)
    assert time.perf_counter() - begin < 1


def test_colours_are_only_colours():
    found = at(1, 4, 1, 5, notes=(Note("a\n@@ -1 +1 @@\n-b\n+c"),), help="write c")
    plain, coloured = (text(found, source="a: b", colour=colour) for colour in (False, True))
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[1;31merror[M990 two-things]\x1b[0m" in coloured
    assert "\x1b[32m+c\x1b[0m" in coloured


# --- text of users --------------------------------------------------------------------

HARMFUL = [
    *("\x1b", "\u202e", "\u2028", "\r", "\n", "\x9b", "\ud800", "\ufffe", "%0A", ",", ":", "::"),
    *("::error::", "##[", "##[set-output name=a]b", "</", "]]>", " ", "\t"),
]
NASTY = st.lists(st.one_of(st.sampled_from(HARMFUL), st.text(max_size=3))).map("".join)


@given(NASTY)
def test_safe_text_obeys_nobody(nasty):
    for line in safe(nasty).replace("\t", "").split("\n"):
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert not [
            character
            for character in line
            if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(character) in {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI"}
        ]


@given(NASTY, NASTY)
def test_no_format_lets_text_of_users_command_a_runner_or_a_terminal(nasty, path):
    span = Span(path or "x", 1, 1, 1, 2)
    found = [Diagnostic(ERROR, nasty, span, (Note(nasty, span), Note(nasty)), nasty)]
    for name in formats():
        made = render(name, found, {path: nasty})
        made.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", made)
        assert "##[" not in made
        for line in made.splitlines():
            commands = line.lstrip().startswith("::")
            assert not commands or (name == "github" and line.startswith("::error file="))
    assert render("github", found, {}).count("\n") == 1
    assert json.loads(render("json", found, {}))["diagnostics"][0]["message"] == nasty
    judge_junit(render("junit", found, {}))
    judge_sarif(render("sarif", found, {}))


# --- JSON ---------------------------------------------------------------------------


def test_json_is_the_contract():
    found = at(
        3, 5, 4, 1, notes=(Note("here", Span("b.yaml", 1, 2, 1, 3)), Note("so")), help="write é"
    )
    assert json.loads(render("json", [found], {}, summary={"passed": 1, "failed": 2})) == {
        "version": 1,
        "diagnostics": [
            {
                "path": "mappings/novu.yaml",
                "line": 3,
                "column": 5,
                "end_line": 4,
                "end_column": 1,
                "severity": "error",
                "code": "M990",
                "slug": "two-things",
                "message": "wrong",
                "notes": [
                    {"message": "here", "path": "b.yaml", "line": 1, "column": 2},
                    {"message": "so", "path": None, "line": None, "column": None},
                ],
                "help": "write é",
            }
        ],
        "summary": {"passed": 1, "failed": 2},
    }
    assert json.loads(render("json", [], {})) == {"version": 1, "diagnostics": []}


# --- GitHub ----------------------------------------------------------------------------


def test_annotations():
    found = [
        Diagnostic(
            ERROR,
            "100% wrong",
            Span("a,b:c.yaml", 2, 3, 2, 9),
            (Note("here", Span("d.yaml", 1, 2, 1, 3)),),
            "write\nit",
        ),
        at(1, 1, 3, 2, kind=WARNING),
        at(1, 1, 1, 2, kind=NOTE),
    ]
    made = render("github", found, {}, summary={"passed": 1, "failed": 0})
    assert made == (
        "::error file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=3,endColumn=9,title=M990 two-things"
        "::100%25 wrong%0Anote: here (d.yaml:1:2)%0Ahelp: write%0Ait\n"
        "::warning file=mappings/novu.yaml,line=1,endLine=3,title=L990 odd-thing::wrong\n"
        "::notice file=mappings/novu.yaml,line=1,endLine=1,col=1,endColumn=2,"
        "title=L991 mere-note::wrong\n"
        "segfn: 1 passed, 0 failed\n"
    )


def test_what_github_would_drop_stands_in_the_log():
    errors = [at(line, 1, line, 2) for line in range(1, 13)]
    warnings = [at(line, 1, line, 2, kind=WARNING) for line in range(1, 11)]
    lines = render("github", [*errors, *warnings], {}).splitlines()
    assert [line.startswith("::") for line in lines] == [True] * 20 + [False] * 3
    assert lines[20:] == [
        "segfn: 2 more of severity error:",
        "segfn: mappings/novu.yaml:11:1: error[M990 two-things]: wrong",
        "segfn: mappings/novu.yaml:12:1: error[M990 two-things]: wrong",
    ]


# --- SARIF ---------------------------------------------------------------------------------


def sarif(*found, source="", **options):
    return judge_sarif(render("sarif", found, {PATH: source}, **options))["runs"][0]


def test_sarif():
    note = Note("here", Span("ä b.yaml", 1, 2, 1, 3))
    run = sarif(
        at(2, 1, 2, 5, notes=(note, Note("so")), help="write it"),
        at(1, 1, 1, 2, message="see [this](http://x)", kind=WARNING),
        source="a: b\nc: d\n",
        summary={"passed": 1},
    )
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [
        ("L990", "odd-thing"),
        ("M990", "two-things"),
    ]
    assert rules[0]["shortDescription"]["text"] == "Two things are one."
    assert rules[0]["help"]["markdown"] == "Two things are one.\n\nWhy."
    assert run["columnKind"] == "unicodeCodePoints"
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("M990", 1, "error")
    assert first["message"]["text"] == "wrong\nso\nhelp: write it"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "mappings/novu.yaml"},
        "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5},
    }
    related = first["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "%C3%A4%20b.yaml"
    assert second["message"]["text"] == r"see \[this\](http://x)"


def test_a_fingerprint_survives_new_lines_above_and_tells_twins_apart():
    def prints(run):
        return [result["partialFingerprints"]["segfn/v1"] for result in run["results"]]

    before = prints(sarif(at(1, 1, 1, 2), at(1, 3, 1, 4), source="a: b"))
    after = prints(sarif(at(3, 3, 3, 4), at(3, 5, 3, 6), source="x: y\nz: q\n  a: b"))
    assert before == after
    assert len(set(before)) == 2
    assert prints(sarif(at(1, 1, 1, 2), source="a: c")) != before[:1]


def test_sarif_without_findings_has_a_run():
    assert sarif()["results"] == []


# --- JUnit ------------------------------------------------------------------------------------


def test_junit():
    found = [at(2, 3, 2, 4, message="a < b", help="write it"), at(1, 1, 1, 2, kind=WARNING)]
    made = render("junit", found, {}, summary={"passed": 4, "failed": 1})
    root = judge_junit(made)
    (suite,) = root
    assert (root.attrib["tests"], suite.attrib["failures"]) == ("2", "1")
    values = {entry.attrib["name"]: entry.attrib["value"] for entry in suite.iter("property")}
    assert values == {"passed": "4", "failed": "1"}
    first, second = suite.iter("testcase")
    assert first.attrib == {"classname": PATH, "name": "M990 two-things at 2:3"}
    failure = first.find("failure")
    assert failure.attrib == {"type": "two-things", "message": "a < b"}
    assert failure.text == "mappings/novu.yaml:2:3: error: a < b\nhelp: write it"
    assert second.find("failure") is None
    assert "warning: wrong" in second.find("system-out").text


def test_junit_without_findings_has_a_case_that_passes():
    root = judge_junit(render("junit", [], {}))
    assert (root.attrib["tests"], root.attrib["failures"], len(list(root.iter("testcase")))) == (
        "1",
        "0",
        1,
    )
