"""Compares what happened with what a fixture expects; every difference at its own line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Note, Report, Span, error
from generator.sandbox import secrets
from generator.sandbox.paths import Step, follow, read_path, written
from generator.source import ListNode, MapNode, Scalar, to_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic
    from generator.model import Json
    from generator.sandbox.fixtures import Fixture
    from generator.source import Node

UNTRIED = "no route was tried: none has this name, or the mapping's `when` does not hold"
UNEXPECTED = error(
    "T110",
    "unexpected",
    """Something happened that a fixture does not expect.

    The message stands at the line of the expectation. Where the new behaviour is right,
    `segfn test --update` writes it into the file.

    ```yaml
    - name: a new user is welcomed
      event: { type: track, event: User Registered, userId: u1 }
      expect:
        outcome: retry                # wrong: it is delivered
    ```

    ```yaml
    - name: a new user is welcomed
      event: { type: track, event: User Registered, userId: u1 }
      expect:
        outcome: delivered
    ```
    """,
)
NO_EXPECTATION = error(
    "T111",
    "no-expectation",
    """A fixture expects nothing, so it cannot show anything.

    `segfn test --update` writes what happens now; read it before you commit it.

    ```yaml
    - name: a new user is welcomed    # wrong: and then?
      event: { type: track, event: User Registered, userId: u1 }
    ```

    ```yaml
    - name: a new user is welcomed
      event: { type: track, event: User Registered, userId: u1 }
      expect: { outcome: delivered }
    ```
    """,
)

_LONGEST = 2000
_WIDE = 60


def compare(fixture: Fixture, result: dict[str, Any], hidden: Iterable[str]) -> list[Diagnostic]:
    """The differences between a result of `segfn run` and what the fixture expects.

    `hidden` are the secrets, which results do not show: an expectation may write them out.
    """
    report = Report()
    if not isinstance(fixture.expect, MapNode):
        _tell_nothing(fixture, result, report)
    else:
        look = _Look(fixture.name, tuple(hidden), report, exact=_flag(fixture.expect))
        _compare_all(fixture.expect, result, look)
    return list(report)


def _tell_nothing(fixture: Fixture, result: dict[str, Any], report: Report) -> None:
    report.add(
        NO_EXPECTATION,
        fixture.span,
        f'"{fixture.name}" expects nothing',
        notes=[Note(f"it happened: {happened(result)}")],
        help='add "expect", or let `segfn test --update` write what happened',
    )


def happened(result: dict[str, Any]) -> str:
    """The result in a few words."""
    failure = result["error"]
    number = len(result["requests"])
    sent = f"{number} request{'' if number == 1 else 's'}"
    told = result["outcome"] if failure is None else f"{result['outcome']} ({failure['name']})"
    return f"{told}, {sent}"


@dataclass(frozen=True, slots=True)
class _Look:
    """Where a comparison stands: in which fixture, at which path, and how strict it is."""

    fixture: str
    hidden: tuple[str, ...]
    report: Report
    path: tuple[Step, ...] = ()
    exact: bool = False
    partly: bool = False  # a text matches where it is a part
    label: str = ""  # what the path counts from

    def at(self, *steps: Step) -> _Look:
        """The same further in."""
        return replace(self, path=(*self.path, *steps))

    def tell(self, span: Span, what: str, expected: str, actual: str) -> None:
        """Report a difference."""
        where = " of ".join(part for part in (written(self.path), self.label) if part)
        self.report.add(
            UNEXPECTED,
            span,
            f'"{self.fixture}": {where} {what}',
            notes=[
                Note(f"expected: {secrets.hide(expected, self.hidden)}"),
                Note(f"actual:   {actual}"),
            ],
        )


def _flag(node: MapNode) -> bool:
    found = node.get("exact")
    return isinstance(found, Scalar) and found.value is True


# --- the parts of an expectation ------------------------------------------------


def _compare_all(expect: MapNode, result: dict[str, Any], look: _Look) -> None:
    """Compare every key of `expect`."""
    for key, node in expect.entries:
        match key.text:
            case "outcome":
                _compare_outcome(node, result, look)
            case "error":
                _compare_error(node, result["error"], look)
            case "requests":
                _compare_requests(node, result, look, key.span)
            case "absent":
                for number, request in enumerate(result["requests"], 1):
                    _compare_absent(node, request, replace(look, label=f"request {number}"))
            case "statuses":
                _compare_statuses(node, result["result"], look)
            case "logs":
                _compare_logs(node, result["logs"], look)


def _compare_outcome(node: Node, result: dict[str, Any], look: _Look) -> None:
    """The outcome, with the error that explains another one."""
    actual = result["outcome"]
    if not isinstance(node, Scalar) or node.text == actual:
        return
    look.at("outcome").tell(node.span, f"is {actual}", node.text, _ended(result))


def _ended(result: dict[str, Any]) -> str:
    """The outcome with its reason: `retry (RetryError: Novu answered 503)`."""
    failure = result["error"]
    reason = "" if failure is None else f" ({failure['name']}: {failure['message']})"
    return f"{result['outcome']}{reason}"


def _compare_error(node: Node, actual: dict[str, Any] | None, look: _Look) -> None:
    """The error's name, and a part of its message."""
    inside = look.at("error")
    if isinstance(node, MapNode) and actual is not None:
        for key, value in node.entries:
            part = replace(inside.at(key.text), partly=key.text == "message")
            _compare_value(value, actual[key.text], part)
    elif isinstance(node, MapNode) or actual is not None:
        _differ(node, actual, inside)


