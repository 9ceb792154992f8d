"""The files and values that commands read beside their target."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from generator.diagnostics import Report
from generator.json_advice import why
from generator.project import STDIN, Unusable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.commands._session import Session
    from generator.model import Json
    from generator.sandbox.answers import Rule


def must_exist(path: str, advice: str) -> None:
    """Say that there is no such file; a pipe, as of `<(zcat events.gz)`, is as good as one."""
    if Path(path).is_dir():
        raise Unusable(f"{shown(path)} is a folder", advice)
    if not Path(path).exists():
        raise Unusable(f"there is no file {shown(path)}", advice)


@contextmanager
def open_input(session: Session, file: str, advice: str) -> Iterator[tuple[IO[bytes], str]]:
    """A file, or standard input for `-`, with the name by which it is told."""
    if file == "-":
        yield session.stdin(), STDIN
        return
    must_exist(file, advice)
    with Path(file).open("rb") as stream:
        yield stream, shown(file)


def read_input(session: Session, file: str, advice: str) -> tuple[bytes, str]:
    """The bytes of a file, or of standard input for `-`, and the name by which it is told."""
    if file == "-":
        return session.read_stdin(STDIN), STDIN
    must_exist(file, advice)
    return Path(file).read_bytes(), shown(file)


def single_settings(sets: Iterable[str]) -> dict[str, Json]:
    """The settings of `--set KEY=VALUE`."""
    settings: dict[str, Json] = {}
    for entry in sets:
        name, sign, value = entry.partition("=")
        if not sign or not name:
            # What is written there may be the secret itself: it is not repeated.
            raise Unusable("a --set has no name or no value", "write --set KEY=VALUE")
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


def read_settings(session: Session, file: str) -> dict[str, Json]:
    """The settings of a JSON file."""
    raw, name = read_input(session, file, "name a JSON file")
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise Unusable(f"{name} is no JSON: {why(problem)}", "correct it") from None
    if not isinstance(found, dict):
        raise Unusable(f"{name} is no JSON object", 'write {"apiKey": "..."}')
    return found


def read_rules(session: Session, path: str) -> tuple[Rule, ...]:
    """The answers of `--responses`."""
    from generator.sandbox import fixtures  # noqa: PLC0415 - slow to import

    raw, name = read_input(session, path, "name a file of rules")
    report = Report()
    found = fixtures.read_rules(raw, name, report)
    if found is None:
        raise Unusable(f"the rules in {name} cannot be read", report=report)
    return found
