"""Start a project: a mapping, its fixtures, and what CI and editors need."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from generator.commands._layout import table
from generator.commands._session import Session, Verdict, complete_provider, is_terminal
from generator.diagnostics import Report, did_you_mean
from generator.project import Project, Unusable, find_project, shown, version

MODELINE = "# yaml-language-server: $schema={}\n"
NAME = "notifications"
DEFAULT = "novu"

CONFIG = """\
# Generated files are committed, so everybody generates with one version of segfn.
required-version = "{minor}"
"""
ATTRIBUTES = """\
# What is compared with its mapping, and pasted, is the same on every machine.
{out}/*.js text eol=lf
"""
PRE_COMMIT = """\
# https://pre-commit.com: `pre-commit install` runs this before every commit.
repos:
  - repo: local
    hooks:
      - id: segfn-check
        name: segfn check
        entry: segfn check
        language: python
        additional_dependencies: ["segfn=={version}"]
        files: ^({mappings}|{out}|templates)/
        pass_filenames: false
"""
WORKFLOW = """\
# Checks the mappings, and comments on a pull request what changes for the people who
# receive messages.
name: segfn

"on":
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read
  pull-requests: write

jobs:
  segfn:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install segfn
        run: pip install "segfn=={version}"
      - name: Check
        run: segfn check --format github
      - name: Compare
        if: github.event_name == 'pull_request' && !cancelled()
        env:
          BASE: ${{{{ github.event.pull_request.base.sha }}}}
        run: |
          segfn diff --against "$BASE" --format markdown > segfn-diff.md
          cat segfn-diff.md >> "$GITHUB_STEP_SUMMARY"
      - name: Comment
        # A pull request from a fork may not write; its summary says the same.
        if: >-
          github.event_name == 'pull_request' && !cancelled() && hashFiles('segfn-diff.md') != ''
          && github.event.pull_request.head.repo.full_name == github.repository
        env:
          GH_TOKEN: ${{{{ github.token }}}}
          REPOSITORY: ${{{{ github.repository }}}}
          NUMBER: ${{{{ github.event.number }}}}
        run: |
          comments="repos/$REPOSITORY/issues/$NUMBER/comments"
          old=$(gh api --paginate "$comments" --jq '.[] | select(.user.type == "Bot"
            and (.body | startswith("<!-- segfn:diff -->"))) | .id' | head -n 1)
          if [ -n "$old" ]; then
            gh api -X PATCH "repos/$REPOSITORY/issues/comments/$old" -F body=@segfn-diff.md
          else
            gh api "$comments" -F body=@segfn-diff.md
          fi
"""


@click.command()
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--provider",
    metavar="NAME",
    shell_complete=complete_provider,
    help="Who sends the messages; asked on a terminal.",
)
@click.pass_obj
def command(session: Session, directory: Path, provider: str | None) -> Verdict | Report:
    """Start a project in DIR, by default here: `segfn check` passes at once.

    Writes a mapping with its fixtures, the generated file, the schemas for editors, a CI
    workflow and a pre-commit configuration. A file that is there already is never touched.
    """
    from generator import dist  # noqa: PLC0415 - slow to import

    if directory.exists() and not directory.is_dir():
        raise Unusable(f"{shown(directory)} is no folder", "name a folder")
    begun = _project(directory).mappings.joinpath(f"{NAME}.yaml").exists()
    name = _provider(provider, directory, ask=not begun)
    report = Report()
    files = _files(name, directory, report)
    new = {path: text for path, text in files.items() if not path.exists()}
    wrote = not report.failed and dist.write_all(new, _standing(directory), report) is not None
    session.show(report, err=True)
    if not wrote:
        return report
    for line in table([(shown(path), "new" if path in new else "kept") for path in files]):
        session.say(line)
    _say_next(session, directory)
    return Verdict.CLEAN


def _provider(asked: str | None, root: Path, *, ask: bool) -> str:
    """The provider that is named, or chosen on a terminal where there is no mapping yet."""
    from generator import providers  # noqa: PLC0415

    known = [name for name in providers.names(root) if _example(name, root, "") is not None]
    if asked is None and ask and is_terminal(sys.stdin) and is_terminal(sys.stderr):
        asked = click.prompt("Provider", type=click.Choice(known), default=DEFAULT, err=True)
    name = asked or DEFAULT
    if name not in known:
        advice = did_you_mean(name, known) or f"use one of {', '.join(known)}"
        raise Unusable(f'there is no provider "{name}" with an example', advice)
    return name


def _example(name: str, root: Path, kind: str) -> str | None:
    """A provider's example, or its fixtures."""
    from generator import providers  # noqa: PLC0415

    for folder in providers.folders(root):
        file = folder.joinpath("providers", name, f"example{kind}.yaml")
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return None


def _files(name: str, directory: Path, report: Report) -> dict[Path, str]:
    """Every file of the project and its text, which is written where the file is not there.

    The report says what does not compile.
    """
    project = _project(directory)
    mapping = project.mappings / f"{NAME}.yaml"
    schemas = os.path.relpath(project.root / "schemas", mapping.parent).replace(os.sep, "/")
    text, fixtures = (
        MODELINE.format(f"{schemas}/{kind}.schema.json") + str(_example(name, directory, ending))
        for kind, ending in (("mapping", ""), ("fixtures", ".fixtures"))
    )
    words = {
        "version": version(),
        "minor": ".".join(version().split(".")[:2]),
        "out": project.out.relative_to(project.root).as_posix(),
        "mappings": project.mappings.relative_to(project.root).as_posix(),
    }
    beside = mapping.with_name(f"{NAME}.fixtures.yaml")
    files = {mapping: text}
    if beside.exists() or not mapping.exists():  # the example's are nothing for another mapping
        files[beside] = fixtures
    generated = project.out / f"{NAME}.js"
    if generated.exists():
        files[generated] = ""
    elif not mapping.exists():
        files |= _generated(mapping, text, project, report)
    files |= _schemas(project, report)
    files[project.config or project.root / "segfn.toml"] = CONFIG.format(**words)
    files[project.root / ".gitattributes"] = ATTRIBUTES.format(**words)
    files[project.root / ".pre-commit-config.yaml"] = PRE_COMMIT.format(**words)
    files[project.root / ".github" / "workflows" / "segfn.yml"] = WORKFLOW.format(**words)
    return files


def _project(directory: Path) -> Project:
    """The folders of a project that begins in a folder, configured already or not."""
    return find_project(directory) if directory.is_dir() else Project.at(directory.absolute())


def _generated(mapping: Path, text: str, project: Project, report: Report) -> dict[Path, str]:
    """The generated file of the new mapping."""
    from generator.compiler import compile_text  # noqa: PLC0415 - slow to import

    output = compile_text(text, shown(mapping), project, report)
    return {} if output is None else {project.out / f"{output.name}.js": output.text}


def _schemas(project: Project, report: Report) -> dict[Path, str]:
    """The schemas by which an editor completes and explains."""
    from generator import providers, published  # noqa: PLC0415 - slow to import

    known = providers.load_all(project.root, report)
    made = {"mapping": published.mapping(known), "fixtures": published.other("fixtures")}
    return {
        project.root / "schemas" / f"{name}.schema.json": json.dumps(each, indent=2) + "\n"
        for name, each in made.items()
    }


def _standing(directory: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    whole = directory.absolute()
    return next(folder for folder in (whole, *whole.parents) if folder.is_dir())


def _say_next(session: Session, directory: Path) -> None:
    """What to do now."""
    lines = (
        "",
        "Next:",
        *([f"  cd {shown(directory)}"] if directory.resolve() != Path.cwd() else []),
        "  segfn check       # validate, run the fixtures, compare the generated file",
        "  segfn generate    # after every change of a mapping",
    )
    for line in lines:
        session.say(line)
