"""For code scanning: SARIF 2.1.0.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from importlib import metadata
from inspect import cleandoc
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator.reporters._lines import Lines
from generator.reporters._shown import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Code, Diagnostic, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST_RESULTS = 25_000
"""GitHub refuses a run with more."""


def render(
    found: list[Diagnostic],
    sources: Mapping[str, str],
    *,
    colour: bool,  # noqa: ARG001
    summary: dict[str, int],
) -> str:
    """One run with the rules that found something."""
    codes = sorted({entry.code for entry in found}, key=lambda code: code.code)
    index = {code: number for number, code in enumerate(codes)}
    prints = _Fingerprints(Lines(sources))
    driver = {"name": "segfn", "version": _version(), "rules": [_rule(code) for code in codes]}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(entry, index[entry.code], prints.of(entry)) for entry in found[:MOST_RESULTS]
        ],
    }
    if summary:
        run["properties"] = summary
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _version() -> str:
    try:
        return metadata.version("segfn")
    except metadata.PackageNotFoundError:
        return "0"


def _rule(code: Code) -> dict[str, Any]:
    doc = cleandoc(code.doc).strip()
    return {
        "id": code.code,
        "name": code.slug,
        "shortDescription": {"text": doc.split("\n", 1)[0]},
        "help": {"text": doc, "markdown": doc},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _result(entry: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    remarks = [note.message for note in entry.notes if note.span is None]
    advice = [] if entry.help is None else [f"help: {entry.help}"]
    related = [
        {**_location(note.span), "id": number, "message": _message(note.message)}
        for number, note in enumerate(entry.notes, 1)
        if note.span is not None
    ]
    return {
        "ruleId": entry.code.code,
        "ruleIndex": index,
        "level": entry.severity.value,
        "message": _message("\n".join([entry.message, *remarks, *advice])),
        "locations": [_location(entry.span)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"segfn/v1": fingerprint},
    }


def _message(text: str) -> dict[str, str]:
    """Text in which nothing is a link: `[a](b)` would be one (3.11.6)."""
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": text}


def _location(span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    # Python has lone surrogates where a file name is no UTF-8.
    uri = quote(span.path.encode("utf-8", "surrogatepass"), safe="/")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


class _Fingerprints:
    """What stays the same of a finding when lines are added elsewhere in its file."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.seen: Counter[str] = Counter()

    def of(self, entry: Diagnostic) -> str:
        """A hash of code, file and the line's text, and which one of several it is."""
        line = self.lines.line(entry.span.path, entry.span.line) or ""
        told = f"{entry.code.code}\0{entry.span.path}\0{line.strip()}"
        digest = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.seen[digest] += 1
        return f"{digest}:{self.seen[digest]}"
