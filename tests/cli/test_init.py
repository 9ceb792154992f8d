"""`segfn init`: a project that works at once, and nothing of anybody's is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator import providers

INSTALLED = Path(sys.executable).with_name("segfn")


@pytest.mark.parametrize("provider", providers.names())
def test_the_example_of_every_provider_passes_check(segfn, folder, provider):
    answer = segfn("init", "shop", "--provider", provider)
    assert (answer.code, answer.out) == (0, "")
    assert "shop/mappings/notifications.yaml" in answer.err
    checked = segfn("check", "--strict", "--project", "shop", "shop/mappings")
    assert (checked.code, checked.out) == (0, "")
    assert "1 mapping valid, 4 fixtures passed" in checked.err
    assert f"provider: {provider}\n" in folder.read("shop/mappings/notifications.yaml")


def test_the_installed_command(tmp_path):
    clean = {"PATH": os.environ["PATH"]}
    for words in (["init"], ["check", "--strict"]):
        ran = subprocess.run(
            [INSTALLED, *words],
            cwd=tmp_path,
            env=clean,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    assert ran.stderr == "1 mapping valid, 4 fixtures passed, all files up to date\n"


def test_what_is_there_is_kept(segfn, folder):
    folder.write("mappings/notifications.yaml", "version: 1\n")
    folder.write(".gitattributes", "mine\n")
    assert segfn("init").code == 0
    assert folder.read("mappings/notifications.yaml") == "version: 1\n"
    assert folder.read(".gitattributes") == "mine\n"
    assert "dist" not in folder.names()  # no file for a mapping that is not ours
    assert folder.names("mappings") == ["notifications.yaml"]  # and no fixtures
    before = {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}
    answer = segfn("init", "--provider", "knock")
    assert answer.code == 0
    assert " new" not in answer.err.split("Next:")[0]
    assert before == {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("folder")
def test_whose_mapping_is_there_is_not_asked(segfn, monkeypatch):
    asked = []
    monkeypatch.setattr("generator.commands.init.is_terminal", lambda _: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: asked.append("provider") or "knock")
    assert [segfn("init").code for _ in range(2)] == [0, 0]
    assert asked == ["provider"]


@pytest.mark.usefixtures("folder")
def test_what_is_kept_is_listed(segfn):
    first, second = (segfn("init").err for _ in range(2))
    assert second == first.replace(" new\n", " kept\n")
    assert {"segfn.toml", "dist/notifications.js"} <= set(second.split())


def test_what_a_project_configures_is_heard(segfn, folder):
    folder.write("pyproject.toml", '[tool.segfn]\nout = "functions"\nmappings = "a/b"\n')
    answer = segfn("init")
    assert (answer.code, "pyproject.toml " in answer.err) == (0, True)
    assert folder.names("functions") == ["notifications.js"]
    first = folder.read("a/b/notifications.yaml").split("\n")[0]
    assert first == "# yaml-language-server: $schema=../../schemas/mapping.schema.json"
    assert (folder.root / "a/b" / first.split("=")[1]).is_file()
    assert "segfn.toml" not in folder.names()


def test_the_configurations_are_yaml(segfn, folder):
    segfn("init")
    workflow = yaml.safe_load(folder.read(".github/workflows/segfn.yml"))
    steps = [step.get("run", "") for step in workflow["jobs"]["segfn"]["steps"]]
    assert "segfn check --format github" in steps
    assert "${{ github.token }}" in folder.read(".github/workflows/segfn.yml")
    hook = yaml.safe_load(folder.read(".pre-commit-config.yaml"))["repos"][0]["hooks"][0]
    assert hook["entry"] == "segfn check"


def test_wrong_words(segfn, folder):
    folder.write("file", "")
    assert segfn("init", "file").code == 2
    answer = segfn("init", "--provider", "nova")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith('help: write "novu"\n')
    assert folder.names() == ["file"]