def _compare_requests(node: Node, result: dict[str, Any], look: _Look, place: Span) -> None:
    """Requests by number and one by one."""
    actual = result["requests"]
    expected = node.items if isinstance(node, ListNode) else ()
    if len(expected) != len(actual):
        look.report.add(
            UNEXPECTED,
            place,
            f'"{look.fixture}": {_several(len(actual))} sent instead of {len(expected)}',
            notes=_sent(result),
        )
    for number, (item, request) in enumerate(zip(expected, actual, strict=False), 1):
        if isinstance(item, MapNode):
            strict = look.exact or _flag(item)
            _compare_request(item, request, replace(look, label=f"request {number}", exact=strict))


def _sent(result: dict[str, Any]) -> list[Note]:
    """What was sent; of nothing, the error, or the routes that did not apply."""
    if result["requests"]:
        sent = (f"  {request['method']} {request['url']}" for request in result["requests"])
        return [Note("\n".join(["what was sent:", *sent]))]
    if result["error"]:
        return [Note(f"it ended: {_ended(result)}")]
    if result["handler"] == "onBatch":
        return []
    if not result["routes"]:
        return [Note(UNTRIED)]
    return [
        Note(f"{route['id']} did not apply", _place(route))
        for route in result["routes"]
        if not route["ran"]
    ]


def _place(route: dict[str, Any]) -> Span | None:
    line = route.get("line")
    return None if line is None else Span(route["path"], line, 1, line, 1)


def _several(number: int) -> str:
    match number:
        case 0:
            return "no request was"
        case 1:
            return "1 request was"
    return f"{number} requests were"


def _compare_request(expected: MapNode, actual: dict[str, Any], look: _Look) -> None:
    for key, node in expected.entries:
        inside = look.at(key.text)
        if key.text == "headers" and isinstance(node, MapNode):
            _compare_headers(node, actual["headers"], inside)
        elif key.text == "absent":
            _compare_absent(node, actual, look)
        elif key.text != "exact":
            _compare_value(node, actual[key.text], inside)


def _compare_headers(node: MapNode, actual: dict[str, str], look: _Look) -> None:
    """Headers: names of any case, values as text."""
    for key, value in node.entries:
        name = key.text.lower()
        inside = look.at(name)
        if name not in actual:
            _differ(value, None, inside, missing=True)
        elif isinstance(value, Scalar) and _clean(value.text, look) != actual[name]:
            inside.tell(value.span, f"is {_short(actual[name])}", value.text, actual[name])
    if look.exact:
        _tell_surplus(node, {key.text.lower() for key, _ in node.entries}, actual, look)


