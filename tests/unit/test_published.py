"""The schemas that editors read: every key is explained, and they judge as validate does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from generator import providers, published
from generator.diagnostics import Report

ROOT = Path(__file__).parents[2]
KNOWN = providers.load_all(ROOT, Report())
MAPPING = published.mapping(KNOWN)


def keys(told, path=()):
    """Every key that a schema speaks of, wherever it stands."""
    for name, inner in told.get("properties", {}).items():
        yield (*path, name), inner
        yield from keys(inner, (*path, name))
    for name, inner in told.get("definitions", {}).items():
        yield from keys(inner, (*path, name))
    for word in ("then", "else", "items", "additionalProperties"):
        if isinstance(told.get(word), dict):
            yield from keys(told[word], (*path, word))
    for inner in told.get("allOf", ()):
        # The part of a mapping for one provider: the top has explained its keys.
        for name, part in inner["then"]["properties"].items():
            yield from keys(part, (*path, name))


def description(told, root):
    """The description of a key, its own or where it leads."""
    while "description" not in told and "$ref" in told:
        target = root
        for name in told["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        told = target
    return told.get("description")


@pytest.mark.parametrize(
    ("made", "least"),
    [(MAPPING, 800), (published.other("fixtures"), 30)],
    ids=["mapping", "fixtures"],
)
def test_every_key_is_explained(made, least):
    Draft7Validator.check_schema(made)
    found = list(keys(made))
    assert len(found) >= least
    assert [path for path, told in found if not description(told, made)] == []


@pytest.mark.parametrize("name", ["mapping", "fixtures", "provider"])
def test_every_pattern_is_told_in_words(name):
    text = json.dumps(MAPPING if name == "mapping" else published.other(name))
    assert "text like" not in text


EXAMPLES = [
    path
    for path in sorted((ROOT / "mappings").glob("*.yaml"))
    if not path.name.endswith(".fixtures.yaml")
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_valid(path):
    data = yaml.safe_load(path.read_text("utf-8"))
    assert list(Draft7Validator(MAPPING).iter_errors(data)) == []
