"""`segfn validate`."""

from __future__ import annotations

from textwrap import dedent

import pytest


def test_valid_mappings_are_counted_and_nothing_is_found(segfn, project):
    project.write("mappings/other.yml", project.read("mappings/novu.yaml"))
    answer = segfn("validate")
    assert (answer.code, answer.out, answer.err) == (0, "", "2 mappings valid\n")


def test_a_finding_as_a_person_sees_it(segfn, broken):
    assert broken.names("mappings") == ["novu.yaml"]
    answer = segfn("validate")
    assert (answer.code, answer.err) == (1, "")
    assert answer.out == dedent(
        """\
        mappings/novu.yaml:5:5: error[S101 unknown-key]: "User Registered" has no "worklow"
          |
        5 |     worklow: welcome
          |     ^^^^^^^
          = help: write "workflow"

        1 error in 1 file
        """
    )


def test_a_misspelt_key_is_told_once(segfn, project):
    project.write("mappings/novu.yaml", "version: 1\nprovder: novu\ntrack:\n  A: welcome\n")
    found = [line for line in segfn("validate").out.splitlines() if "error[" in line]
    assert found == ['mappings/novu.yaml:2:1: error[S101 unknown-key]: the file has no "provder"']


def test_every_mapping_is_looked_at(segfn, broken):
    broken.write("mappings/bad.yaml", "version: 1\nprovider: nov\n")
    answer = segfn("validate")
    assert answer.code == 1
    assert [line.split(" ")[0] for line in answer.out.splitlines() if "error[" in line] == [
        "mappings/bad.yaml:2:11:",
        "mappings/novu.yaml:5:5:",
    ]
    assert answer.out.endswith("2 errors in 2 files\n")


def test_paths_are_shown_from_the_current_folder(segfn, broken, monkeypatch):
    monkeypatch.chdir(broken.root / "mappings")
    assert segfn("validate", "novu.yaml").out.startswith("novu.yaml:5:5:")
    assert segfn("--project", "..", "validate").out.startswith("novu.yaml:5:5:")


def test_standard_input(segfn, project):
    valid = segfn("validate", "-", stdin=project.read("mappings/novu.yaml"))
    assert (valid.code, valid.err) == (0, "1 mapping valid\n")
    answer = segfn("validate", "-", stdin="version: 1\nprovidr: é\n")
    assert answer.code == 1
    assert 'stdin:2:1: error[S101 unknown-key]: the file has no "providr"' in answer.out
    assert "2 | providr: é\n" in answer.out


def test_two_mappings_of_one_name(segfn, project):
    text = project.read("mappings/novu.yaml")
    project.write("mappings/other.yaml", f"# other\nname: novu\n{text}")
    answer = segfn("validate")
    assert answer.code == 1
    assert answer.out == dedent(
        """\
        mappings/other.yaml:2:1: error[G110 same-name]: two mappings are named "novu"
          |
        2 | name: novu
          | ^^^^
        mappings/novu.yaml:1:1: note: the other one is here
          = help: give one of them another `name`

        1 error in 1 file
        """
    )


def test_no_mapping_and_no_path_exit_2(segfn, folder):
    answer = segfn("validate")
    assert (answer.code, answer.out, folder.names()) == (2, "", [])
    assert answer.err == (
        "error: no mapping found in mappings\n"
        "help: name a mapping, or start a project with `segfn init`\n"
    )
    assert segfn("validate", "mappings/novu.yaml").code == 2


def test_fixtures_are_looked_at_too(segfn, project):
    project.write("mappings/novu.fixtures.yaml", "fixtures:\n  - nam: x\n")
    for args in ([], ["mappings/novu.fixtures.yaml"]):
        answer = segfn("validate", *args)
        assert answer.code == 1
        assert "mappings/novu.fixtures.yaml:2:5: error[S101 unknown-key]" in answer.out


@pytest.mark.parametrize("format_", ["text", "github", "json", "junit", "sarif"])
def test_no_format_shows_what_looks_like_a_secret(segfn, folder, format_):
    """A log of CI has more readers than the repository."""
    folder.write(
        "mappings/novu.yaml",
        """\
        version: 1
        provider: novu
        track:
          User Registered:
            workflow:
              name: welcome
              payload:
                token: sk_live_9876543210fedcba
                key: |
                  -----BEGIN RSA PRIVATE KEY-----
                  MIIEpAIBAAKCAQEA7bqZx8Qk2Lm4Np6Rt8Vw1Y7Kd8Fh3Jg5Lz7Qw9Er2Ty4Ui6O
                  -----END RSA PRIVATE KEY-----
          Trial Ended:
            sk_live_9876543210fedcba: welcome
            workflow: https://ada:correct-horse@example.com/
        """,
    )
    answer = segfn("validate", "--format", format_)
    assert answer.code == 1
    assert "secret-in-mapping" in answer.out
    assert "sk_l****" in answer.out
    assert "9876543210" not in answer.out + answer.err
    assert "correct-horse" not in answer.out + answer.err
    assert "MIIEpAIB" not in answer.out + answer.err
