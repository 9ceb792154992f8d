"""What a change is: its kind, how bad it is, where it stands, and what it means for people."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from inspect import cleandoc
from typing import TYPE_CHECKING

from generator.diagnostics import Code, Severity, error, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.changes.pair import Pair
    from generator.diagnostics import Span


class Class(IntEnum):
    """How bad a change is for the people who receive messages; the worst is the greatest."""

    COSMETIC = 0
    BEHAVIOUR = 1
    BREAKING = 2

    def __str__(self) -> str:
        """The word that users see."""
        return self.name.lower()


BREAKING = error(
    "D101",
    "breaking-change",
    """Somebody stops getting a message, the wrong person gets one, or nothing can be sent.

    `segfn diff` says so of a change that the mapping itself shows (a route that is gone,
    another recipient, a new required setting), and of any change with which an event that
    gave a message gives none.

    ```diff
     track:
    -  Trial Ended: trial-ended
    +  Trial Finished: trial-ended    # wrong: some sources still send "Trial Ended"
    ```

    ```yaml
    track:
      Trial Finished:
        also: [Trial Ended]
        workflow: trial-ended
    ```

    If it is wanted, a reviewer approves its fingerprint:

    ```console
    $ segfn diff --against main --approve 3f2a9c01b7de
    ```
    """,
)
BEHAVIOUR = warning(
    "D102",
    "behaviour-change",
    """Something else is sent, or under other conditions, and nobody is known to lose by it.

    A new route, another condition, another value in a payload. Read it, and the requests that
    `segfn diff` shows; `--fail-on behaviour` stops until it is approved.

    ```diff
    -    when: properties.total >= 100
    +    when: properties.total >= 50     # twice as many people may be told
    ```

    ```console
    $ segfn diff --against main --fail-on behaviour
    ```
    """,
)
COSMETIC = Code(
    "D103",
    "cosmetic-change",
    Severity.NOTE,
    """The same is sent for every event: comments, descriptions, order, style.

    segfn runs the old and the new function to prove it.

    ```diff
    -description: Messages of the shop
    +description: What the shop tells its customers
    ```

    ```console
    $ segfn diff before.yaml after.yaml
    ```
    """,
)
PRIVACY = warning(
    "D104",
    "privacy-change",
    """Something of the event leaves Segment that did not leave before.

    Each place in the event is named. `--fail-on privacy` fails for it, whatever the class
    of the change is.

    ```diff
     payload:
       plan: $.traits.plan
    +  birthday: $.traits.birthday    # leaves Segment for the first time
    ```

    ```console
    $ segfn diff --against main --fail-on privacy
    ```
    """,
)
APPROVED = Code(
    "D105",
    "approved-change",
    Severity.NOTE,
    """A change whose fingerprint stands in `approved-changes.txt`.

    `--fail-on` lets it pass. The file is reviewed with the change; a line whose change is no
    longer there can go.

    ```console
    $ segfn diff --against main --approve 3f2a9c01b7de
    ```

    ```text
    3f2a9c01b7de  Users who do "Trial Ended" no longer get "trial-ended"
    ```
    """,
)
CODES = {Class.BREAKING: BREAKING, Class.BEHAVIOUR: BEHAVIOUR, Class.COSMETIC: COSMETIC}


@dataclass(frozen=True, slots=True)
class Found:
    """What a kind finds: a sentence about people, and the two places.

    `subject` and `told` (what it was, what it is) are what the fingerprint is made of.
    `routes` are the identities in both versions that it concerns; none stands for all.
    `class_` is given where it is not the kind's own. `leaves` are the places in the event
    that leave Segment for the first time.
    """

    message: str
    before: Span | None
    after: Span | None
    subject: str = ""
    told: tuple[str, str] = ("", "")
    routes: frozenset[str] = frozenset()
    class_: Class | None = None
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions of a mapping; `evidence` names what raised it."""

    kind: str
    class_: Class
    message: str
    mapping: str
    before: Span | None
    after: Span | None
    fingerprint: str
    told: tuple[str, str] = ("", "")
    routes: frozenset[str] = frozenset()
    leaves: tuple[str, ...] = ()
    evidence: str | None = None

    @property
    def code(self) -> Code:
        """The code under which a reporter shows it."""
        return PRIVACY if self.leaves and self.class_ < Class.BREAKING else CODES[self.class_]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change: a function that finds it, and the class that it usually has."""

    name: str
    class_: Class
    summary: str
    find: Callable[[Pair], Iterator[Found]] = field(compare=False)

    def changes(self, pair: Pair) -> Iterator[Change]:
        """The changes of this kind."""
        for found in self.find(pair):
            yield Change(
                kind=self.name,
                class_=self.class_ if found.class_ is None else found.class_,
                message=found.message,
                mapping=pair.name,
                before=found.before,
                after=found.after,
                fingerprint=fingerprint(self.name, pair.name, found.subject, *found.told),
                told=found.told,
                routes=found.routes,
                leaves=found.leaves,
            )


KINDS: dict[str, Kind] = {}


def kind(
    class_: Class,
) -> Callable[[Callable[[Pair], Iterator[Found]]], Callable[[Pair], Iterator[Found]]]:
    """Enter a function among the kinds; its name is the kind's, its docstring says what."""

    def entered(
        function: Callable[[Pair], Iterator[Found]],
    ) -> Callable[[Pair], Iterator[Found]]:
        name = function.__name__.replace("_", "-")
        summary = cleandoc(function.__doc__ or "").split("\n")[0]
        KINDS[name] = Kind(name, class_, summary, function)
        return function

    return entered


def fingerprint(*parts: str) -> str:
    """Twelve hexadecimal digits that stay as long as the change says the same."""
    text = json.dumps(parts)
    return sha256(text.encode()).hexdigest()[:12]
