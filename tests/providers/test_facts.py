"""What the vendors say of their APIs, one rule at a time, each with what keeps it.

`facts/<provider>.yaml` names for each rule the fixtures that show it (`segfn test` runs them),
the tests in this folder, and the sentences of the provider's page for what no request shows.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from .conftest import ROOT

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "facts").glob("*.yaml"))


def rules(name):
    return yaml.safe_load((HERE / f"facts/{name}.yaml").read_text("utf-8"))


@cache
def fixtures(mapping):
    text = (ROOT / f"mappings/{mapping}.fixtures.yaml").read_text("utf-8")
    return {fixture["name"] for fixture in yaml.safe_load(text)["fixtures"]}


@cache
def page(name):
    return " ".join((ROOT / f"docs/{name}.md").read_text("utf-8").split())


@pytest.mark.parametrize(("name", "rule"), [(name, rule) for name in NAMES for rule in rules(name)])
def test_a_rule_is_kept_by_what_it_names(name, rule):
    kept = {key: rule.get(key, []) for key in ("fixture", "test", "says")}
    assert rule.keys() - kept.keys() == {"rule"}
    assert any(kept.values()), rule
    for place in kept["fixture"]:
        mapping, fixture = place.split(": ", 1)
        assert fixture in fixtures(mapping), place
        assert mapping.endswith(name) or mapping.startswith(name), place
    for place in kept["test"]:
        file, test = place.split("::")
        assert re.search(rf"^def {test}\(", (HERE / file).read_text("utf-8"), re.MULTILINE), place
    for words in kept["says"]:
        assert words in page(name), words


@pytest.mark.parametrize("name", NAMES)
def test_no_fixture_of_an_example_is_without_a_rule(name):
    """Each shows something that the vendor says, or what Segment and the mapping are about."""
    own = {
        "a large order is a matter for the VIP desk",
        "any other order gets a receipt",
        "a partial identify changes only what it names",
        "a user's traits become properties and channels",
        "an order of nobody notifies nobody",
    }
    told = {place for rule in rules(name) for place in rule.get("fixture", [])}
    for path in (ROOT / "mappings").glob(f"*{name}*.fixtures.yaml"):
        mapping = path.name.removesuffix(".fixtures.yaml")
        for fixture in fixtures(mapping) - own:
            assert f"{mapping}: {fixture}" in told, fixture
