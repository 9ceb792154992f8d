"""Case files: what segfn must say is marked below the line about which it must say it.

    track:
      User Registered:
        worklow: welcome
    #   ^^^^^^^ S101 unknown-key: write "workflow"

The carets stand below the characters that are underlined. Carets that touch the `#` begin in its
column, and `...` behind them says that the place ends on a later line. What follows the colon is
a part of the help or the message. Lines of marks are taken out before segfn sees the file, so
they can stand in a block, in broken YAML, and below JavaScript (`//`) or TOML.

Two more lines are taken out: `# expect 1:1 M101 no-section`, for places that no caret can point
at (`# expect dist/novu.js:1:1 ...` if they are in another file; lines count without marks), and
`# repeat 70`, above a line that segfn sees so many times.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.catalogue import all_codes

HOME = Path(__file__).parent
SIGN = r"(?P<sign> *(?:#|//))"
CODE = r"(?P<code>[A-Z]\d{3}) (?P<slug>[a-z0-9-]+)"
SAID = r"(?:: (?P<said>.+))?"
BELOW = re.compile(rf"{SIGN}(?P<gap> *)(?P<carets>\^+)(?P<more>\.\.\.)? {CODE}{SAID}")
ABOVE = re.compile(rf"{SIGN} expect (?:(?P<path>\S+):)?(?P<line>\d+):(?P<column>\d+) {CODE}{SAID}")
REPEAT = re.compile(rf"{SIGN} repeat (?P<times>\d+)")
SHOWN = re.compile(
    rf"^(?P<path>\S.*?):(?P<line>\d+):(?P<column>\d+): (?:error|warning)\[{CODE}\]: (?P<said>.*)",
    re.MULTILINE,
)
LATER = (0, 0)
"""The end of a place that ends on a later line."""


@dataclass(frozen=True)
class Finding:
    """A finding that is expected or was made; `end` is None where it is not known."""

    path: str
    line: int
    column: int
    code: str
    end: tuple[int, int] | None
    said: str = ""
    help: str | None = None

    def meets(self, expected: Finding) -> bool:
        """Whether this is what was expected."""
        names = ("path", "line", "column", "code")
        same = all(getattr(self, name) == getattr(expected, name) for name in names)
        return same and self._ends_as(expected) and expected.said in self.said

    def _ends_as(self, expected: Finding) -> bool:
        if self.end is None or expected.end is None:
            return True
        if expected.end == LATER:
            return self.end[0] > self.line
        return max(self.end, (self.line, self.column + 1)) == expected.end

    def __str__(self) -> str:
        end = "" if self.end is None else f" to {self.end[0]}:{self.end[1]}"
        return f"{self.path}:{self.line}:{self.column}{end} {self.code}: {self.said}"


def read(raw: bytes, path: str) -> tuple[bytes, list[Finding]]:
    """A file without its marks, and what they expect."""
    expected, kept, times = [], [], 1
    for line in raw.decode("utf-8", "surrogateescape").split("\n"):
        text = line.rstrip("\r")
        if found := REPEAT.fullmatch(text):
            times = int(found["times"])
        elif found := ABOVE.fullmatch(text):
            place = (int(found["line"]), int(found["column"]))
            expected.append(_finding(found, found["path"] or path, place, None))
        elif found := BELOW.fullmatch(text):
            expected.append(_below(found, path, len(kept)))
        else:
            kept += [line] * times
            times = 1
    return "\n".join(kept).encode("utf-8", "surrogateescape"), expected


def _below(found: re.Match[str], path: str, line: int) -> Finding:
    sign = found["sign"]
    first = len(sign) - len(sign.lstrip()) if found["gap"] == "" else found.start("carets")
    end = LATER if found["more"] else (line, found.end("carets") + 1)
    return _finding(found, path, (line, first + 1), end)


def _finding(found, path, place, end):
    return Finding(path, *place, f"{found['code']} {found['slug']}", end, found["said"] or "")


def printed(out: str, err: str) -> list[Finding]:
    """The findings that segfn printed, as JSON, SARIF or text."""
    if not out.startswith("{"):
        return [
            _finding(found, found["path"], (int(found["line"]), int(found["column"])), None)
            for found in SHOWN.finditer(f"{out}\n{err}")
        ]
    document = json.loads(out)
    if "runs" in document:
        return [_of_sarif(told) for told in document["runs"][0]["results"]]
    return [
        Finding(
            told["path"],
            told["line"],
            told["column"],
            f"{told['code']} {told['slug']}",
            (told["end_line"], told["end_column"]),
            f"{told['message']}; {told['help']}",
            told["help"],
        )
        for told in document["diagnostics"]
    ]


def _of_sarif(told: dict[str, Any]) -> Finding:
    place = told["locations"][0]["physicalLocation"]
    path, region = place["artifactLocation"]["uri"], place["region"]
    slug = next(code.slug for code in all_codes() if code.code == told["ruleId"])
    end = (region["endLine"], region["endColumn"])
    start = (region["startLine"], region["startColumn"])
    return Finding(path, *start, f"{told['ruleId']} {slug}", end, told["message"]["text"])
