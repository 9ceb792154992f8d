"""YAML to nodes: the data, the places, and every refusal with its place."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Report
from generator.source import Scalar, comments, parse, to_data


def read(text):
    report = Report()
    return parse(text, "m.yaml", report), list(report)


def data(text):
    document, found = read(text)
    assert document is not None, found
    return to_data(document.root)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("null", None),
        ("", None),
        ("42", 42),
        ("-1.5e3", -1500.0),
        ("1.10", 1.1),
        ("012", "012"),
        ("+4670", "+4670"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"),
        ("22:22", "22:22"),
        ("Yes", "Yes"),
        ("~", "~"),
        (".5", ".5"),
        ("'true'", "true"),
        ('"\\u00e9"', "é"),
    ],
)
def test_plain_values_are_read_as_json_does(written, value):
    assert data(f"a: {written}\n") == {"a": value}


def test_keys_are_the_text_as_it_stands():
    text = "404: a\ntrue: b\nnull: c\n1.10: d\n'x y': e\n"
    assert data(text) == {"404": "a", "true": "b", "null": "c", "1.10": "d", "x y": "e"}


WRONG = [
    (b"a: \xff\n", "1:4 not-utf8"),
    ("a: b\x85c\n", "1:5 refused-character"),
    ("a: b\u2028c\n", "1:5 refused-character"),
    ("a: b\u202ec\n", "1:5 refused-character"),
    ("a: b\x00c\n", "1:5 refused-character"),
    ("", "1:1 empty-file"),
    ("# nothing\n", "1:1 empty-file"),
    ("a: 1\n---\nb: 2\n", "2:1 several-documents"),
    ("a: 1\nb: 2\na: 3\n", "3:1 duplicate-key"),
    ("a: &x 1\n", "1:4 alias"),
    ("<<: 1\n", "1:1 alias"),
    ("a: !!str 1\n", "1:4 tag"),
    ("a: !x 1\n", "1:4 tag"),
    ("a: ! x = 1\n", "1:4 tag"),
    ("a: ! [x]\n", "1:4 tag"),
    ("? [a]\n: b\n", "1:3 bad-key"),
    ("a: {{ b }}\n", "1:4 quote-it"),
    ("a: {% if b %}c{% endif %}\n", "1:4 quote-it"),
    ("a: b: c\n", "1:5 quote-it"),
    ('a: "b" in c\n', "1:8 quote-it"),
    ("a: @b\n", "1:4 quote-it"),
    ("a: `b`\n", "1:4 quote-it"),
    ("a: %b\n", "1:4 quote-it"),
    ('a: "b\n', "1:4 unclosed"),
    ("a: [b\n", "1:4 unclosed"),
    ("a: {b\n", "1:4 unclosed"),
    ("a: 1\n\tb: 2\n", "2:1 bad-yaml"),
    ("a:\n  b: 1\n c: 2\n", "3:2 bad-yaml"),
    ("a\nb: c\n", "1:1 bad-yaml"),
    ('a: "\\ud800"\n', "1:4 bad-yaml"),
    ("a: b #c\n", "1:6 cut-by-comment"),
    ("a: b # {{ c }}\n", "1:6 cut-by-comment"),
    ("- b #c\n", "1:5 cut-by-comment"),
    ("a: #c\n", "1:4 cut-by-comment"),
    ("a: 9007199254740993\n", "1:4 big-number"),
    ("a: 1e999\n", "1:4 big-number"),
    ("a: Yes\n", "1:4 old-word"),
    ("a: ~\n", "1:4 old-word"),
    ("a: TRUE\n", "1:4 old-word"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[wrong for _, wrong in WRONG])
def test_what_is_wrong_is_told_with_its_place(text, expected):
    _, found = read(text)
    told = [f"{entry.span.line}:{entry.span.column} {entry.code.slug}" for entry in found]
    assert expected in told
    assert all(entry.help for entry in found if entry.code.slug != "duplicate-key")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a b\nc:\n", "1:1 this line has no colon that makes it a key"),
        ("a: b:\n", "1:5 YAML reads the second `: ` as another key"),
        ("a: b\n- c\n", "2:1 a list item stands among keys"),
        ("- a: b\nc: d\n", "2:1 a key stands among list items"),
        (f"a:\n  {'x' * 1025}: b\n", "2:3 YAML takes no key of more than 1,024 characters"),
        (
            'a: "\\xZZ"\n',
            "1:4 this text has an escape that YAML does not know, or half a surrogate pair",
        ),
    ],
)
def test_a_line_that_does_not_fit_is_told_why(text, message):
    _, (entry,) = read(text)
    assert f"{entry.span.line}:{entry.span.column} {entry.message}" == message


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("a: {b: {{ c }}}", 8, "{{ c }}"),
        ("a: {b: Hi {{ c }}, d: e}", 8, "Hi {{ c }}"),
        ("a: {b: $.c[0], d: e}", 8, "$.c[0]"),
        ("a: {b: $.c['d e']}", 8, "$.c['d e']"),
        ('a: {b: $.c | replace(",", "")}', 8, '$.c | replace(",", "")'),
        ('a: {b: "c" ?? "d"}', 8, '"c" ?? "d"'),
        ("a: {b: !c, d: [e]}", 8, "!c"),
        ("a: {b: *c}", 8, "*c"),
        ("a: {b: @c}", 8, "@c"),
        ("a: {b: c: d}", 8, "c: d"),
        ("a: {@b: c}", 5, "@b"),
        ('a: [c, contains(d, "e")] # f', 8, 'contains(d, "e")'),
        ("- {a: [b, {c: $.d[0]}]}", 15, "$.d[0]"),
        ("a: {\n  b: $.c[0],\n}", 9, "$.c[0]"),
    ],
)
def test_a_value_in_braces_or_brackets_is_shown_in_quotes(text, column, value):
    _, (entry,) = read(text)
    assert entry.span.column == column
    mended = entry.help.removeprefix("write `").removesuffix("`")
    line = text.split("\n")[entry.span.line - 1]
    assert json.dumps(value)[1:-1] in json.dumps(data(text.replace(line.rstrip(","), mended)))


def test_a_comment_like_a_comment_is_fine():
    assert data("a: b # really\nc: 'x' #y\nd: |\n  # text\n") == {
        "a": "b",
        "c": "x",
        "d": "# text\n",
    }


def test_both_places_of_a_duplicate_are_named():
    _, (found,) = read("a: 1\nb: 2\na: 3\n")
    assert (found.span.line, found.notes[0].span.line) == (3, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_every_kind_of_end(end):
    document, _ = read(end.join(["a: 1", "b:", "  c: Yes", ""]))
    assert document.at(["b", "c"]).span.line == 3


def test_comments_are_found_outside_scalars_only():
    text = "# one\na: 'x # no' # two\nb: |\n  # no\nc: x#no\n"
    document, _ = read(text)
    assert [(line, told) for line, _, told in comments(document)] == [(1, "# one"), (2, "# two")]


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("a: one two\n", "two", "1:8-1:11"),
        ("a: 'it''s two'\n", "two", "1:11-1:14"),
        ('a: "\\u00e9\\n two"\n', "two", "1:14-1:17"),
        ("a: one\n  and two\n", "two", "2:7-2:10"),
        ("a: |\n  one\n  two\n", "two", "3:3-3:6"),
        ("a: >-\n  one\n\n  and two\n", "two", "4:7-4:10"),
        ("a: >\n    one\n      more\n    two\n", "two", "4:5-4:8"),
        ('a: "one\n\n  two"\n', "two", "3:3-3:6"),
        ('a: "one\\\n  two"\n', "two", "2:3-2:6"),
    ],
)
def test_places_inside_a_scalar(text, part, expected):
    document, found = read(text)
    assert document is not None, found
    scalar = document.at(["a"])
    start = scalar.text.index(part)
    span = document.inside(scalar, start, start + len(part))
    assert f"{span.line}:{span.column}-{span.end_line}:{span.end_column}" == expected


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4),
    st.sampled_from([None, "'", '"', "|", ">"]),
)
@settings(max_examples=150, deadline=None)
def test_what_a_yaml_library_writes_is_read_back(value, style):
    text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=20, sort_keys=False)
    document, found = read(text)
    if document is not None and style is None:
        assert json.dumps(to_data(document.root)) == json.dumps(value, default=str)
    elif document is None:
        assert found
    for scalar in _scalars(document.root) if document else []:
        assert document.inside(scalar, 0, len(scalar.text)) is not None


def _scalars(node):
    if isinstance(node, Scalar):
        yield node
    else:
        for child in getattr(node, "items", ()) or [
            value for _, value in getattr(node, "entries", ())
        ]:
            yield from _scalars(child)


BOMBS = {
    "brackets": "'[' * 50_000",
    "dashes": "'- ' * 50_000",
    "braces": "'{a: ' * 50_000",
    "aliases": "'a: &a [x,x]\\n' + ''.join(f'b{i}: &b{i} [*a,*a]\\n' for i in range(100))",
    "a long line": "'a: ' + 'x' * 8_000_000",
    "nul": "'a: \\0'",
    "surrogate": "'a: \"\\\\ud800\"'",
    "documents": "'---\\na: 1\\n' * 10_000",
    "16 MiB": "'a: ' + 'x' * (16 * 1024 * 1024)",
    "many keys": "''.join(f'k{i}: {{}}\\n' for i in range(20_000))",
    "one key": "'a: 1\\n' * 20_000",
}
CHILD = """
import re, time
from pathlib import Path
from click.testing import CliRunner
from generator.cli import main
Path("m.yaml").write_text({bomb}, encoding="utf-8")
start = time.process_time()
ran = CliRunner().invoke(main, ["validate", "m.yaml"])
seconds = time.process_time() - start
status = Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+([0-9]+)", status.read_text())[1] if status.exists() else 0
print(ran.exit_code, seconds, int(peak) / 1024, len(re.findall(r": error\\[", ran.stdout)))
"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_with_a_diagnostic(bomb, tmp_path):
    # What counts branches would count as time of the command, so the child is not traced.
    untraced = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    ran = subprocess.run(
        [sys.executable, "-c", CHILD.replace("{bomb}", BOMBS[bomb])],
        cwd=tmp_path,
        env=untraced,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, seconds, megabytes, found = map(float, ran.stdout.split())
    assert code == 1
    assert found >= 1
    assert megabytes < 300
    assert seconds < 4  # of the processor; under one on a machine that does nothing else
