"""What a function makes of answers: what may pass must be retried, all else must not."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Note, error, warning
from generator.lint.calls import host
from generator.lint.checks._page import BUSY, REFUSED, page
from generator.sandbox import secrets
from generator.sandbox.answers import answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Code, Report, Span
    from generator.lint.calls import Call, Request
    from generator.lint.lab import Lab

_JSON_OR_RETRY = """\
  await response.json().catch(() => {
    throw new RetryError("no JSON"); // wrong: a 204 has no body
  });
"""
TRANSIENT_LOST = error(
    "F101",
    "transient-lost",
    page(
        """An event is lost for a failure that would have passed.

        Segment tries an event again, for four hours, only if the function throws RetryError or is
        not done after five seconds. Whatever else it does is final: returning means delivered, and
        any other error, the FetchError of a lost connection too, means discarded. So 429, 5xx and
        lost connections need a RetryError.
        """,
        BUSY,
        "  // wrong: nothing is done about 429 and 5xx\n",
    ),
)
FAILURE_HIDDEN = error(
    "F102",
    "failure-hidden",
    page(
        """A request is refused, and the event is shown as delivered all the same.

        A wrong key or a refused event then stays unnoticed: Event Delivery shows no error, and
        nothing arrives. Throw for every status that is no success.
        """,
        REFUSED,
        "  // wrong: nothing is done about 401 and other 4xx\n",
    ),
)
PERMANENT_RETRIED = warning(
    "F103",
    "permanent-retried",
    page(
        """What can never succeed is tried again for four hours.

        Segment repeats an event after a RetryError. A wrong key, a refused event or a wrong
        address gives the same answer each time, uses up the rate limit, and hides the reason.
        Throw ValidationError where the settings are wrong (401, 403) and InvalidEventPayload where
        the event is.
        """,
        REFUSED,
        "  if (!response.ok) throw new RetryError(`status ${status}`); // wrong: for a 401 too\n",
    ),
)
SUCCESS_RETRIED = error(
    "F104",
    "success-retried",
    page(
        """A request that was accepted is sent again, because its answer could not be read.

        A 2xx says that the work is done; its body may be empty, HTML of a proxy, or break off.
        Where reading it fails, and that ends in a RetryError, the same notification is sent for
        four hours. node-fetch, which Segment has, even waits for ever for a body that breaks off,
        and after five seconds Segment tries again. Do not read the body of a success, or do not
        let it decide.
        """,
        REFUSED,
        REFUSED + _JSON_OR_RETRY,
    ),
)
SUCCESS_FAILED = warning(
    "F105",
    "success-failed",
    page(
        """A request that was accepted is shown as failed, because its answer could not be read.

        Event Delivery then counts errors for notifications that people have received.
        """,
        REFUSED,
        "  if (status !== 200) throw new InvalidEventPayload(`status ${status}`); // wrong\n",
    ),
)
NO_TIMEOUT = warning(
    "F106",
    "no-timeout",
    page(
        """A request that is never answered holds the function until Segment stops it.

        Segment waits five seconds, shows a timeout that names no reason, and tries again; in a
        batch, all events of the batch. Segment's `fetch` is node-fetch 2: it knows the option
        `timeout`, in milliseconds, and waits for ever without it.
        """,
        "    timeout: 4000,\n",
        "    // wrong: no timeout\n",
    ),
)
REDIRECT_FOLLOWED = warning(
    "F107",
    "redirect-followed",
    page(
        """A redirect is followed to another host, with the key.

        Segment's `fetch` is node-fetch 2.6.0, which sends Authorization and every other header
        along wherever a redirect leads. A POST that is redirected with 301 or 302 becomes a GET
        without its body, too: its answer says nothing about the event. With `redirect: "manual"`
        a redirect is a status like any other.
        """,
        '    redirect: "manual",\n',
        "    // wrong: redirects are followed\n",
    ),
)

ELSEWHERE = "elsewhere.example.net"
_CREDENTIAL = re.compile(r"^(?!idempotency).*(?:key|token|secret|password|authorization)")
_MOST_STEPS = 3  # requests of one event that fail in turn


@dataclass(frozen=True, slots=True)
class Trial:
    """An answer and what it means."""

    name: str
    meaning: str
    answer: dict[str, Any]

    def told(self, step: int) -> dict[str, Any]:
        """The trial for an event, from its request number `step` on: what fails stays so."""
        once = self.meaning == "redirect"
        return {"from": step + 1, "once": once, "answer": answer(self.answer)}


def _status(status: int, meaning: str, **body: Any) -> Trial:  # noqa: ANN401 - JSON
    told = body or {"json": {"statusCode": status, "error": "refused", "message": ["refused"]}}
    return Trial(str(status), meaning, {"status": status, **told})


_PAGE = {"text": "<html><body>Bad gateway</body></html>", "headers": {"content-type": "text/html"}}
TRIALS = (
    *(_status(status, "permanent") for status in (400, 401, 403, 404, 422)),
    _status(429, "transient"),
    _status(500, "transient"),
    _status(503, "transient", **_PAGE),
    Trial("a refused connection", "transient", {"fault": "refused"}),
    Trial("a lost connection", "transient", {"fault": "reset"}),
    Trial("an empty 204", "accepted", {"status": 204}),
    Trial("an empty 201", "accepted", {"status": 201}),
    Trial("a 200 with HTML", "accepted", {"status": 200, **_PAGE}),
    Trial("a 201 that breaks off", "accepted", {"status": 201, "text": "{", "fault": "truncated"}),
    Trial("silence", "silence", {"fault": "hang"}),
    Trial(
        "a redirect",
        "redirect",
        {"status": 302, "headers": {"location": f"https://{ELSEWHERE}/"}},
    ),
)


@dataclass(frozen=True, slots=True)
class _Tried:
    """A call whose request number `step` got the answer of a trial; `usual` is it without."""

    trial: Trial
    step: int
    usual: Call
    call: Call

    @property
    def request(self) -> Request:
        """The request that got it."""
        return self.call.requests[self.step]

    @property
    def last(self) -> bool:
        """Whether nothing is asked afterwards: the answer has no other use."""
        return self.step == len(self.usual.requests) - 1


def check(lab: Lab, report: Report) -> None:
    """Give every request every answer."""
    found: dict[tuple[Code, Span], list[_Tried]] = defaultdict(list)
    for tried in _try_all(lab):
        for code in _judge(lab, tried):
            thrown = tried.call.threw if code is PERMANENT_RETRIED else ()
            found[code, lab.place(tried.call, thrown or tried.request.frames)].append(tried)
    for (code, span), all_tried in found.items():
        message, advice = _told(code, all_tried)
        notes = _notes(lab, code, span, all_tried)
        report.add(code, span, message, notes=notes, help=advice)


def _try_all(lab: Lab) -> Iterator[_Tried]:
    """Every trial for the first, second and third request of every sample."""
    events = [sample.event() for sample in lab.samples]
    twice = lab.run([*events, *events], fresh=True)
    usual = twice[: len(events)]
    plan = [
        (trial, step, place)
        for step in range(_MOST_STEPS)
        for trial in TRIALS
        for place, call in enumerate(usual)
        if len(call.requests) > step
    ]
    # What a function remembers, such as a token, would keep a request from the next trial.
    sent = [[request.sent() for request in call.requests] for call in twice]
    lab.remembers = sent[: len(events)] != sent[len(events) :]
    for part in [[each] for each in plan] if lab.remembers else [plan]:
        given = [events[place] for _, _, place in part]
        whys = [f"an answer of {trial.name}" for trial, _, _ in part]
        answers = {place: trial.told(step) for place, (trial, step, _) in enumerate(part)}
        for (trial, step, place), call in zip(
            part, lab.run(given, whys, answers=answers), strict=True
        ):
            if len(call.requests) > step and call.outcome != "unavailable":
                yield _Tried(trial, step, usual[place], call)


def _judge(lab: Lab, tried: _Tried) -> Iterator[Code]:
    """What is wrong with one call."""
    outcome, writes = tried.call.outcome, tried.request.writes
    delivered = outcome == "delivered"
    discarded = outcome in {"bad-request", "rejected", "unsupported", "dropped"}
    match tried.trial.meaning:
        case "transient" if discarded or (delivered and writes):
            yield TRANSIENT_LOST
        case "permanent" if outcome == "retry":
            yield PERMANENT_RETRIED
        case "permanent" if delivered and writes and not _may_be_meant(tried):
            yield FAILURE_HIDDEN
        case "accepted" if writes and tried.last and outcome in {"retry", "timeout"}:
            yield SUCCESS_RETRIED
        case "accepted" if writes and tried.last and discarded:
            yield SUCCESS_FAILED
        case "silence" if outcome == "timeout":
            yield NO_TIMEOUT
        case "redirect" if _carried(lab, tried.call):
            yield REDIRECT_FOLLOWED


def _may_be_meant(tried: _Tried) -> bool:
    """Whether a 404 says what is wanted: it is gone already, or is made anew."""
    return tried.trial.name == "404" and tried.request.method != "POST"


def _carried(lab: Lab, call: Call) -> bool:
    """Whether a secret came to the other host."""
    known = [*lab.secret(), *_credentials(call)]
    return any(
        host(request.url) == ELSEWHERE and secrets.hide(request.whole(), known) != request.whole()
        for request in call.requests
    )


def _credentials(call: Call) -> list[str]:
    """What the headers of a request say that only its host should know."""
    return [
        value.split(" ")[-1]
        for request in call.requests[:1]
        for name, value in request.headers.items()
        if _CREDENTIAL.search(name)
    ]


# --- words ----------------------------------------------------------------------------

_RETRY = "throw RetryError for 429, 5xx and where fetch throws"
_FINAL = "throw ValidationError for 401 and 403, InvalidEventPayload for other 4xx"
_UNREAD = "leave the body of a success unread, or let it decide nothing"
_WORDS = {
    FAILURE_HIDDEN: ("after {} the event counts as delivered", _FINAL),
    PERMANENT_RETRIED: ("after {} the event is tried again for four hours, in vain", _FINAL),
    SUCCESS_RETRIED: (
        "after {} the request was accepted, and is sent again for four hours",
        _UNREAD,
    ),
    SUCCESS_FAILED: ("after {} the request was accepted, and the event counts as failed", _UNREAD),
    NO_TIMEOUT: (
        "without an answer the function hangs until Segment stops it, and is run again",
        "give fetch `timeout: 4000`, and throw RetryError when it throws",
    ),
    REDIRECT_FOLLOWED: (
        "a redirect to another host takes the key along",
        'give fetch `redirect: "manual"`, and treat a 3xx as a failure',
    ),
}


def _told(code: Code, tried: list[_Tried]) -> tuple[str, str]:
    """The message and the advice."""
    delivered = _names(each for each in tried if each.call.outcome == "delivered")
    if code is TRANSIENT_LOST:
        discarded = _names(each for each in tried if each.call.outcome != "delivered")
        ways = [
            f"after {_listed(names)} {became}"
            for names, became in (
                (delivered, "it counts as delivered"),
                (discarded, "it is discarded"),
            )
            if names
        ]
        return f"the event is lost: {', '.join(ways)}", _RETRY
    message, advice = _WORDS[code]
    if code is REDIRECT_FOLLOWED and delivered:
        message += ", and the event counts as delivered"
    return message.format(_listed(_names(tried))), advice


def _names(tried: Iterable[_Tried]) -> list[str]:
    return list(dict.fromkeys(each.trial.name for each in tried))


def _notes(lab: Lab, code: Code, span: Span, tried: list[_Tried]) -> Iterator[Note]:
    """Where the function decided so, if that is elsewhere."""
    seen = set()
    for call in (each.call for each in tried):
        if code in {TRANSIENT_LOST, SUCCESS_RETRIED, SUCCESS_FAILED} and call.error and call.threw:
            note = Note(f"{call.error[0]} is thrown here", lab.place(call, call.threw))
            if note.span != span and note not in seen:
                seen.add(note)
                yield note


def _listed(names: list[str]) -> str:
    """`400, 401 or a lost connection`."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
