"""The interpreter's idea of JavaScript, judged by JavaScript."""

from __future__ import annotations

import math
import struct
from random import Random

import pytest

from reference import evaluate
from reference.generators import random_json
from reference.generators.events import HOSTILE, OWN
from reference.javascript import (
    encode_uri_component,
    fixed,
    native_text,
    number,
    number_text,
    parse_json,
    same,
    stringify,
    trim,
    utf8,
    utf16_order,
)
from reference.mapping_kit import _folded

pytestmark = pytest.mark.node


def random_double(rng: Random) -> float:
    shape = rng.random()
    if shape < 0.3:
        return rng.uniform(-1000, 1000)
    if shape < 0.5:
        return rng.randrange(-(10**6), 10**6) / 1000
    found = struct.unpack("<d", rng.randbytes(8))[0]
    return found if math.isfinite(found) else 0.5


def random_text(rng: Random) -> str:
    pieces = [rng.choice((*HOSTILE.texts, chr(rng.randrange(0x250)))) for _ in range(3)]
    return "".join(pieces)


def asked(run_node, jobs):
    for job, answer in zip(jobs, run_node("natives.mjs", [each for each, _ in jobs]), strict=True):
        (call, mine) = job
        assert same(mine, answer), call


def test_numbers_are_written_as_javascript_writes_them(run_node):
    rng = Random("numbers")
    doubles = [random_double(rng) for _ in range(2000)]
    decimals = [rng.randrange(8) for _ in doubles]
    asked(run_node, [(["text", value], number_text(value)) for value in doubles])
    asked(
        run_node,
        [
            (["fixed", value, size], fixed(value, size))
            for value, size in zip(doubles, decimals, strict=True)
        ],
    )


def test_texts_change_as_in_javascript(run_node):
    rng = Random("texts")
    texts = [random_text(rng) for _ in range(2000)]
    for name, change in {
        "lower": lambda text: evaluate("$.x | lowercase", {"x": text}),
        "upper": lambda text: evaluate("$.x | uppercase", {"x": text}),
        "sha256": lambda text: evaluate("$.x | sha256", {"x": text}),
        "trim": trim,
        "bytes": lambda text: len(utf8(text)),
        "encoded": encode_uri_component,
    }.items():
        asked(run_node, [([name, text], change(text)) for text in texts])
    pairs = [(text, rng.choice(texts)) for text in texts]
    asked(run_node, [(["less", *pair], less(*pair)) for pair in pairs])


def less(one: str, other: str) -> bool:
    return utf16_order(one) < utf16_order(other)


def test_letters_are_folded_as_in_javascript(run_node):
    letters = [chr(code) for code in range(0xC0, 0x2200)]
    others = [letter.swapcase()[:1] for letter in letters]
    asked(
        run_node,
        [
            (["folded", one, other], _folded(one).find(_folded(other)))
            for one, other in zip(letters, others, strict=True)
        ],
    )


def test_json_is_written_and_read_as_in_javascript(run_node):
    rng = Random("json")
    values = [random_json(rng, 3) for _ in range(1000)]
    asked(run_node, [(["json", value], stringify(value)) for value in values])
    texts = [stringify(value) for value in values]
    asked(run_node, [(["parsed", text], stringify(parse_json(text))) for text in texts])
    lists = [[random_json(rng, 2, OWN)] for _ in range(200)]
    asked(run_node, [(["text", value], native_text(value)) for value in lists])


def test_times_are_those_of_javascript(run_node):
    rng = Random("times")
    moments = [rng.randrange(-62167219200000, 253402300800000) for _ in range(1000)]
    far = [moment for moment in moments if moment >= 10**11]
    asked(run_node, [(["iso", each], evaluate("$.x | date('iso')", {"x": each})) for each in far])
    texts = [evaluate("$.x | date('iso')", {"x": moment / 1000}) for moment in moments]
    texts = [f"{text[:-1]}{rng.choice(('Z', '+02:00', '-09:30'))}" for text in texts if text]
    asked(
        run_node,
        [(["time", text], milliseconds(text)) for text in texts],
    )


def milliseconds(text: str) -> int:
    whole = evaluate("$.x | timestamp", {"x": text})
    iso = evaluate("$.x | date('iso')", {"x": text})
    return number(whole * 1000 + int(iso[-4:-1]))
