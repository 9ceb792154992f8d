"""`segfn check`: validate, test, and generate --check in one."""

from __future__ import annotations

import json

import pytest

FIXTURES = """\
settings: { apiKey: test-key }
fixtures:
  - name: a new user is welcomed
    event: { type: track, event: User Registered, userId: u1, messageId: m1 }
    expect:
      requests:
        - { method: POST, body: { name: %s } }
"""


@pytest.fixture
def complete(segfn, project):
    """A project with a fixture and a generated file."""
    project.write("mappings/novu.fixtures.yaml", FIXTURES % "welcome")
    segfn("generate")
    return project


def findings(answer):
    return [
        (entry["path"], entry["slug"], entry["severity"])
        for entry in json.loads(answer.out)["diagnostics"]
    ]


def test_all_is_well(segfn, complete):
    answer = segfn("check")
    assert (answer.code, answer.out, answer.err) == (
        0,
        "",
        "1 mapping valid, 1 fixture passed, all files up to date\n",
    )
    assert complete.names() == ["dist", "mappings"]


def test_everything_that_is_wrong_is_told_at_once(segfn, complete):
    complete.write("mappings/novu.fixtures.yaml", FIXTURES % "farewell")
    complete.write("mappings/bad.yaml", "version: 1\nprovider: nov\n")
    complete.write("dist/novu.js", complete.read("dist/novu.js") + "// mine\n")
    complete.write("dist/gone.js", complete.read("dist/novu.js"))
    answer = segfn("check", "--format", "json")
    assert answer.code == 1
    found = findings(answer)
    assert ("mappings/bad.yaml", "unknown-provider", "error") in found
    assert ("dist/novu.js", "stale-file", "error") in found
    assert "mappings/novu.fixtures.yaml" in [path for path, _, _ in found]
    assert "orphan-file" not in [slug for _, slug, _ in found]
    assert json.loads(answer.out)["summary"] == {"passed": 0, "failed": 1}
    assert complete.read("dist/novu.js").endswith("// mine\n")


def test_a_failed_fixture_alone_fails(segfn, complete):
    complete.write("mappings/novu.fixtures.yaml", FIXTURES % "farewell")
    answer = segfn("check")
    assert answer.code == 1
    assert "mappings/novu.fixtures.yaml:7:" in answer.out
    assert answer.out.endswith("0 passed, 1 failed; 1 error in 1 file\n")


def test_an_orphan_fails_without_paths_only(segfn, complete):
    complete.write("dist/gone.js", complete.read("dist/novu.js"))
    assert findings(segfn("check", "--format", "json")) == [
        ("dist/gone.js", "orphan-file", "error")
    ]
    assert segfn("check", "mappings").code == 0


def test_a_mapping_without_fixtures_is_a_warning(segfn, project):
    segfn("generate")
    answer = segfn("check")
    assert answer.code == 0
    assert "mappings/novu.yaml:1:1: warning[T112 no-fixtures]" in answer.out
    assert segfn("check", "--strict").code == 1
    assert project.names("dist") == ["novu.js"]