def _compare_absent(node: Node, actual: dict[str, Any], look: _Look) -> None:
    """Paths that must lead to nothing."""
    for item in node.items if isinstance(node, ListNode) else ():
        path = read_path(item.text) if isinstance(item, Scalar) else None
        if path is None:
            continue
        there, value = follow(actual, path)
        if there:
            look.at(*path).tell(item.span, "is there", "nothing", _shown(value))


def _compare_statuses(node: Node, actual: list[Any] | None, look: _Look) -> None:
    """What `onBatch` returned: statuses, or statuses with a part of the message."""
    expected = node.items if isinstance(node, ListNode) else ()
    if actual is None or len(actual) != len(expected):
        look.at("statuses").tell(
            node.span,
            "are not returned" if actual is None else f"are {len(actual)}",
            _shown(to_data(node)),
            _shown(actual),
        )
        return
    for place, (item, status) in enumerate(zip(expected, actual, strict=True)):
        inside = replace(look.at("statuses", place), partly=True)
        _compare_value(item, status if isinstance(item, MapNode) else status["status"], inside)


def _compare_logs(node: Node, actual: list[Any], look: _Look) -> None:
    """Lines of the console: texts, or maps with the level."""
    plain = isinstance(node, ListNode) and all(isinstance(item, Scalar) for item in node.items)
    _compare_value(node, [log["text"] for log in actual] if plain else actual, look.at("logs"))


# --- values ---------------------------------------------------------------------


def _compare_value(node: Node, actual: Json, look: _Look) -> None:
    """A map as a part, or exactly; a list by length and item; anything else by equality."""
    match node, actual:
        case MapNode(), dict():
            for key, value in node.entries:
                inside = look.at(key.text)
                if key.text in actual:
                    _compare_value(value, actual[key.text], inside)
                else:
                    _differ(value, None, inside, missing=True)
            if look.exact:
                _tell_surplus(node, {key.text for key, _ in node.entries}, actual, look)
        case ListNode(), list() if len(node.items) == len(actual):
            for place, (item, found) in enumerate(zip(node.items, actual, strict=True)):
                _compare_value(item, found, look.at(place))
        case ListNode(), list():
            what = f"has {len(actual)} item{'' if len(actual) == 1 else 's'}"
            look.tell(node.span, what, _shown(to_data(node)), _shown(actual))
        case Scalar(), _ if _same(_expected(node, look), actual, partly=look.partly):
            return
        case _:
            _differ(node, actual, look)


def _expected(node: Scalar, look: _Look) -> Json:
    value: Json = node.value
    return _clean(value, look) if isinstance(value, str) else value


def _clean(text: str, look: _Look) -> str:
    """The text as results show it, without secrets."""
    return secrets.hide(text, look.hidden)


def _same(expected: Json, actual: Json, *, partly: bool) -> bool:
    """Equality of scalars as JavaScript sees it: `1` is `1.0`, but not `true`."""
    if isinstance(expected, str) and isinstance(actual, str):
        return expected in actual if partly else expected == actual
    numbers = isinstance(expected, (int, float)) and isinstance(actual, (int, float))
    alike = isinstance(expected, bool) == isinstance(actual, bool)
    return (numbers and alike and expected == actual) or (expected is None and actual is None)


def _differ(node: Node, actual: Json, look: _Look, *, missing: bool = False) -> None:
    """Report a value that is another one."""
    expected = _shown(to_data(node))
    if missing:
        look.tell(node.span, "is missing", expected, "nothing")
    else:
        look.tell(node.span, f"is {_short(actual)}", expected, _shown(actual))


def _tell_surplus(node: MapNode, known: set[str], actual: dict[str, Any], look: _Look) -> None:
    """Report members that an exact expectation does not have."""
    for name, value in actual.items():
        if name not in known:
            look.at(name).tell(node.span, "is not expected", "nothing", _shown(value))


def _short(value: Json) -> str:
    """A value in a sentence."""
    text = _shown(value)
    if len(text) <= _WIDE and "\n" not in text:
        return text
    match value:
        case dict():
            return "another map"
        case list():
            return "another list"
    return "another text"


def _shown(value: Json) -> str:
    """A value as JSON, on one line where it fits."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > _WIDE:
        text = json.dumps(value, ensure_ascii=False, indent=2)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
