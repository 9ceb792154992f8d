"""Where a project begins, what it configures, and which mappings it holds."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Note, Report, Span, did_you_mean, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Code
    from generator.model import Mapping

BAD_TOML = error(
    "C101",
    "bad-toml",
    """The configuration is no TOML.

    ```toml
    out = dist                # wrong: a text needs quotes
    ```

    ```toml
    out = "dist"
    ```
    """,
)
UNKNOWN_OPTION = error(
    "C102",
    "unknown-option",
    """The configuration sets something that segfn does not have.

    `segfn.toml`, or `[tool.segfn]` in `pyproject.toml`, knows `out` (the folder of the
    generated files), `mappings` (the folder of the mappings) and `required-version`.

    ```toml
    output = "functions"      # wrong
    ```

    ```toml
    out = "functions"
    ```
    """,
)
WRONG_OPTION = error(
    "C103",
    "wrong-option",
    """A value of the configuration is not usable.

    Folders are relative to the configuration and lie below it, so that a project means the
    same on every machine and nothing outside it is ever written.

    ```toml
    out = "../functions"      # wrong: outside the project
    ```

    ```toml
    out = "functions"
    ```
    """,
)
OTHER_VERSION = error(
    "C104",
    "other-version",
    """The project asks for another version of segfn.

    Generated files are committed, so a team generates with one version. A version alone means
    every release that begins with it; `">=0.1.2,<0.3"` is a range.

    ```toml
    required-version = "99.0"         # wrong: this is not what runs here
    ```

    ```toml
    required-version = "0.1"
    ```
    """,
)
SAME_NAME = error(
    "G110",
    "same-name",
    """Two mappings give one name to their generated files, so one would overwrite the other.

    The name is the mapping's `name`, or the stem of its file.

    ```yaml
    name: notifications       # wrong: another mapping has this name
    ```

    ```yaml
    name: notifications-eu
    ```
    """,
)

CONFIG = "segfn.toml"
OPTIONS = ("out", "mappings", "required-version")
SUFFIXES = (".yaml", ".yml")
STDIN = "stdin"


class Unusable(Exception):  # noqa: N818 - not an error of the program
    """What was asked cannot be done as it was asked: wrong usage, configuration or input.

    It ends the command with exit code 2. `report` holds findings with places, if any.
    """

    def __init__(self, message: str, help: str | None = None, report: Report | None = None) -> None:  # noqa: A002
        """`help` begins with a verb."""
        super().__init__(message)
        self.message, self.help, self.report = message, help, report


@dataclass(frozen=True, slots=True)
class Project:
    """A project: absolute folders, and the configuration file if there is one."""

    root: Path
    out: Path
    mappings: Path
    config: Path | None = None

    @classmethod
    def at(cls, root: Path) -> Project:
        """The project of a folder without configuration."""
        return cls(root, root / "dist", root / "mappings")


def shown(path: Path | str) -> str:
    """A path as a person sees it: relative to the current folder, with `/`."""
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return Path(path).as_posix()


def version() -> str:
    """The version of segfn that runs."""
    from importlib import metadata  # noqa: PLC0415 - slow to import

    try:
        return metadata.version("segfn")
    except metadata.PackageNotFoundError:
        return "0+unknown"


# --- finding and reading the configuration -----------------------------------


def find_project(directory: Path | None = None) -> Project:
    """The project of a folder, or the one around the current folder.

    The search goes upwards until it finds a configuration, and not beyond a repository;
    without one the current folder is the root. Raises `Unusable` for what is wrong.
    """
    if directory is not None:
        if not directory.is_dir():
            raise Unusable(f"there is no folder {shown(directory)}", "name the project's folder")
        return _configured(directory.resolve()) or Project.at(directory.resolve())
    here = Path.cwd()
    for folder in (here, *here.parents):
        found = _configured(folder)
        if found is not None:
            return found
        if (folder / ".git").exists():
            break
    return Project.at(here)


def _configured(folder: Path) -> Project | None:
    """The project whose configuration stands in this folder."""
    report = Report()
    for name in (CONFIG, "pyproject.toml"):
        path = folder / name
        if path.is_file():
            options = _options(path, report)
            project = None if options is None else _read(options, _Config(path, report))
            if report.failed:
                raise Unusable("the configuration is not usable", report=report)
            if project is not None:
                return project
    return None


def _options(path: Path, report: Report) -> dict[str, Any] | None:
    """The options in a file; None where it is not about segfn."""
    text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    own = path.name == CONFIG
    if not own and "segfn" not in text:
        return None
    try:
        data = _toml(text)
    except ValueError as problem:
        _tell_toml(problem, path, report)
        return None
    if own:
        return data
    tools = data.get("tool")
    options = tools.get("segfn") if isinstance(tools, dict) else None
    return options if isinstance(options, dict) else None


def _toml(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415 - only where there is a configuration
    else:
        import tomli as tomllib  # noqa: PLC0415
    return tomllib.loads(text.replace("\r\n", "\n"))


def _tell_toml(problem: ValueError, path: Path, report: Report) -> None:
    """Report a syntax error at the place that its text names."""
    message = str(problem)
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    said = message[: place.start()] if place else message
    span = Span(shown(path), line, column, line, column + 1)
    report.add(BAD_TOML, span, said[:1].lower() + said[1:], help="correct the TOML")


@dataclass(frozen=True, slots=True)
class _Config:
    """A configuration file in which places are found by their key."""

    path: Path
    report: Report

    def place(self, key: str) -> Span:
        """The key's place: a TOML reader gives none, so the text is searched."""
        text = self.path.read_text(encoding="utf-8", errors="replace")
        section = re.search(r"^[ \t]*\[tool\.segfn\]", text, re.MULTILINE)
        written = re.compile(rf"^[ \t]*[\"']?({re.escape(key)})\b", re.MULTILINE)
        found = written.search(text, section.end() if section else 0)
        if found is None:
            return Span.start_of(shown(self.path))
        line = text.count("\n", 0, found.start(1)) + 1
        column = found.start(1) - text.rfind("\n", 0, found.start(1))
        return Span(shown(self.path), line, column, line, column + len(key))

    def tell(self, code: Code, key: str, message: str, help_: str) -> None:
        """Report something about an option."""
        self.report.add(code, self.place(key), message, help=help_)


