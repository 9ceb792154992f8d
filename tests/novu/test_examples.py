"""Every request of every example, case and page is one that Novu's own SDK would send."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from novu_server import Request, sdk
from novu_server.routes import find

from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.fixtures import read
from generator.sandbox.runner import Target, try_fixture

ROOT = Path(__file__).parents[2]
HOMES = ("mappings", "tests/cases/*", "templates/providers/novu")


def fixture_files():
    """Fixture files whose mapping is for Novu."""
    found = [path for home in HOMES for path in ROOT.glob(f"{home}/*.fixtures.yaml")]
    return [
        path for path in sorted(found) if "provider: novu" in mapping_of(path).read_text("utf-8")
    ]


def mapping_of(path):
    return path.with_name(path.name.replace(".fixtures", ""))


@pytest.fixture(scope="module")
def asked(runtime):
    """What every fixture asks of Novu: (file, name of the fixture, request)."""
    return [
        (path.parent.name, fixture.name, request)
        for path in fixture_files()
        for output in [compiled(mapping_of(path))]
        for fixture in read(
            path.read_bytes(), path.name, Report(), output.mapping.settings
        ).fixtures
        for request in try_fixture(runtime, Target.of(output), fixture).result["requests"]
    ]


def compiled(path):
    report = Report()
    output = compile_file(path, find_project(path.parent), report)
    assert output is not None, list(report)
    return output


def endpoint(request):
    """The endpoint of a request that the SDK would send; AssertionError for any other."""
    path = re.search(r"/v[12]/.*", request["url"])[0]
    told = {**request, "url": f"https://api.novu.co{path}", "body_text": request["body_text"]}
    route, _ = find(Request.read(told, 0.0))
    sdk.check(route.method, route.pattern, request["body_text"] or "")
    return f"{route.method} {route.pattern}"


def complaint(request):
    """What the SDK has against a request, or None."""
    try:
        endpoint(request)
    except AssertionError as error:
        return str(error)
    return None


def test_every_example_and_case_asks_what_the_sdk_would_ask(asked):
    told = [(file, name, complaint(request)) for file, name, request in asked]
    assert [each for each in told if each[2] is not None] == []
    assert len({endpoint(request) for _, _, request in asked}) > 12
    assert len(asked) > 100


def test_the_sdk_would_not_send_an_unknown_field(asked):
    request = next(told for _, _, told in asked if told["url"].endswith("/v1/events/trigger"))
    with pytest.raises(AssertionError, match="no such field"):
        endpoint(
            {**request, "body_text": request["body_text"].replace('"name"', '"nmae": 1, "name"')}
        )
