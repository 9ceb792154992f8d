"""Whatever a mapping holds comes back from V8 unchanged, and nothing of it runs."""

import json
from contextlib import closing

import pytest
from py_mini_racer import MiniRacer

from generator.emit.encode import number, property_key
from generator.emit.js import Js, comment, literal, quoted, render
from generator.emit.tree import Member, Name

UNITS = [chr(unit) for unit in range(0x10000)]
HOSTILE = [
    *('"; hacked = 1; "', "'; hacked = 1; '", "`; hacked = 1; `", "${hacked = 1}", "\\"),
    *('\\"', "\\'", '\\\\"', "\n hacked = 1", "\r hacked = 1", "\u2028 hacked = 1"),
    *("\u2029 hacked = 1 //", "*/ hacked = 1 /*", "\n--> hacked = 1", "</script>", "</SCRIPT >"),
    *("<!--", "]]>", "{{ hacked }}", "\u202e hacked", "\ufeff", "\x00", "\ud800", "\udc00\ud800"),
    *("__proto__", "constructor", "toString", "\\u0022", "\x85 hacked = 1", "//", "/*", "😀"),
]
TEXTS = list(dict.fromkeys([*HOSTILE, *(one + two for one in HOSTILE for two in HOSTILE)]))


@pytest.fixture(scope="module")
def engine():
    with closing(MiniRacer()) as context:
        yield context


def evaluated(engine, code):
    """What V8 makes of code: JSON text out, because a lone surrogate would hang."""
    answer = engine.eval(
        f"JSON.stringify([({code}), typeof hacked, Object.keys(Object.prototype)])"
    )
    value, hacked, polluted = json.loads(answer)
    assert (hacked, polluted) == ("undefined", [])
    return value


def as_units(texts):
    return [text.encode("utf-16-be", "surrogatepass").hex() for text in texts]


@pytest.mark.parametrize("texts", [UNITS, TEXTS], ids=["every code unit", "hostile texts"])
def test_texts_come_back_as_strings(engine, texts):
    code = f"[{','.join(map(quoted, texts))}]"
    assert as_units(evaluated(engine, code)) == as_units(texts)


@pytest.mark.parametrize("texts", [UNITS, TEXTS], ids=["every code unit", "hostile texts"])
def test_texts_come_back_as_keys(engine, texts):
    members = ",".join(f"{property_key(text)}: {place}" for place, text in enumerate(texts))
    code = f"Object.entries({{ {members} }}).sort((a, b) => a[1] - b[1])"
    back = [key for key, _ in evaluated(engine, code)]
    assert as_units(back) == as_units(texts)


@pytest.mark.parametrize("texts", [UNITS, TEXTS], ids=["every code unit", "hostile texts"])
def test_texts_read_the_member_they_name(engine, texts):
    reads = [render(Member(Name("thing"), text, optional=True)) for text in texts]
    code = f"((thing) => [{','.join(reads)}])(new Proxy({{}}, {{ get: (_, key) => key }}))"
    assert as_units(evaluated(engine, code)) == as_units(texts)


@pytest.mark.parametrize("texts", [UNITS, TEXTS], ids=["every code unit", "hostile texts"])
def test_a_comment_ends_with_its_line(engine, texts):
    lines = "\n".join(f"// {comment(text)}\nlines += 1;" for text in texts)
    count = evaluated(engine, f"(() => {{ let lines = 0;\n{lines}\nreturn lines; }})()")
    assert count == len(texts)


def test_what_is_printed_shows_what_it_is():
    for code in (written(text) for text in TEXTS for written in (quoted, property_key, comment)):
        assert not {"\n", "\r", "\x85", "\u2028", "\u2029", "\u202e", "\ufeff"} & set(code)
        assert "</script" not in code.lower()
        assert "<!--" not in code
        code.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("plain", '"plain"'),
        ("über 日本 🎉", '"über 日本 🎉"'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("a\tb\\c", '"a\\tb\\\\c"'),
        ("a\u2028b\u00a0c", '"a\\u2028b\\u00a0c"'),
        ("\ud83d", '"\\ud83d"'),
        (1.0, "1"),
        (-0.5, "-0.5"),
        (1e21, "1e21"),
        (1e-7, "1e-7"),
        (10**20, "100000000000000000000"),
        (True, "true"),
        (None, "null"),
        ([], "[]"),
        ({}, "{}"),
        ({"__proto__": 1}, '{\n  ["__proto__"]: 1,\n}'),
        (
            {"a-b": 1, "größe": 2, "7": 3, "07": 4},
            '{\n  "a-b": 1,\n  größe: 2,\n  7: 3,\n  "07": 4,\n}',
        ),
    ],
)
def test_literals_are_written_as_a_person_would(value, code):
    assert render(literal(value)) == code


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_json_number_is_refused(value):
    with pytest.raises(ValueError, match="no JSON number"):
        number(value)


def test_numbers_keep_their_value(engine):
    values = [0.1, 5e-324, 1.7976931348623157e308, -1e300, 123456789012345680, 1e22, 2**53 - 1]
    assert evaluated(engine, render(literal(values))) == values


def test_code_is_told_from_text():
    assert Js("a ?? b").__html__() == "a ?? b"
    assert not isinstance(Js("a"), str)
