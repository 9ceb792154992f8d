"""What happens when Segment gives an event to the function a second time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Diagnostic, Note, error, warning
from generator.lint.checks._page import BODY, page
from generator.lint.events import PEOPLE
from generator.lint.lab import LATER

if TYPE_CHECKING:
    from generator.diagnostics import Report, Span
    from generator.lint.calls import Call, Request
    from generator.lint.events import Sample
    from generator.lint.lab import Lab

NO_DEDUPE_KEY = error(
    "F111",
    "no-dedupe-key",
    page(
        """Nothing in a request tells the provider that it has seen the event before.

        Segment delivers at least once, and tries again after every timeout and RetryError, also
        where the first attempt had arrived. Segment's own advice is a key that is made from
        `messageId`, which a retried event keeps. Where the key goes is the provider's matter:
        `transactionId` at Novu, `Idempotency-Key` at Courier and Knock. A key that is made anew on
        each attempt helps nobody.

        Where the provider knows no such key, say so:
        `// segfn: ignore[F111] Slack has no key, a second message is bearable`.
        """,
        BODY,
        "    body: JSON.stringify({ name, user: event.userId, at: timestamp }), // wrong: no key\n",
    ),
)
CHANGES_ON_RETRY = warning(
    "F112",
    "changes-on-retry",
    page(
        """A request differs between the attempts for one event.

        What is made from the clock or from chance is made anew when Segment tries again. Providers
        that compare a repeated request with the first refuse it (Novu answers 422), and a random
        key makes the repetition a new message. Take times from the event.
        """,
        BODY,
        "    body: JSON.stringify({ id: messageId, name, at: Date.now() }), // wrong: the clock\n",
    ),
)

_ONCE = ("track", "page", "screen")  # the others say how something is, and may say so twice
# Where a POST says how something is, or takes it back: twice is as good as once.
_REPEATABLE = re.compile(
    r"(?:cancel|delete|remove|archive|(?:un)?subscribe|subscri(?:bers|ptions)|members(?:hips)?|"
    r"preferences|credentials|contacts|profiles?|users|people|identify|topics|lists|groups|"
    r"audiences|companies|tenants|objects)/?(?:\?|$)",
    re.IGNORECASE,
)
_NOTHING: dict[str, Any] = {"type": "nothing"}  # a call that no handler takes


def check(lab: Lab, report: Report) -> None:
    """Run every event again: as another event, by chance, later, and for somebody else."""
    samples = [sample for sample in lab.samples if sample.kind in _ONCE]
    if not samples:
        return
    events = [sample.event() for sample in samples]
    usual = lab.run(events)
    renamed = lab.run([_renamed(event) for event in events])
    by_chance = lab.run([_NOTHING, *events])[1:]
    others = lab.run([_same_message(sample) for sample in samples])
    later = lab.run(events, now=LATER)
    seen: set[Span] = set()
    for calls in zip(usual, renamed, by_chance, later, others, strict=True):
        for place, request in enumerate(calls[0].requests):
            span = lab.place(calls[0], request.frames[-1:])
            repeatable = request.method != "POST" or _REPEATABLE.search(request.url)
            if span not in seen and not repeatable:
                same_place = [_at(call, place) for call in calls[1:]]
                if place < len(calls[0].requests) - 1 and _about_nothing(request, same_place):
                    continue  # it asks for a token, say
                found = _compare(lab, span, request, same_place)
                report.extend(found)
                seen.update(each.span for each in found)


def _renamed(event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "messageId": "message-dee-99317"}


def _same_message(sample: Sample) -> dict[str, Any]:
    """The event of somebody else under the same id: what does not change is about nobody."""
    return {**sample.event(PEOPLE[1]), "messageId": sample.event()["messageId"]}


def _at(call: Call, place: int) -> Request | None:
    return call.requests[place] if place < len(call.requests) else None


def _about_nothing(request: Request, others: list[Request | None]) -> bool:
    """Whether a request is the same for another event, and for another person."""
    return all(other and other.sent() == request.sent() for other in (others[0], others[-1]))


def _compare(
    lab: Lab, span: Span, request: Request, others: list[Request | None]
) -> list[Diagnostic]:
    """Look at one request and the same of four other runs."""
    another, by_chance, later, _ = others
    same_for_another_event = another is not None and another.sent() == request.sent()
    changing = [
        word
        for word, other in (("chance", by_chance), ("the clock", later))
        if other is not None and other.sent() != request.sent()
    ]
    made = " and ".join(changing)
    notes = list(lab.made_here(request.frames))
    if same_for_another_event:
        if made:
            notes.append(Note(f"what it makes from {made} is another on each attempt"))
        told = (
            "nothing in this request is made from `messageId`: when the event is tried again, it "
            "is done twice"
        )
        advice = "send a key made from `event.messageId`, where the provider looks for one"
        return [Diagnostic(NO_DEDUPE_KEY, told, span, tuple(notes), advice)]
    if not changing:
        return []
    told = (
        f"a part of this request is made from {made}: when the event is tried again, it is "
        "another request"
    )
    advice = "take times and keys from the event"
    return [Diagnostic(CHANGES_ON_RETRY, told, span, tuple(notes), advice)]