def _read(options: dict[str, Any], config: _Config) -> Project:
    """Judge every option; the report holds what is wrong."""
    for key in options:
        if key not in OPTIONS:
            advice = did_you_mean(key, OPTIONS) or f"use one of {', '.join(OPTIONS)}"
            config.tell(UNKNOWN_OPTION, key, f'there is no option "{key}"', advice)
    _check_version(options.get("required-version"), config)
    root = config.path.parent
    return Project(
        root,
        root / _folder(options, "out", "dist", config),
        root / _folder(options, "mappings", "mappings", config),
        config.path,
    )


def _folder(options: dict[str, Any], key: str, default: str, config: _Config) -> str:
    """A folder below the project."""
    folder = options.get(key, default)
    if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
        config.tell(WRONG_OPTION, key, f'"{key}" is no folder', f'write {key} = "{default}"')
        return default
    parts = Path(folder.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or re.match("[A-Za-z]:", folder):
        message = f'"{key}" leads outside the project'
        config.tell(WRONG_OPTION, key, message, "name a folder below this file's folder")
        return default
    return folder


_CLAUSE = re.compile(r"\s*(==|!=|>=|<=|>|<|)\s*(\d+(?:\.\d+)*)\s*")


def _check_version(wanted: object, config: _Config) -> None:
    """Report a version of segfn that the project does not want."""
    if wanted is None:
        return
    parts = wanted.split(",") if isinstance(wanted, str) else []
    clauses = [_CLAUSE.fullmatch(part) for part in parts]
    told = [(clause[1], clause[2]) for clause in clauses if clause]
    if not told or len(told) != len(clauses):
        message = f"{wanted!r} is no version"
        config.tell(WRONG_OPTION, "required-version", message, 'write it as "0.1" or ">=0.1,<0.3"')
    elif not all(_holds(operator, asked) for operator, asked in told):
        message = f"the project asks for segfn {wanted}, this is {version()}"
        help_ = f'install it: pip install "segfn{_requirement(told)}"'
        config.tell(OTHER_VERSION, "required-version", message, help_)


def _requirement(told: Iterable[tuple[str, str]]) -> str:
    return ",".join(
        f"{operator or '=='}{asked}{'' if operator else '.*'}" for operator, asked in told
    )


def _holds(operator: str, asked: str) -> bool:
    """Whether the version that runs meets one clause; without operator it is a prefix."""
    here, there = _numbers(version()), _numbers(asked)
    if not operator:
        return here[: len(there)] == there
    size = max(len(here), len(there))
    left, right = (numbers + (0,) * (size - len(numbers)) for numbers in (here, there))
    return {
        "==": left == right,
        "!=": left != right,
        ">=": left >= right,
        "<=": left <= right,
        ">": left > right,
        "<": left < right,
    }[operator]


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else (0,)


# --- the mappings --------------------------------------------------------------


def find_mappings(project: Project, paths: Iterable[str | Path] = ()) -> list[Path]:
    """The mapping files at the paths, or in the project: absolute, each once, sorted.

    A path is a file or a folder, relative to the current folder; a fixture file stands for
    its mapping. Raises `Unusable` where a path does not exist or no mapping is found.
    """
    asked = [Path(path) for path in paths]
    places = asked or ([project.mappings] if project.mappings.is_dir() else [])
    found = {Path(os.path.abspath(file)) for place in places for file in _files(place)}  # noqa: PTH100 - links stay
    if not found:
        where = " or ".join(shown(path) for path in asked or [project.mappings])
        help_ = "name a mapping, or start a project with `segfn init`"
        raise Unusable(f"no mapping found in {where}", help_)
    return sorted(found, key=Path.as_posix)


def _files(path: Path) -> Iterator[Path]:
    """The mapping files at one path."""
    if path.is_dir():
        yield from _below(path)
    elif path == Path("-"):
        raise Unusable("`-` stands for one mapping, and alone", "name files and folders only")
    elif not path.exists():
        raise Unusable(f"there is no file or folder {shown(path)}", _near(path))
    elif path.name.lower().endswith(SUFFIXES) and path.is_file():
        yield _mapping_of(path)
    else:
        raise Unusable(f"{shown(path)} is no mapping", "name a .yaml or .yml file, or a folder")


def _near(path: Path) -> str:
    """What a path that does not exist may have been meant to be."""
    parent = path.parent
    beside = [shown(entry) for entry in parent.iterdir()] if parent.is_dir() else []
    return did_you_mean(shown(path), beside) or "check the path; it counts from the current folder"


def _below(folder: Path) -> Iterator[Path]:
    """The mappings in a folder at any depth; what is hidden is left out."""
    for home, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(home, name)
            if name.startswith(".") or not name.lower().endswith(SUFFIXES) or is_fixtures(path):
                continue
            if path.is_symlink() and not path.exists():
                raise Unusable(f"the link {shown(path)} leads nowhere", "mend it, or remove it")
            if path.is_file():
                yield path


def _refuse(problem: OSError) -> None:
    """A folder that cannot be read may hold mappings: it is not passed over in silence."""
    raise problem


def is_fixtures(path: Path) -> bool:
    """Whether a file holds fixtures and not a mapping."""
    return path.stem.lower().endswith(".fixtures")


def fixtures_of(mapping: Path) -> Path | None:
    """The fixture file beside a mapping, if there is one."""
    beside = (mapping.with_name(f"{mapping.stem}.fixtures{suffix}") for suffix in SUFFIXES)
    return next((path for path in beside if path.is_file()), None)


def _mapping_of(path: Path) -> Path:
    """The mapping itself, or the one that a fixture file belongs to."""
    if not is_fixtures(path):
        return path
    stem = path.stem[: -len(".fixtures")]
    beside = [path.with_name(f"{stem}{suffix}") for suffix in SUFFIXES]
    found = next((mapping for mapping in beside if mapping.is_file()), None)
    if found is None:
        raise Unusable(f"{shown(path)} has no mapping beside it", f"add {shown(beside[0])}")
    return found


def check_names(mappings: Iterable[Mapping], report: Report) -> None:
    """Report mappings whose generated files have one name, with both places."""
    first: dict[str, Mapping] = {}
    for mapping in mappings:
        known = first.setdefault(mapping.name, mapping)
        if known is not mapping:
            report.add(
                SAME_NAME,
                _name_place(mapping),
                f'two mappings are named "{mapping.name}"',
                notes=[Note("the other one is here", _name_place(known))],
                help="give one of them another `name`",
            )


def _name_place(mapping: Mapping) -> Span:
    """Where a mapping is named: at its `name`, or at the file whose stem it takes."""
    path = Path(mapping.path)
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    found = re.search(r"^(?:\ufeff)?name[ \t]*:", text, re.MULTILINE)
    if found is None:
        return Span.start_of(mapping.path)
    line = text.count("\n", 0, found.start()) + 1
    return Span(mapping.path, line, 1, line, len("name") + 1)
