"""All the ways through a handler, and under which condition each request is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

from generator.imports.javascript import expressions, statements
from generator.imports.javascript.machine import (
    Endless,
    Left,
    Machine,
    Returned,
    Thrown,
)
from generator.imports.javascript.patterns import kept
from generator.imports.javascript.symbols import Func, Names, Ref, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from generator.imports.javascript.machine import Decision, Request
    from generator.imports.javascript.script import Script
    from generator.imports.javascript.symbols import Value

MOST = 400
"""Ways through one handler for one name."""
PATIENCE = 150_000
"""Steps on all ways together: about a second."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of a way: its requests, the error that it threw, what it could not read."""

    requests: tuple[Request, ...]
    thrown: str | None
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Fork:
    """A test, and the ways on from there."""

    test: Value
    node: Node
    met: Way
    unmet: Way


Way = Union[End, Fork]


@dataclass(slots=True)
class Reader:
    """Reads the functions of a script."""

    script: Script
    names: Names = field(default_factory=Names)
    unread: list[Unread] = field(default_factory=list)
    kept: dict[str, Value] = field(default_factory=dict)
    left: int = 0
    spent: int = 0

    @classmethod
    def of(cls, script: Script) -> Reader:
        """A reader that has gone through what stands outside of functions."""
        names, machine = _tables(script)
        return cls(script, names, machine.unread, dict(_kept(script, names)))

    def handles(self, name: str) -> Func | None:
        """The function of a name, if the script has one."""
        found = self.names.held.get(name)
        return found if isinstance(found, Func) and found.node is not None else None

    def ways(self, handler: str, section: str, name: str) -> Way:
        """The ways through a handler for a call; raises Endless where there are too many."""
        self.left = MOST
        return self._from(handler, section, name, ())

    def _from(self, handler: str, section: str, name: str, ahead: tuple[bool, ...]) -> Way:
        """The ways on, once the first tests have turned out so."""
        decisions, end = self._go(handler, section, name, ahead)
        if len(decisions) == len(ahead):
            return end
        here = decisions[len(ahead)]
        met = self._from(handler, section, name, (*ahead, True))
        unmet = self._from(handler, section, name, (*ahead, False))
        return Fork(here.test, here.node, met, unmet)

    def _go(
        self, handler: str, section: str, name: str, ahead: tuple[bool, ...]
    ) -> tuple[list[Decision], End]:
        """One way, with tables that no other way has changed."""
        self.left -= 1
        if self.left < 0 or self.spent > PATIENCE:
            raise Endless
        names, tables = _tables(self.script)
        names.held |= self.kept
        machine = Machine(self.script, section, name, ahead)
        thrown = None
        try:
            given: list[Value] = [Ref("event"), Ref("settings")]
            expressions.call(machine, names.held[handler], given, self.script.root)
        except Thrown as error:
            thrown = error.name or "Error"
        except Left:
            machine.unread.append(Unread(self.script.root, "a loop is left that is none"))
        finally:
            self.spent += tables.steps + machine.steps
        return machine.decisions, End(tuple(machine.requests), thrown, tuple(machine.unread))


def _kept(script: Script, names: Names) -> Iterator[tuple[str, Value]]:
    """The names outside of functions to which functions give other values: of earlier events."""
    for node in _assigned(script.root):
        name = script.text(node)
        if name in names.held and not isinstance(names.held[name], Func):
            yield name, kept(script, node)


def _assigned(node: Node, *, inside: bool = False) -> Iterator[Node]:
    """The names to which functions give values; what is called outside of them runs only once."""
    if node.type == "call_expression" and not inside:
        return
    inside = inside or node.type in expressions.FUNCTIONS
    target = node.child_by_field_name(expressions.ASSIGNED.get(node.type, ""))
    if inside and target is not None and target.type == "identifier":
        yield target
    for child in node.children:
        yield from _assigned(child, inside=inside)


def _tables(script: Script) -> tuple[Names, Machine]:
    """The names of a script, and what went through all that stands outside of functions."""
    names, machine = Names(), Machine(script)
    try:
        statements.run(machine, script.root, names)
    except (Thrown, Returned, Left, Endless):
        machine.unread.append(Unread(script.root, "the file does not come to its end"))
    return names, machine
