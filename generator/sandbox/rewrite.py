"""Writes into a fixture file what happened: the value of `expect`, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.sandbox.paths import follow, read_path
from generator.source import ListNode, MapNode, Scalar, to_data
from generator.yaml_text import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Json
    from generator.sandbox.fixtures import FixtureFile
    from generator.source import Node


def rewrite(file: FixtureFile, results: Mapping[int, dict[str, Any]]) -> str:
    """The file's text with the `expect` of some fixtures, by index, as it happened."""
    text = _Text(file.text)
    nodes = _fixtures(file.document.root)
    for index in sorted(results, reverse=True):  # from the end: places before stay as they are
        node = nodes[index]
        told = _expectation(results[index], node.get("expect"))
        text.replace(node, told)
    return text.text


def _fixtures(root: Node) -> list[MapNode]:
    found = root.get("fixtures") if isinstance(root, MapNode) else None
    items = found.items if isinstance(found, ListNode) else ()
    return [item for item in items if isinstance(item, MapNode)]


# --- what happened --------------------------------------------------------------


def _expectation(result: dict[str, Any], old: Node | None) -> dict[str, Json]:
    """What to expect from now on; it says as much as the old expectation did."""
    known = old if isinstance(old, MapNode) else None
    told: dict[str, Json] = {"outcome": result["outcome"]}
    if result["error"] is not None:
        told["error"] = result["error"]
    if isinstance(result["result"], list):
        told["statuses"] = [entry["status"] for entry in result["result"]]
    headers = _mentions(known, "headers")
    told["requests"] = [_request(request, headers=headers) for request in result["requests"]]
    if known is not None:
        told.update(_kept(known, result))
    return told


def _mentions(old: MapNode | None, key: str) -> bool:
    """Whether a request of the old expectation has the key."""
    requests = None if old is None else old.get("requests")
    items = requests.items if isinstance(requests, ListNode) else ()
    return any(isinstance(item, MapNode) and item.get(key) is not None for item in items)


def _request(request: dict[str, Any], *, headers: bool) -> dict[str, Json]:
    told: dict[str, Json] = {"method": request["method"], "url": request["url"]}
    if headers:
        told["headers"] = request["headers"]
    if request["body"] is not None:
        told["body"] = request["body"]
    return told


def _kept(old: MapNode, result: dict[str, Any]) -> dict[str, Json]:
    """What else the old expectation asked for, as far as it still holds."""
    kept: dict[str, Json] = {}
    if old.get("logs") is not None:
        kept["logs"] = result["logs"]
    absent = old.get("absent")
    if isinstance(absent, ListNode):
        paths = [item.text for item in absent.items if isinstance(item, Scalar)]
        held = [path for path in paths if _is_absent(path, result["requests"])]
        if held:
            kept["absent"] = list[Any](held)
    exact = old.get("exact")
    if exact is not None:
        kept["exact"] = to_data(exact)
    return kept


def _is_absent(text: str, requests: list[dict[str, Any]]) -> bool:
    path = read_path(text)
    return path is not None and not any(follow(request, path)[0] for request in requests)


# --- the text -------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """The text of a file in which places are found by line and column."""

    text: str

    @property
    def newline(self) -> str:
        """How the file ends its lines."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def replace(self, fixture: MapNode, told: dict[str, Json]) -> None:
        """Put a new `expect` into a fixture, in the fixture's own style."""
        key = fixture.key("expect")
        if key is None:
            self._add(fixture, told)
            return
        old = fixture.get("expect")
        start = self.text.index(":", self._offset(key.span.end_line, key.span.end_column)) + 1
        end = start if old is None or _is_nothing(old) else self.end_of(old)
        if self._is_flow(fixture):
            self.text = (
                f"{self.text[:start]} {json.dumps(told, ensure_ascii=False)}{self.text[end:]}"
            )
            return
        head = self._comment(start, end)
        column = key.span.column - 1
        block = "".join(f"{self.newline}{' ' * (column + 2)}{line}" for line in lines(told))
        self.text = f"{self.text[:start]}{head}{block}{self.text[end:]}"

    def _add(self, fixture: MapNode, told: dict[str, Json]) -> None:
        """Add `expect` as the last key."""
        last = fixture.entries[-1][1]
        end = self.end_of(last)
        if self._is_flow(fixture):
            value = json.dumps(told, ensure_ascii=False)
            self.text = f"{self.text[:end]}, expect: {value}{self.text[end:]}"
            return
        end += len(self._comment(end, end))
        indent = " " * (fixture.entries[0][0].span.column - 1)
        block = "".join(
            f"{self.newline}{indent}{line}"
            for line in ("expect:", *(f"  {line}" for line in lines(told)))
        )
        self.text = f"{self.text[:end]}{block}{self.text[end:]}"

    def _offset(self, line: int, column: int) -> int:
        """The place of a line and column; lines end as the reader of YAML ends them."""
        start = 0
        for _ in range(line - 1):
            found = re.compile(r"\r\n|\r|\n").search(self.text, start)
            start = len(self.text) if found is None else found.end()
        return start + column - 1 + self.text.startswith("\ufeff") * (line == 1)

    def _is_flow(self, node: Node) -> bool:
        start = self._offset(node.span.line, node.span.column)
        return self.text[start : start + 1] in {"{", "["}

    def _comment(self, start: int, end: int) -> str:
        """The comment on the line of a key whose value begins on the next."""
        found = re.compile(r"[ \t]*#[^\r\n]*").match(self.text, start)
        return found[0] if found is not None and (found.end() <= end or start == end) else ""

    def end_of(self, node: Node) -> int:
        """Where a value ends, without the blank lines and comments that follow it."""
        if isinstance(node, Scalar):
            end = self._offset(node.span.end_line, node.span.end_column)
            return self._without_break(end)
        if self._is_flow(node):
            return self._after_bracket(node)
        last = _children(node)[-1]
        if isinstance(node, MapNode) and _is_nothing(last):
            return self._after_key(node.entries[-1][0])
        return self.end_of(last)

    def _without_break(self, end: int) -> int:
        """The end of a text in a block, which counts its line's end."""
        return (
            len(self.text[:end].rstrip("\r\n")) if self.text[:end].endswith(("\n", "\r")) else end
        )

    def _after_key(self, key: Scalar) -> int:
        return self.text.index(":", self._offset(key.span.end_line, key.span.end_column)) + 1

    def _after_bracket(self, node: Node) -> int:
        """The end of a list or map in brackets: the first one that closes it."""
        items = _children(node)
        opening = self._offset(node.span.line, node.span.column)
        start = self.end_of(items[-1]) if items else opening + 1
        closing = "}" if isinstance(node, MapNode) else "]"
        at = start
        while self.text[at] != closing:
            found = re.compile(r"#[^\r\n]*").match(self.text, at)
            at = found.end() if found is not None else at + 1
        return at + 1


def _children(node: Node) -> list[Node]:
    """The values directly below a node."""
    match node:
        case MapNode():
            return [value for _, value in node.entries]
        case ListNode():
            return list(node.items)
    return []


def _is_nothing(node: Node) -> bool:
    """Whether nothing stands there: an empty value has no text."""
    return isinstance(node, Scalar) and node.text == "" and node.style == "plain"
