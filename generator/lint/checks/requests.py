"""What stands in requests that should not stand there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.diagnostics import Note, error, warning
from generator.lint.calls import host
from generator.lint.events import HOSTILE, Oddity, oddities, shown, texts
from generator.lint.lab import COMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report, Span
    from generator.lint.calls import Call, Request
    from generator.lint.lab import Lab
    from generator.model import Json

UNDEFINED_IN_REQUEST = error(
    "F161",
    "undefined-in-request",
    """A request says `undefined`, `null`, `NaN` or `[object Object]` where a value should be.

    Traits and properties can be missing from any event. A template that takes them as they are
    writes the word `undefined`, and all these events meet in one user of that name.

    ```js
    async function onIdentify(event, settings) {
      const id = encodeURIComponent(event.userId);        // wrong: it can be missing
      const url = `https://api.example.com/welcome?user=${id}`;
      await fetch(url, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
      const url = `https://api.example.com/welcome?user=${encodeURIComponent(event.userId)}`;
      await fetch(url, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)
OBJECT_AS_BODY = error(
    "F162",
    "object-as-body",
    """An object is given as the body, so `[object Object]` is sent in place of the data.

    Segment's `fetch` is node-fetch 2, which turns an object into a text in the plainest way.

    ```js
    async function onIdentify(event, settings) {
      const body = { id: event.userId };                  // wrong: an object
      const options = { method: "POST", body, timeout: 4000 };
      const response = await fetch("https://api.example.com/people", options).catch(() => {
        throw new RetryError("no answer");
      });
      const { status } = response;
      if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
      if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      const body = JSON.stringify({ id: event.userId });
      const options = { method: "POST", body, timeout: 4000 };
      const response = await fetch("https://api.example.com/people", options).catch(() => {
        throw new RetryError("no answer");
      });
      const { status } = response;
      if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
      if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
    }
    ```
    """,
)
UNESCAPED_IN_URL = error(
    "F163",
    "unescaped-in-url",
    """A part of the event stands in a URL as it is, so it can lead to another address.

    Everybody can send events: a website's write key is public. An id such as `../admin?all=1`
    in a path reaches whatever the key may reach, and an id with `/`, `?` or `#` is lost.

    ```js
    async function onIdentify(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
      await fetch(`https://api.example.com/people/${event.userId}`, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
      const id = encodeURIComponent(event.userId);
      await fetch(`https://api.example.com/people/${id}`, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)
NOT_AWAITED = error(
    "F164",
    "not-awaited",
    """The function returns while a request is still under way.

    The event counts as delivered before the answer is there, so no failure is ever retried;
    and Segment may stop the process, with the request in it.

    ```js
    async function onIdentify(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
      const url = `https://api.example.com/welcome?user=${encodeURIComponent(event.userId)}`;
      fetch(url, { timeout: 4000 });                      // wrong: no await
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
      const url = `https://api.example.com/welcome?user=${encodeURIComponent(event.userId)}`;
      await fetch(url, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)
ABSENT_AS_NULL = warning(
    "F165",
    "absent-as-null",
    """A trait that an event does not have is sent as null, or as an empty text.

    An identify call names what has changed, and no more. Most providers take null for the wish
    to delete: each partial identify then wipes what an earlier one has told. `JSON.stringify`
    leaves out what is undefined.

    ```js
    async function onIdentify(event, settings) {
      const email = event.traits?.email || null;          // wrong: null wipes the address
      const body = JSON.stringify({ id: event.userId, email });
      const options = { method: "POST", body, timeout: 4000 };
      const response = await fetch("https://api.example.com/people", options).catch(() => {
        throw new RetryError("no answer");
      });
      const { status } = response;
      if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
      if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      const email = event.traits?.email || undefined;
      const body = JSON.stringify({ id: event.userId, email });
      const options = { method: "POST", body, timeout: 4000 };
      const response = await fetch("https://api.example.com/people", options).catch(() => {
        throw new RetryError("no answer");
      });
      const { status } = response;
      if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
      if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
    }
    ```
    """,
)

PLAIN_HTTP = error(
    "F166",
    "plain-http",
    """A request is not encrypted: everybody on its way reads the event, and the key.

    Write `https://`.

    ```js
    async function onGroup(event, settings) {
      await fetch("http://api.example.com/groups", { timeout: 4000 }).catch(() => {    // wrong
        throw new RetryError("no answer");
      });
    }
    ```

    ```js
    async function onGroup(event, settings) {
      await fetch("https://api.example.com/groups", { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)

_WORD = re.compile(r"(?<![\w-])(?:undefined|NaN|null)(?![\w-])|\[object Object\]")
_PROFILES = ("identify", "group")
_EMPTY = (None, "")
_AT_HOME = ("localhost", "127.0.0.1")
_OBJECT = 'the body says "[object Object]"'
_MOST_NOTES = 3


def check(lab: Lab, report: Report) -> None:
    """Run every sample as it is, and with each part that it reads missing or strange."""
    samples = [sample.event() for sample in [*lab.samples, *lab.quiet]]
    pairs: list[tuple[Call, Oddity | None]] = [
        (usual, odd)
        for usual in lab.run(samples, reads=True)
        if usual.outcome == "delivered"
        for odd in (None, *oddities(usual.event, usual.read()))
    ]
    events = [odd.event if odd else usual.event for usual, odd in pairs]
    whys = [odd or COMPLETE for _, odd in pairs]
    said: dict[Span, dict[str, None]] = {}
    for (usual, odd), call in zip(pairs, lab.run(events, whys), strict=True):
        _note_words(lab, said, call, odd, usual)
        if odd is None:
            _unanswered(lab, report, call)
            _unencrypted(lab, report, call)
        else:
            _escaping(lab, report, call, odd)
            _wiped(lab, report, call, odd, usual)
    for span, told in said.items():
        _report_words(report, span, list(told))


def words_of(request: Request) -> Iterator[tuple[str, str]]:
    """Every word that no request should say, and where: the URL, a header, the body."""
    for word in _WORD.findall(unquote(request.url)):
        yield "the URL", word
    for name, value in request.headers.items():
        for word in _WORD.findall(value):
            yield f"the header {name}", word
    body = _json(request.text)
    for path, text in texts(body) if body is not None else ():
        for word in _WORD.findall(text) if text != "null" else ():
            yield f"the body's `{shown(path)}`", word
    if body is None and request.text != "null" and (found := _WORD.search(request.text or "")):
        yield "the body", found[0]


def _json(text: str | None) -> Json:
    try:
        found: Json = json.loads(text or "")
    except ValueError:
        return None
    return found


def _note_words(
    lab: Lab, said: dict[Span, dict[str, None]], call: Call, odd: Oddity | None, usual: Call
) -> None:
    """Note what the requests of a call say, unless they always do."""
    for place, request in enumerate(call.requests):
        before = usual.requests[place] if odd and place < len(usual.requests) else None
        always = set(words_of(before)) if before else set()
        for where, word in words_of(request):
            if (where, word) not in always and (odd or word != "null"):
                told = said.setdefault(lab.place(call, request.frames), {})
                told[f'{where} says "{word}" for {odd or COMPLETE}'] = None


def _report_words(report: Report, span: Span, told: list[str]) -> None:
    """Report what the requests of one place say."""
    if any(each.startswith(_OBJECT) for each in told):
        message = "the body is an object, which is sent as [object Object]"
        report.add(OBJECT_AS_BODY, span, message, help="send `JSON.stringify(...)`")
        told = [each for each in told if not each.startswith(_OBJECT)]
    if told:
        notes = [Note(each) for each in told[1:_MOST_NOTES]]
        if len(told) > _MOST_NOTES:
            notes.append(Note(f"and {len(told) - _MOST_NOTES} more of this kind"))
        advice = "check what comes from the event before it is used"
        report.add(UNDEFINED_IN_REQUEST, span, told[0], notes=notes, help=advice)


def _unanswered(lab: Lab, report: Report, call: Call) -> None:
    """Report requests that are under way when a call is over."""
    for request in call.requests:
        if not request.answered:
            told = "the function returns before this is answered: no failure is ever seen"
            report.add(
                NOT_AWAITED, lab.place(call, request.frames), told, help="put `await` before it"
            )


def _unencrypted(lab: Lab, report: Report, call: Call) -> None:
    """Report requests that everybody on their way can read."""
    for request in call.requests:
        if request.url.startswith("http://") and host(request.url) not in _AT_HOME:
            told = f"this request to {host(request.url)} is not encrypted"
            report.add(PLAIN_HTTP, lab.place(call, request.frames), told, help="write `https://`")


def _escaping(lab: Lab, report: Report, call: Call, odd: Oddity) -> None:
    """Report a part of the event that stands in the path of a URL as it is."""
    for request in call.requests:
        if odd.way == "hostile" and HOSTILE in request.url:
            name = shown(odd.path)
            report.add(
                UNESCAPED_IN_URL,
                lab.place(call, request.frames),
                f"`{name}` stands in the URL as it is: one with `/` or `?` leads elsewhere",
                help=f"write encodeURIComponent(event.{name})",
            )


def _wiped(lab: Lab, report: Report, call: Call, odd: Oddity, usual: Call) -> None:
    """Report what is null or empty only because the event lacks it."""
    if odd.way != "absent" or odd.event["type"] not in _PROFILES or len(odd.path) < 2:  # noqa: PLR2004
        return
    for before, request in zip(usual.requests, call.requests, strict=False):
        had, has = dict(_leaves(_json(before.text))), dict(_leaves(_json(request.text)))
        wiped = [path for path, value in has.items() if value in _EMPTY and had.get(path)]
        if request.writes and wiped:
            value = json.dumps(has[wiped[0]])
            report.add(
                ABSENT_AS_NULL,
                lab.place(call, request.frames),
                f"`{shown(wiped[0])}` is sent as {value} for {odd}",
                help="leave out what the event does not have",
            )


def _leaves(value: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Everything that is no map and no list, by its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*path, str(place)))
    else:
        yield path, value
