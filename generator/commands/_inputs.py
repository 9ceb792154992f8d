"""The files and values that commands read beside their target."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Report
from generator.project import Unusable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Json
    from generator.sandbox.answers import Rule


def must_exist(path: str, advice: str) -> None:
    """Say that there is no such file; a pipe, as of `<(zcat events.gz)`, is as good as one."""
    if Path(path).is_dir():
        raise Unusable(f"{shown(path)} is a folder", advice)
    if not Path(path).exists():
        raise Unusable(f"there is no file {shown(path)}", advice)


def single_settings(sets: Iterable[str]) -> dict[str, Json]:
    """The settings of `--set KEY=VALUE`."""
    settings: dict[str, Json] = {}
    for entry in sets:
        name, sign, value = entry.partition("=")
        if not sign or not name:
            raise Unusable(f"--set {entry} has no value", "write --set KEY=VALUE")
        settings[name] = _value(value)
    return settings


def _value(text: str) -> Json:
    """A setting as it is typed: text, but true, false, lists and maps as JSON."""
    if text in {"true", "false"} or text.startswith(("[", "{")):
        try:
            value: Json = json.loads(text)
        except ValueError:
            return text
        return value
    return text


def read_settings(file: str) -> dict[str, Json]:
    """The settings of a JSON file."""
    must_exist(file, "name a JSON file")
    try:
        found = json.loads(Path(file).read_bytes())
    except (ValueError, RecursionError) as problem:
        raise Unusable(f"{shown(file)} is no JSON: {problem}", "correct it") from None
    if not isinstance(found, dict):
        raise Unusable(f"{shown(file)} is no JSON object", 'write {"apiKey": "..."}')
    return found


def read_rules(path: str) -> tuple[Rule, ...]:
    """The answers of `--responses`."""
    from generator.sandbox import fixtures  # noqa: PLC0415 - slow to import

    must_exist(path, "name a file of rules")
    report = Report()
    found = fixtures.read_rules(Path(path).read_bytes(), shown(path), report)
    if found is None:
        raise Unusable(f"the rules in {shown(path)} cannot be read", report=report)
    return found
