"""One mapping for each action of each provider, made from nothing but its provider.yaml."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import providers
from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

ROOT = Path(__file__).parents[2]
KEY = "CANARY-0123456789"
ADDRESS = "https://api.example.com/v1/things"
SAMPLES = {"url": ADDRESS, "boolean": True, "number": 1, "object": {"a": 1}, "any": {"a": 1}}
EVENT = {
    "type": "track",
    "event": "Sample Event",
    "messageId": "m-1",
    "userId": "ada",
    "previousId": "anonymous",
    "groupId": "acme",
    "properties": {"plan": "pro", "deep": {"list": [1, None]}},
    "traits": {"name": "Ada", "email": "ada@example.com"},
}

_found = Report()
PROVIDERS = {provider.name: provider for provider in providers.load_all(None, _found)}
assert not list(_found), list(_found)
ACTIONS = [(name, action) for name, each in PROVIDERS.items() for action in each.actions]


def id_of(value):
    return getattr(value, "name", str(value))


every_action = pytest.mark.parametrize(("provider", "action"), ACTIONS, ids=id_of)
keyed_actions = pytest.mark.parametrize(
    ("provider", "action"), [each for each in ACTIONS if each[1].dedupe], ids=id_of
)


def sample(kind):
    """Some value that a type takes."""
    match kind.kind:
        case "list":
            return [sample(kind.items)]
        case "enum":
            return kind.choices[0]
        case "object" if kind.members:
            return {spec.name: sample(spec.type) for spec in kind.members if spec.required}
    return SAMPLES.get(kind.kind, "sample")


def fields(action):
    """What the documentation shows as an example, and what a track call needs besides."""
    return {
        spec.name: sample(spec.type) if spec.example is None else spec.example
        for spec in action.fields
        if spec.example is not None
        or (spec.required and not spec.instead_of and not has_default(spec))
    }


def has_default(spec):
    return spec.default("track") is not None


@pytest.fixture(scope="session")
def generated():
    """The generated file of a mapping with one action, by provider and action."""
    made = {}

    def generate(provider, action):
        if (provider, action.name) not in made:
            step = {action.name: fields(action)} if fields(action) else {action.name: None}
            mapping = {"version": 1, "provider": provider, "track": {"Sample Event": [step]}}
            text = json.dumps(mapping).replace(": null", ":")
            made[provider, action.name] = compile_source(text)
        return made[provider, action.name]

    return generate


def compile_source(text, name="sample"):
    report = Report()
    output = compile_text(text, f"mappings/{name}.yaml", find_project(ROOT), report)
    assert output is not None, list(report)
    return output


@pytest.fixture(scope="session")
def runtime():
    with Runtime() as running:
        yield running


@pytest.fixture(scope="session")
def run(runtime, generated):
    """Run events through an action; the results of `segfn run`."""

    def run_action(provider, action, events, answer=None, *, settings=None, **more):
        output = generated(provider, action)
        known = [setting.name for setting in output.mapping.settings if setting.required]
        job = Job(
            code=output.text,
            settings=dict.fromkeys(known, KEY) if settings is None else settings,
            rules=tuple(rule(told) for told in output.responses),
            together=answer is not None,
            **more,
        )
        return list(runtime.run(job, events, answer))

    return run_action
