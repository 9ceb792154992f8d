"""The rules of the house that ARCHITECTURE.md names, kept by reading the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"
MODULES = {
    path.relative_to(ROOT)
    .with_suffix("")
    .as_posix()
    .replace("/", ".")
    .removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
LONGEST = 50


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, those for type checkers too."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(module: str) -> str:
    return ".".join(module.split(".")[:2])


FORBIDDEN = [
    ("generator.diagnostics", ["generator."]),
    (
        "generator.rules",
        ["generator.source", "generator.schema", "generator.emit", "generator.builder"],
    ),
    ("generator.changes", ["generator.source", "generator.schema", "generator.emit.page"]),
    (
        "generator.emit",
        ["generator.source", "generator.schema", "generator.rules", "generator.builder"],
    ),
]


@pytest.mark.parametrize(("where", "never"), FORBIDDEN)
def test_a_room_does_not_look_into_another(where, never):
    for module, path in MODULES.items():
        if module == where or module.startswith(f"{where}."):
            seen = {name for name in imports(path) for bad in never if name.startswith(bad)}
            own = {name for name in seen if name.startswith(where)}
            assert seen - own == set(), f"{module} imports {sorted(seen - own)}"


def test_the_model_knows_only_diagnostics():
    ours = {name for name in imports(MODULES["generator.model"]) if name.startswith("generator.")}
    assert {room(name) for name in ours} <= {"generator.diagnostics"}


def test_reporters_see_only_diagnostics():
    for module, path in MODULES.items():
        if module.startswith("generator.reporters."):
            ours = {room(name) for name in imports(path) if name.startswith("generator.")}
            assert ours <= {"generator.diagnostics", "generator.reporters"}, module


DOORS = {
    "yaml": ["generator.source"],
    "jsonschema": ["generator.schema"],
    "jinja2": ["generator.emit.templates", "generator.emit.page"],
    "py_mini_racer": ["generator.sandbox"],
    "click": ["generator.cli", "generator.commands"],
    "tree_sitter": ["generator.imports"],
}


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_a_library_has_one_door(library, doors):
    users = {
        module
        for module, path in MODULES.items()
        if any(name == library or name.startswith(f"{library}.") for name in imports(path))
    }
    strangers = {
        user
        for user in users
        if not any(user == door or user.startswith(f"{door}.") for door in doors)
    }
    assert strangers == set()


def test_only_dist_writes_files():
    writing = re.compile(
        r"(?<!dist)\.write_(text|bytes)\(|open\([^)]*[\"'][wax]b?[\"']|os\.replace|shutil\."
    )
    for module, path in MODULES.items():
        if module != "generator.dist" and not module.startswith("generator.sandbox"):
            assert not writing.search(path.read_text("utf-8")), module


def test_only_commands_print():
    for module, path in MODULES.items():
        if not module.startswith(("generator.commands", "generator.cli", "generator.sandbox")):
            called = {
                node.func.id
                for node in ast.walk(tree(path))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert "print" not in called, module


def test_functions_are_short():
    for module, path in MODULES.items():
        lines = path.read_text("utf-8").splitlines()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                excused = "# long:" in lines[node.lineno - 1]
                assert length <= LONGEST or excused, f"{module}.{node.name} has {length} lines"


def test_modules_are_nouns_of_the_pipeline():
    assert not [
        module for module in MODULES if module.split(".")[-1] in {"utils", "helpers", "common"}
    ]


def test_every_helper_is_one_function_named_as_its_file():
    for path in (ROOT / "templates").rglob("helpers/*.js"):
        code = path.read_text("utf-8")
        declared = re.findall(r"^(?:async )?function (\w+)", code, re.MULTILINE)
        assert declared == [path.stem], path.name
        assert code.startswith("// "), f"{path.name} does not say what it is for"
        assert not re.match(r"(identify|track|page|screen|group|alias|delete)[A-Z]", path.stem)


def test_templates_hold_no_logic():
    allowed = re.compile(
        r"\{%-?\s*(for \w+ in [\w.]+|endfor|if [\w.]+|else|endif|include [\w.]+)\s*-?%\}"
    )
    output = re.compile(r"\{\{-?\s*[a-zA-Z_][\w.]*\s*-?\}\}")
    for path in (ROOT / "templates").rglob("*.j2"):
        text = path.read_text("utf-8")
        for tag in re.findall(r"\{%.*?%\}", text):
            assert allowed.fullmatch(tag), f"{path.name}: {tag}"
        for shown in re.findall(r"\{\{.*?\}\}", text):
            assert output.fullmatch(shown), f"{path.name}: {shown}"


def test_every_folder_with_code_is_packaged():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = set(told["tool"]["setuptools"]["packages"])
    folders = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for path in PACKAGE.rglob("__init__.py")
    }
    assert packages == folders | {"generator.templates"}


def test_the_wheel_holds_the_whole_tree(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("generator/")}
    tracked = subprocess.run(
        ["git", "ls-files", "generator", "templates"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    expected = {re.sub(r"^templates/", "generator/templates/", name) for name in tracked}
    assert expected - held == set()


def test_the_project_speaks_of_itself_alone():
    words = re.compile(
        r"/work/|/\.library|pypi\.org|pythonhosted|registry\.npmjs|site-packages/", re.IGNORECASE
    )
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if (
            path.name != Path(__file__).name
            and path.suffix not in {".png", ".gz"}
            and path.is_file()
        ):
            found = words.search(path.read_text("utf-8", errors="replace"))
            assert found is None, f"{name}: {found and found[0]}"
