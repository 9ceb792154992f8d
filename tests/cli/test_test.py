"""`segfn test`: the fixtures of mappings."""

from __future__ import annotations

import json
import re

import pytest

from generator.commands import _session

FIXTURES = """\
settings: { apiKey: test-key }
fixtures:
  - name: a new user is welcomed
    event: { type: track, event: User Registered, userId: u1, messageId: m1 }
    expect:
      outcome: delivered
      requests:
        - { method: POST, url: https://api.novu.co/v1/events/trigger, body: { name: welcome } }
  - name: a server error is retried
    event: { type: track, event: User Registered, userId: u1, messageId: m1 }
    responses: [{ status: 503 }]
    expect: { outcome: retry }
"""
FAILING = FIXTURES.replace("{ outcome: retry }", "{ outcome: rejected }")


@pytest.fixture
def tested(project):
    project.write("mappings/novu.fixtures.yaml", FIXTURES)
    return project


@pytest.fixture
def failing(project):
    project.write("mappings/novu.fixtures.yaml", FAILING)
    return project


@pytest.mark.usefixtures("tested")
def test_fixtures_that_pass(segfn):
    answer = segfn("test")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith(
        "mappings/novu.fixtures.yaml\n  ✓ a new user is welcomed\n  ✓ a server error is retried\n\n"
        "2 passed in 1 file, "
    )


@pytest.mark.usefixtures("failing")
def test_a_difference_is_a_finding_at_its_line(segfn):
    answer = segfn("test")
    assert answer.code == 1
    assert (
        'mappings/novu.fixtures.yaml:12:24: error[T110 unexpected]: "a server error is retried": '
        "outcome is retry"
    ) in answer.out
    assert "expected: rejected" in answer.out
    assert "actual:   retry (RetryError: Novu answered 503)" in answer.out
    assert "  ✗ a server error is retried\n" in answer.err
    assert "1 passed, 1 failed in 1 file" in answer.err


@pytest.mark.usefixtures("failing")
def test_json_has_the_counts(segfn):
    told = json.loads(segfn("test", "--format", "json").out)
    assert told["summary"] == {"passed": 1, "failed": 1}
    (finding,) = told["diagnostics"]
    assert (finding["line"], finding["code"], finding["slug"]) == (12, "T110", "unexpected")


@pytest.mark.parametrize("format_", ["github", "sarif", "junit"])
@pytest.mark.usefixtures("failing")
def test_other_formats_name_the_failure(segfn, format_):
    answer = segfn("test", "--format", format_)
    assert "outcome is retry" in answer.out
    assert answer.code == 1


@pytest.mark.usefixtures("failing")
def test_fixtures_are_chosen_by_a_part_of_their_name(segfn):
    assert segfn("test", "-k", "WELCOMED").code == 0
    answer = segfn("test", "-k", "nothing like it")
    assert answer.code == 2
    assert 'no fixture has "nothing like it" in its name' in answer.err


def test_an_update_changes_the_expectation_alone(failing, segfn):
    answer = segfn("test", "--update")
    assert answer.code == 0
    assert (
        "  ✎ a server error is retried\n      outcome is retry instead of rejected\n\n"
        "1 passed, 1 written in 1 file, "
    ) in answer.err
    changed = failing.read("mappings/novu.fixtures.yaml")
    assert changed.startswith(FAILING.split("expect: { outcome: rejected }")[0])
    assert changed.endswith(
        "name: RetryError\n        message: Novu answered 503\n      requests:\n"
        + changed.rsplit("      requests:\n", 1)[1]
    )
    assert segfn("test").code == 0


@pytest.mark.parametrize("name", ["other.yaml", "other/novu.fixtures.yaml"])
def test_nothing_is_written_where_anything_is_invalid(failing, segfn, name):
    failing.write("mappings/other/novu.yaml", failing.read("mappings/novu.yaml") + "name: two\n")
    failing.write(f"mappings/{name}", "version: 1\n")
    answer = segfn("test", "--update", "--out", "page.html")
    assert answer.code == 1
    assert answer.err.endswith("\nnothing is written: mend what is invalid first\n")
    assert failing.read("mappings/novu.fixtures.yaml") == FAILING
    assert not (failing.root / "page.html").exists()


