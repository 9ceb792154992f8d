"""Where a project begins, what it configures, and which mappings it holds."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator import project as project_
from generator.project import Project, Unusable, find_mappings, find_project, shown
from generator.reporters import render


def refused(act):
    """What is said: the message and the advice, or the findings as they are shown."""
    with pytest.raises(Unusable) as caught:
        act()
    problem = caught.value
    if problem.report is None:
        return problem.message, problem.help
    paths = {entry.span.path for entry in problem.report}
    return render("text", problem.report, {path: Path(path).read_text() for path in paths})


def found(*paths, home=None):
    root = Path.cwd() if home is None else home
    return [shown(path) for path in find_mappings(Project.at(root), paths)]


# --- the root ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("segfn.toml", 'out = "build/js"\nmappings = "maps"\n'),
        ("pyproject.toml", '[tool.segfn]\nout = "build/js"\nmappings = "maps"\n'),
        ("segfn.toml", '\ufeffout = "build/js"\r\nmappings = "maps"\r\n'),
    ],
)
def test_a_project_is_found_upwards(folder, monkeypatch, name, text):
    folder.write(name, text)
    folder.write("a/b/x", "")
    monkeypatch.chdir(folder.root / "a" / "b")
    assert find_project() == Project(
        folder.root, folder.root / "build/js", folder.root / "maps", folder.root / name
    )


def test_without_configuration_the_current_folder_is_the_root(folder):
    folder.write("pyproject.toml", '[project]\nname = "x"\n')
    assert find_project() == Project.at(folder.root)
    folder.write("pyproject.toml", "not TOML, and not about us")
    assert find_project() == Project.at(folder.root)


def test_segfn_toml_wins_over_pyproject(folder):
    folder.write("pyproject.toml", '[tool.segfn]\nout = "one"\n')
    folder.write("segfn.toml", 'out = "two"\n')
    assert find_project().out == folder.root / "two"


def test_the_search_does_not_leave_a_repository(folder, monkeypatch):
    folder.write("segfn.toml", 'out = "elsewhere"\n')
    folder.write("repository/.git/HEAD", "")
    monkeypatch.chdir(folder.root / "repository")
    assert find_project() == Project.at(folder.root / "repository")


def test_a_folder_may_be_named(folder):
    folder.write("other/segfn.toml", 'out = "js"\n')
    assert find_project(Path("other")).out == folder.root / "other/js"
    assert refused(lambda: find_project(Path("nowhere"))) == (
        "there is no folder nowhere",
        "name the project's folder",
    )


# --- the configuration ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "line", "advice"),
    [
        (
            "segfn.toml",
            'outt = "x"\n',
            'segfn.toml:1:1: error[C102 unknown-option]: there is no option "outt"',
            'write "out"',
        ),
        (
            "pyproject.toml",
            'outt = 1\n[tool.segfn]\n"outt" = 2\n',
            'pyproject.toml:3:2: error[C102 unknown-option]: there is no option "outt"',
            'write "out"',
        ),
        (
            "segfn.toml",
            "out = dist\n",
            "segfn.toml:1:7: error[C101 bad-toml]: invalid value",
            "correct the TOML",
        ),
        (
            "segfn.toml",
            'out = "../x"\n',
            'segfn.toml:1:1: error[C103 wrong-option]: "out" leads outside the project',
            "name a folder below this file's folder",
        ),
        (
            "segfn.toml",
            "mappings = 7\n",
            'segfn.toml:1:1: error[C103 wrong-option]: "mappings" is no folder',
            'write mappings = "mappings"',
        ),
        (
            "segfn.toml",
            'required-version = "soon"\n',
            "segfn.toml:1:1: error[C103 wrong-option]: 'soon' is no version",
            'write it as "0.1" or ">=0.1,<0.3"',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder, name, text, line, advice):
    folder.write(name, text)
    page = refused(find_project)
    assert page.splitlines()[0] == line
    assert f"= help: {advice}\n" in page


@pytest.mark.parametrize("out", ["/abs", "C:/x", "a/../../x", "..\\x", " ", "\0"])
def test_folders_stay_inside_the_project(folder, out):
    folder.write("segfn.toml", f"out = {json.dumps(out)}\n")
    assert "wrong-option" in refused(find_project)


@pytest.mark.parametrize(
    ("wanted", "version", "meets"),
    [
        ("0.1", "0.1.7", True),
        ("0.1", "0.10.0", False),
        ("0.1.7", "0.1.7", True),
        (">=0.1.2,<0.3", "0.2.0", True),
        (">=0.1.2,<0.3", "0.3.0", False),
        (">= 0.1.2 , != 0.2", "0.2.0", False),
        (">0.1", "0.1.0", False),
        ("==1", "1.0.0", True),
        ("<=1.0", "1.0.0rc1", True),
    ],
)
def test_a_required_version(folder, monkeypatch, wanted, version, meets):
    folder.write("segfn.toml", f'required-version = "{wanted}"\n')
    monkeypatch.setattr(project_, "version", lambda: version)
    if meets:
        assert find_project().root == folder.root
    else:
        assert f"the project asks for segfn {wanted}, this is {version}" in refused(find_project)


def test_a_wrong_configuration_exits_2_and_is_told_on_standard_error(segfn, project):
    project.write("segfn.toml", 'mapings = "x"\nout = ".."\n')
    answer = segfn("validate")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("error[") == 2
    assert answer.err.endswith("2 errors in 1 file\n")


# --- the mappings ---------------------------------------------------------------------------


def test_mappings_are_found_at_any_depth(folder):
    hidden = (".git/d.yaml", ".pre-commit-config.yaml")
    for name in ("b.yaml", "a.yml", "deep/er/c.yaml", "a.fixtures.yaml", "n.txt", *hidden):
        folder.write(f"mappings/{name}", "")
    folder.write("mappings/folder.yaml/e.yml", "")
    assert found() == [
        "mappings/a.yml",
        "mappings/b.yaml",
        "mappings/deep/er/c.yaml",
        "mappings/folder.yaml/e.yml",
    ]


def test_paths_are_files_and_folders_relative_to_the_current_folder(folder, monkeypatch):
    for name in ("one/a.yaml", "one/b.yaml", "two/c.yaml"):
        folder.write(name, "")
    assert found("two", "one/a.yaml", "./one/a.yaml") == ["one/a.yaml", "two/c.yaml"]
    monkeypatch.chdir(folder.root / "one")
    assert found("../two", home=folder.root) == ["../two/c.yaml"]


def test_a_fixture_file_stands_for_its_mapping(folder):
    folder.write("a.yml", "")
    folder.write("a.fixtures.yaml", "")
    folder.write("lonely.fixtures.yaml", "")
    assert found("a.fixtures.yaml", "a.yml") == ["a.yml"]
    assert refused(lambda: found("lonely.fixtures.yaml")) == (
        "lonely.fixtures.yaml has no mapping beside it",
        "add lonely.yaml",
    )


def test_what_is_not_there_is_told(folder):
    folder.write("mapings/novu.yaml", "")
    assert refused(lambda: found("mapings/nvu.yaml")) == (
        "there is no file or folder mapings/nvu.yaml",
        'write "mapings/novu.yaml"',
    )
    assert refused(found) == (
        "no mapping found in mappings",
        "name a mapping, or start a project with `segfn init`",
    )
    folder.write("empty/x.txt", "")
    assert refused(lambda: found("empty"))[0] == "no mapping found in empty"
    assert refused(lambda: found("empty/x.txt"))[0] == "empty/x.txt is no mapping"
    os.mkfifo("pipe.yaml")
    assert refused(lambda: found("pipe.yaml"))[0] == "pipe.yaml is no mapping"
    assert refused(lambda: found("-", "mapings"))[0] == "`-` stands for one mapping, and alone"


def test_a_mapping_is_not_passed_over_in_silence(folder, monkeypatch):
    folder.write("mappings/a.yaml", "")
    link = folder.root / "mappings" / "b.yaml"
    link.symlink_to("moved.yaml")
    assert refused(found)[0] == "the link mappings/b.yaml leads nowhere"
    link.unlink()

    def scandir(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError):
        found()


@pytest.mark.parametrize("format_", ["text", "github", "json", "markdown"])
def test_what_is_not_valid_cannot_be_compared(broken, segfn, format_):
    broken.write("old.yaml", "version: 1\nprovider: novu\ntrack:\n  User Registered: welcome\n")
    answer = segfn("diff", "old.yaml", "mappings/novu.yaml", "--format", format_)
    assert answer.code == 1
    talk = answer.err if format_ == "markdown" else answer.out
    assert 'has no "worklow"' in talk.replace('\\"', '"')
    if format_ == "json":
        assert [each["slug"] for each in json.loads(talk)["diagnostics"]] == ["unknown-key"]


def test_what_is_outside_cannot_be_compared_with_a_commit(project, segfn):
    answer = segfn("diff", "--against", "HEAD", str(project.root.parent / "else.yaml"))
    assert (answer.code, "is outside the project" in answer.err) == (2, True)
