"""Functions with random slips: where nothing is said, the mapping still sends the same."""

from __future__ import annotations

import json
import os
import re
from random import Random

import pytest

from generator import providers
from generator.compiler import compile_text
from generator.diagnostics import Report, Span
from generator.imports import function
from generator.imports.javascript.script import Script
from generator.project import Project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

from . import test_functions as whole

CASES = int(os.environ.get("SEGFN_CASES", "12"))
SEED = os.environ.get("SEGFN_SEED", "1")
SOURCES = [path.read_text("utf-8") for path in whole.FUNCTIONS]
# Texts stay: an address that leads nowhere and a header of nonsense are slips of another kind.
TOKENS = re.compile(r"\"[^\"\n]*\"|`[^`]*`|//.*|settings\.\w+|\w+|\s+|[^\w\s]")
WORDS = (
    *("===", "!==", "&&", "||", "??", "!", "?.", "null", "undefined", "true", "false", "else"),
    *("event.userId", "event.event", "event.properties.plan", "settings.environment", "20"),
    *("return;", 'throw new Error("x");', "if (event.properties.total > 50)", '"Signed Up"'),
)
EVENTS = [event for index, event in enumerate(whole.events()) if index % 3 == 0]
# What JavaScript throws by itself; nothing fails here, so a RetryError is one that was caught.
RAN_OUT = {"TypeError", "ReferenceError", "SyntaxError", "RetryError"}


def slipped(rng):
    """A function with one to three slips."""
    tokens = TOKENS.findall(rng.choice(SOURCES))
    for _ in range(rng.choice((1, 1, 2, 3))):
        at, shape = rng.randrange(len(tokens)), rng.random()
        if tokens[at][:1] not in {'"', "`", "/"}:
            word = f" {rng.choice(WORDS)} "
            tokens[at] = "" if shape < 0.2 else word if shape < 0.6 else tokens[at] + word
    return "".join(tokens)


def read(code):
    """The mapping of a function, and what is said about it; None where there is none."""
    report = Report()
    script = Script.read(code.encode(), "mine.js", report)
    novu = providers.load("novu", None, Report(), Span.start_of("x"))
    made = None if script is None else function.mapping(script, novu, "mine", report)
    if made is None or not made.routes:
        return None
    output = compile_text(made.text(), "mine.yaml", Project.at(whole.HOME), report)
    said = {entry.code.code[0] for entry in report} & {"I"} or output is None
    return None if said else output


def ran(runtime, code, rules):
    job = Job(code=code, settings=whole.SETTINGS, rules=rules)
    for line in runtime.run(job, EVENTS):
        asked = [whole.asked(each) for each in line["requests"] if each["method"] != "GET"]
        yield (line["error"] or {}).get("name"), asked


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


def test_nothing_is_sent_otherwise_in_silence(runtime):
    judged, different, index = 0, [], 0
    while judged < CASES:
        code = slipped(Random(f"slips/{SEED}/{index}"))
        index += 1
        output = read(code)
        if output is None:
            continue
        rules = tuple(rule(told) for told in output.responses)
        theirs = ran(runtime, code + whole.LODASH * ("_." in code), rules)
        judged += 1
        for event, (error, one), (_, other) in zip(
            EVENTS, theirs, ran(runtime, output.text, rules), strict=True
        ):
            ours = [request for request in other if request != whole.CREATED or request in one]
            if error not in RAN_OUT and told(whole.nothing_lost(one)) != told(ours):
                different.append((code, event, one, ours))
    assert different[:1] == [], f"SEGFN_SEED={SEED}"


def told(requests):
    return sorted(json.dumps(request, sort_keys=True) for request in requests)
