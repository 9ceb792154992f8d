"""Directives that are rewritten give the same: random ones, judged by Segment's own library."""

from __future__ import annotations

import os
from random import Random

import pytest
from reference import MISSING, DirectiveError, directive, evaluate, same
from reference.compiled import run_all, value_code
from reference.generators import random_mapping_kit
from reference.mapping_kit import SEEN

from generator.imports.sugar import sugared

CASES = int(os.environ.get("SEGFN_CASES", "1500"))
SEED = os.environ.get("SEGFN_SEED", "1")
# What mapping-kit treats in ways of its own, see generator/imports/sugar.py.
ODD = {
    *(f"a member of {kind}" for kind in ("null", "0", "an empty text", "text", "number", "true")),
    *(f"@template of {kind}" for kind in ("list", "map")),
    *(f"@arrayPath of {kind}" for kind in ("map", "text", "an empty text", "number", "0", "null")),
    *(f"@arrayPath of {kind}" for kind in ("true", "false")),
    *(f"@arrayPath item of {kind}" for kind in ("null", "text", "number", "list", "0", "true")),
    *(f"@merge of {kind}" for kind in ("text", "an empty text", "list", "null", "number", "true")),
    "a member of false",
}


EMAIL = {"@path": "$.traits.email"}
AS_OURS = [
    (EMAIL, "$.traits.email"),
    ({"@path": "traits.first name"}, "$.traits['first name']"),
    ({"@path": "$.properties.items[0].sku"}, "$.properties.items[0].sku"),
    ({"@if": {"exists": EMAIL, "then": EMAIL, "else": "n/a"}}, '$.traits.email ?? "n/a"'),
    (
        {"@if": {"exists": EMAIL, "then": EMAIL, "else": {"a": EMAIL}}},
        {"$first": ["$.traits.email", {"a": "$.traits.email"}]},
    ),
    (
        {"@if": {"exists": EMAIL, "then": 1}},
        {"$if": "traits.email != null", "$then": 1},
    ),
    ({"@template": "Hi {{traits.name}}"}, "Hi {{ traits.name }}"),
    ({"@literal": "$.traits.email"}, {"$literal": "$.traits.email"}),
    (
        {"@arrayPath": ["$.properties.items", {"k": {"@template": "{{sku}} {{settings.x}}"}}]},
        {"$each": "$.properties.items", "$map": {"k": "{{ sku }} {{ $['settings'].x }}"}},
    ),
    ({"$5": "{{ x"}, {"$$5": {"$literal": "{{ x"}}),
]
AS_THEY_ARE = [
    {"@path": "$"},
    {"@path": "$.event.length"},
    {"@path": {"@template": "{{a}}"}},
    {"@template": "{{{traits.name}}}"},
    {"@template": "{{$.traits.name}}"},
    {"@if": {"exists": EMAIL, "then": True, "else": False}},
    {"@if": {"blank": EMAIL, "then": 1}},
    {"@case": {"operator": "lower", "value": EMAIL}},
    {"@excludeWhenNull": EMAIL},
    {"@merge": {"objects": [{"a": EMAIL}], "direction": "right"}},
    {"@arrayPath": ["$.properties.items", {"@path": "$.sku"}]},
    {"@arrayPath": []},
]


@pytest.mark.parametrize(("theirs", "ours"), AS_OURS)
def test_what_means_the_same_is_written_as_ours(theirs, ours):
    assert sugared(theirs) == ours


@pytest.mark.parametrize("theirs", AS_THEY_ARE)
def test_what_means_something_else_stays(theirs):
    assert sugared(theirs) == theirs


def sent(value):
    """A value without maps of which nothing is there; what is missing in a list is null."""
    if isinstance(value, list):
        return [
            each
            for each in (None if part is MISSING else sent(part) for part in value)
            if each != {}
        ]
    if isinstance(value, dict):
        kept = {key: sent(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part != {}}
    return {} if value is MISSING else value


def usual(count):
    """Random mappings with events that hold what they expect, and what mapping-kit gives."""
    for index in range(count):
        case = random_mapping_kit(Random(f"sugar/{SEED}/{index}"))
        SEEN.clear()
        try:
            given = directive(case.mapping, case.event)
        except DirectiveError:
            continue
        if not SEEN.keys() & ODD:
            yield case, given


def test_sugar_gives_what_its_directive_gives():
    different, changed, refused = [], 0, 0
    for case, given in usual(CASES):
        written = sugared(case.mapping)
        changed += written != case.mapping
        try:
            told = evaluate(written, case.event)
        except DirectiveError:  # absurd, and told: a directive beside another key in a list
            refused += 1
            continue
        if not same(sent(told), sent(given)):
            different.append((case.mapping, written, case.event, given, told))
    assert sorted(different, key=lambda each: len(repr(each)))[:2] == []
    assert changed > CASES / 5
    assert refused < CASES / 20


@pytest.mark.node
def test_code_of_sugar_gives_what_actions_core_gives(run_node, ask_peers):
    cases = [case for case, _ in usual(CASES // 2)]
    codes = [value_code(sugared(case.mapping)) for case in cases]
    judged = [(case, code) for case, code in zip(cases, codes, strict=True) if code is not None]
    assert len(judged) > CASES / 5
    ours = run_all(run_node, [(code, case.event) for case, code in judged])
    jobs = [{"peer": "transform", "mapping": c.mapping, "event": c.event} for c, _ in judged]
    different = [
        (case.mapping, case.event, mine, peer)
        for (case, _), mine, peer in zip(judged, ours, ask_peers(jobs), strict=True)
        if not same(sent(mine), sent(holes(peer["value"])))
    ]
    assert different[:2] == []


def holes(value):
    """A peer's answer, in which a text with NUL stands for what is undefined in a list."""
    if isinstance(value, list):
        return [None if part == "\0undefined" else holes(part) for part in value]
    if isinstance(value, dict):
        return {key: holes(part) for key, part in value.items()}
    return value
