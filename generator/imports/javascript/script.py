"""JavaScript to a tree with places, by tree-sitter."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.diagnostics import Span, error
from generator.source import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from generator.diagnostics import Report

BROKEN_SCRIPT = error(
    "I112",
    "broken-script",
    """What is imported is no JavaScript.

    ```js
    async function onTrack(event, settings) {
      await fetch("https://api.novu.co/v1/events/trigger", { method: "POST" ;
    }
    ```

    ```js
    async function onTrack(event, settings) {
      const body = JSON.stringify({ name: "welcome", to: event.userId, payload: {} });
      await fetch("https://api.novu.co/v1/events/trigger", { method: "POST", body });
    }
    ```
    """,
)
SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


class NoParser(Exception):  # noqa: N818 - an extra that is not installed is no error
    """The parser is not installed."""


@dataclass(frozen=True)
class Script:
    """A file of JavaScript: how it is shown, its bytes, and its tree."""

    path: str
    raw: bytes
    root: Node

    @classmethod
    def read(cls, raw: bytes, path: str, report: Report) -> Script | None:
        """The tree of a file; None where it is broken, which the report says."""
        try:
            import tree_sitter  # noqa: PLC0415 - an extra
            import tree_sitter_javascript  # noqa: PLC0415
        except ImportError:
            raise NoParser from None
        language = tree_sitter.Language(tree_sitter_javascript.language())
        script = cls(path, raw, tree_sitter.Parser(language).parse(raw).root_node)
        broken = next(script.broken(script.root), None)
        if broken is None:
            return script
        what = f"{broken.type} is missing here" if broken.is_missing else "this cannot be read"
        report.add(BROKEN_SCRIPT, script.place(broken), what, help="mend the function first")
        return None

    def broken(self, node: Node) -> Iterator[Node]:
        """The innermost places that are no JavaScript."""
        inner = [found for child in node.children for found in self.broken(child)]
        if inner:
            yield from inner
        elif node.is_error or node.is_missing:
            yield node

    def text(self, node: Node) -> str:
        """The code of a node."""
        return self.raw[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def place(self, node: Node) -> Span:
        """Where a node is; of a long one its first line."""
        start, end = (self._line_and_column(at) for at in (node.start_byte, node.end_byte))
        if end[0] > start[0]:
            end = (start[0], len(self._lines[start[0] - 1]) + 1)
        return Span(self.path, *start, *end)

    @cached_property
    def _lines(self) -> list[str]:
        return split_lines(self.raw.decode("utf-8", "replace"))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        before = split_lines(self.raw[:offset].decode("utf-8", "replace"))
        return len(before), len(before[-1]) + 1


def unescaped(text: str) -> str:
    """The characters of a piece of a JavaScript string, as it stands between quotes."""

    def read(found: re.Match[str]) -> str:
        code = found[1]
        if code[0] == "u" and code[1:2] == "{":
            return chr(int(code[2:-1], 16))
        if code[0] in "ux":
            return chr(int(code[1:], 16))
        return SIMPLE.get(code, code)

    pattern = r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])"
    whole = re.sub(pattern, read, text)
    return (
        json.loads(json.dumps(whole))
        if whole.isascii()
        else whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
