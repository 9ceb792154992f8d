"""Errors that nobody meant: Segment shows them as Bad Request and discards the event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.diagnostics import error, warning
from generator.lint.events import Oddity, shown

if TYPE_CHECKING:
    from generator.diagnostics import Code, Report, Span
    from generator.lint.calls import Call
    from generator.lint.lab import Lab, Why

UNDECLARED_NAME = error(
    "F171",
    "undeclared-name",
    """A name is read that is declared nowhere, so every event that comes here is lost.

    Segment has no `require`, no `module` and no `process`, and not all of Node's globals; what
    it has is in its documentation of the runtime.

    ```js
    async function onTrack(event, settings) {
      if (event.event === "User Registered") throw new EventNotSupported(name);   // wrong
    }
    ```

    ```js
    async function onTrack(event, settings) {
      if (event.event === "User Registered") throw new EventNotSupported(event.event);
    }
    ```
    """,
)
NEWER_BUILT_IN = error(
    "F172",
    "newer-built-in",
    """The function uses something of JavaScript that is newer than Segment's runtime.

    Segment runs Node.js 20. `Object.groupBy`, `Promise.withResolvers`, `Set.prototype.union`
    and the helpers of iterators came later: there, the event is lost.

    ```js
    async function onTrack(event, settings) {
      const byKind = Object.groupBy([event], (each) => each.type);      // wrong: newer
      if (!byKind.track) throw new EventNotSupported("no track call");
    }
    ```

    ```js
    async function onTrack(event, settings) {
      const byKind = { [event.type]: [event] };
      if (!byKind.track) throw new EventNotSupported("no track call");
    }
    ```
    """,
)
FRAGILE = warning(
    "F173",
    "fragile",
    """An event that lacks something makes the function fail where nobody expected it.

    A TypeError counts as Bad Request: the event is discarded, and the message names neither
    the event nor what it lacks. Libraries for servers send calls without traits or properties.
    Use `?.`, or throw InvalidEventPayload.

    ```js
    async function onIdentify(event, settings) {
      const { plan } = event.traits;                      // wrong: traits can be missing
      if (plan === "free") throw new EventNotSupported("a free plan");
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      const plan = event.traits?.plan;
      if (plan === "free") throw new EventNotSupported("a free plan");
    }
    ```
    """,
)
ILLEGAL_HEADER = error(
    "F174",
    "illegal-header",
    """A part of the event stands in a header, which cannot carry every letter.

    A header holds Latin-1. For a name such as `Łódź` or `東京` fetch throws, and the event is
    lost. Put it into the body, or write `encodeURIComponent`.

    ```js
    async function onIdentify(event, settings) {
      const headers = { "X-City": String(event.traits?.address?.city ?? "") };     // wrong
      await fetch("https://api.example.com/cities", { headers, timeout: 4000 }).catch((error) => {
        throw error.name === "FetchError" ? new RetryError("no answer") : error;
      });
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      const city = encodeURIComponent(event.traits?.address?.city ?? "");
      const headers = { "X-City": city };
      await fetch("https://api.example.com/cities", { headers, timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)
RUNAWAY = error(
    "F175",
    "runaway",
    """The function computes without an end, or eats all memory.

    Segment stops it after five seconds and tries the event again, for four hours. One that
    replaces built-ins of JavaScript can also bring down what runs it. Nothing else was looked
    for.

    ```js
    async function onTrack(event, settings) {
      let text = event.event;
      while (text !== "") text = text.replace("x", "");   // wrong: not all letters are x
    }
    ```

    ```js
    async function onTrack(event, settings) {
      const text = event.event.replaceAll("x", "");
      if (text === "") throw new EventNotSupported("only x");
    }
    ```
    """,
)
NO_HANDLER = error(
    "F176",
    "no-handler",
    """The function declares nothing that Segment calls.

    Segment calls `onIdentify`, `onTrack`, `onPage`, `onScreen`, `onGroup`, `onAlias`,
    `onDelete` and `onBatch`, where they are declared as functions; `exports` and `module` do
    not exist there. A source function (`onRequest`) is not looked at.

    ```js
    async function handle(event, settings) {              // wrong: Segment does not call it
      throw new EventNotSupported(event.type);
    }
    ```

    ```js
    async function onTrack(event, settings) {
      throw new EventNotSupported(event.type);
    }
    ```
    """,
)

_NEWER = re.compile(
    r"\b(?:Object\.groupBy|Map\.groupBy|Promise\.(?:try|withResolvers)|Array\.fromAsync|"
    r"RegExp\.escape|Math\.(?:f16round|sumPrecise)|\w+\.(?:union|intersection|difference|"
    r"symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom|toBase64|toHex)) "
    r"is not a function|\b(?:Iterator|Temporal|Float16Array|DisposableStack) is not defined"
)
_UNDECLARED = re.compile(r"^(\S+) is not defined$")
_MEANT_BY_NOBODY = {"TypeError", "RangeError", "URIError"}
_OF_NODE = {"require", "module", "exports", "process", "__dirname", "global"}
_HEADER = "is not a legal HTTP header"


def check(lab: Lab, report: Report) -> None:
    """Look at the errors of all calls; one place is reported once, for the first of them."""
    seen: set[tuple[Span, str]] = set()
    for call, why in lab.calls:
        found = None if call.error is None else finding(call, why)
        if found is None:
            continue
        code, message, advice = found
        span = lab.place(call, call.origin)
        if (span, code.code) not in seen:
            seen.add((span, code.code))
            report.add(code, span, message, help=advice)


def finding(call: Call, why: Why) -> tuple[Code, str, str] | None:
    """What is wrong behind an error, if it is no error that the function means."""
    name, message = call.error or ("", "")
    if found := _NEWER.search(message):
        told = f"{found[0]}: Segment runs Node.js 20, which does not have it"
        return NEWER_BUILT_IN, told, "write it in a way that Node.js 20 knows"
    if name == "ReferenceError" and (found := _UNDECLARED.match(message)):
        told = f"`{found[1]}` is declared nowhere: every event that comes here is lost"
        if found[1] in _OF_NODE:
            told = f"`{found[1]}` does not exist in Segment: every event that comes here is lost"
            return (
                UNDECLARED_NAME,
                told,
                "write it without Node's modules, or use a global of Segment",
            )
        return UNDECLARED_NAME, told, f"declare `{found[1]}`, or correct the name"
    if not isinstance(why, Oddity):
        return None
    if _HEADER in message:
        told = f"`{shown(why.path)}` stands in a header, which cannot carry every letter"
        return ILLEGAL_HEADER, told, "put it into the body, or write encodeURIComponent"
    if name in _MEANT_BY_NOBODY and why.way in {"absent", "null"}:
        told = f"{why} is lost with a {name}: {message}"
        return FRAGILE, told, "use `?.`, or throw InvalidEventPayload"
    return None