def test_an_update_moves_what_is_said_of_the_lines_below(project, segfn):
    told = FAILING.split("  - name: a new")[0] + "  - name:" + FAILING.rsplit("- name:", 1)[1]
    project.write("mappings/novu.fixtures.yaml", told + "    settings: { apiToken: x }\n")
    out = segfn("test", "--update").out
    (line,) = re.findall(r"novu\.fixtures\.yaml:(\d+):17: warning\[T105 fixture-setting\]", out)
    assert f"\n{line} |     settings: {{ apiToken: x }}\n" in out


def test_an_update_says_what_is_no_longer_sent(project, segfn):
    told = FIXTURES.replace("m1", "m2") + (
        "  - name: what follows is new\n"
        "    event: { type: track, event: Other, userId: u1, messageId: m3 }\n"
    )
    project.write("mappings/novu.fixtures.yaml", told)
    project.write("mappings/novu.yaml", "version: 1\nprovider: novu\ntrack:\n  Another: hello\n")
    answer = segfn("test", "--update")
    assert answer.err.split("\n\n")[0].splitlines() == [
        "mappings/novu.fixtures.yaml",
        "  ✎ a new user is welcomed",
        "      1 request became none",
        "  ✎ a server error is retried",
        "      expects now that no request is sent",
        "      outcome is delivered instead of retry",
        "  ✎ what follows is new",
        "      expects now what happens: delivered, 0 requests",
    ]
    less = (
        "1 fixture expected requests that are no longer sent: make sure that nobody waits for them"
    )
    assert answer.err.endswith(f"{less}\nRead the difference, then commit it.\n")
    project.write("mappings/novu.fixtures.yaml", told)
    assert less in segfn("test", "--update", "--format", "json").err


def test_an_update_leaves_a_file_that_passes_alone(tested, segfn):
    before = (tested.root / "mappings/novu.fixtures.yaml").stat().st_mtime_ns
    assert segfn("test", "--update").code == 0
    assert (tested.root / "mappings/novu.fixtures.yaml").stat().st_mtime_ns == before


@pytest.mark.usefixtures("project")
def test_a_mapping_without_fixtures_is_a_warning(segfn):
    answer = segfn("test")
    assert "warning[T112 no-fixtures]: this mapping has no fixtures" in answer.out
    assert (answer.code, segfn("test", "--strict").code) == (0, 1)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["test", "check"])
def test_standard_input_has_no_fixtures(segfn, command):
    answer = segfn(command, "-", stdin="version: 1\n")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: standard input has no fixtures beside it\n")


@pytest.mark.usefixtures("tested")
@pytest.mark.parametrize("command", ["test", "check"])
def test_a_person_sees_the_fixtures_counted(segfn, monkeypatch, command):
    monkeypatch.setattr(_session, "PATIENCE", -1)
    monkeypatch.setattr(_session, "is_terminal", lambda _: True)
    assert "\r\x1b[K1 of 2 fixtures\r\x1b[K" in segfn(command).err


@pytest.mark.usefixtures("tested")
def test_a_path_may_be_the_fixture_file(segfn):
    assert "2 passed" in segfn("test", "mappings/novu.fixtures.yaml").err


def test_broken_mappings_and_fixtures_are_all_told(broken, segfn):
    broken.write("mappings/novu.fixtures.yaml", "fixtures:\n  - nam: a\n")
    answer = segfn("test")
    assert answer.code == 1
    assert "worklow" in answer.out
    assert "novu.fixtures.yaml:2" in answer.out


def test_coverage_names_what_no_fixture_shows(tested, segfn):
    tested.write(
        "mappings/novu.yaml",
        """\
        version: 1
        provider: novu
        track:
          User Registered: welcome
          Order Completed:
            when: properties.total >= 100
            workflow: vip
        """,
    )
    answer = segfn("test", "--coverage")
    assert answer.code == 0
    assert "mappings/novu.yaml:6:5: warning[T113 uncovered-route]: " in answer.out
    assert "vip run or decline" in answer.out
    low = segfn("test", "--fail-under", "50")
    assert low.code == 1
    assert "cover 22.2 % of the mappings, less than 50 %" in low.out
    assert segfn("test", "--fail-under", "22").code == 0


def test_no_secret_is_shown(project, segfn):
    project.write(
        "mappings/novu.fixtures.yaml",
        FIXTURES.replace("test-key", "canary-0123456789").replace(
            "body: { name: welcome }", "headers: { authorization: ApiKey other }"
        ),
    )
    answer = segfn("test", "--format", "json")
    assert answer.code == 1
    assert "ApiKey ***" in answer.out
    assert "canary" not in answer.out
