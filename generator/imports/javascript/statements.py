"""Statements of JavaScript, one after another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.imports.javascript import loops, patterns
from generator.imports.javascript.expressions import FUNCTIONS, acts, field, inner, value
from generator.imports.javascript.machine import Left, Returned, Thrown, truth
from generator.imports.javascript.symbols import (
    Arr,
    Func,
    Missing,
    Names,
    Not,
    Unread,
    is_answer,
    unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from generator.imports.javascript.machine import Machine
    from generator.imports.javascript.symbols import Value


def run(machine: Machine, node: Node, names: Names) -> None:
    """Go through a statement."""
    machine.step()
    make = MAKERS.get(node.type)
    if make is not None:
        make(machine, node, names)
    elif node.type not in NOTHING:
        lost = Unread(node, f"segfn does not read {node.type.replace('_', ' ')}")
        machine.unread.append(lost)
        loops.forget(machine, node, lost, names)


def _block(machine: Machine, node: Node, names: Names) -> None:
    """A block: its functions can be called before they stand there."""
    inside = names if node.type == "program" else Names(names)
    for child in inner(node):
        if child.type in DECLARED:
            inside.held[machine.script.text(field(child, "name"))] = Func(child, inside)
    for child in inner(node):
        run(machine, child, inside)


def _declare(machine: Machine, node: Node, names: Names) -> None:
    for child in inner(node):
        told = child.child_by_field_name("value")
        held = Missing() if told is None else value(machine, told, names)
        patterns.bind(machine, field(child, "name"), held, names)


def _expression(machine: Machine, node: Node, names: Names) -> None:
    """An expression alone; what it gives is not asked for, unless it could not be called."""
    told = value(machine, inner(node)[0], names)
    lost = unread(told) if isinstance(told, Unread) else None
    if lost is not None and lost.node.type in CALLED:
        machine.unread.append(lost)
        loops.forget(machine, node, lost, names)


def _if(machine: Machine, node: Node, names: Names) -> None:
    test = value(machine, field(node, "condition"), names)
    then, otherwise = field(node, "consequence"), node.child_by_field_name("alternative")
    other = inner(otherwise)[0] if otherwise is not None else None
    if is_answer(test):
        _answered(machine, machine.script.text(field(node, "condition")), then, other, names)
        return
    known = truth(test)
    if known is None and not acts(then, sets=True) and not (other and acts(other, sets=True)):
        _merged(machine, test, then, other, names)
        return
    taken = machine.decide(test, node) if known is None else known
    if taken:
        run(machine, then, names)
    elif other is not None:
        run(machine, other, names)


def _merged(machine: Machine, test: Value, then: Node, other: Node | None, names: Names) -> None:
    """Both branches of an `if` that only sets values: each keeps its test."""
    branches = [(test, then)] + ([(Not(test), other)] if other is not None else [])
    for guard, branch in branches:
        machine.guards.append(guard)
        run(machine, branch, names)
        machine.guards.pop()


def _answered(machine: Machine, test: str, then: Node, other: Node | None, names: Names) -> None:
    """An `if` on what a server answered: the way on is the one on which nothing is thrown."""
    good = bool(re.search(r"\.ok\b|<|== ?2", test)) and not re.search("[!>]", test)
    ways = [then, other] if good else [other, then]
    calm = [way for way in ways if way is None or not _throws(way)]
    way = calm[0] if calm else None
    for missed in ways:
        if missed is not None and missed is not way and _sends(missed):
            machine.unread.append(Unread(missed, "a request that depends on an answer is not read"))
    if way is not None:
        run(machine, way, names)


def _throws(node: Node) -> bool:
    return node.type == "throw_statement" or (
        node.type not in FUNCTIONS and any(map(_throws, node.children))
    )


def _sends(node: Node) -> bool:
    """Whether code may make a request: it calls a function by its name."""
    if node.type == "call_expression" and field(node, "function").type == "identifier":
        return True
    return node.type not in FUNCTIONS and any(map(_sends, node.children))


def _switch(machine: Machine, node: Node, names: Names) -> None:
    """A `switch`: from the case that is met on, through those behind it."""
    told = value(machine, field(node, "value"), names)
    cases = inner(field(node, "body"))
    inside = Names(names)
    start = next((at for at, case in enumerate(cases) if case.type == "switch_default"), len(cases))
    for at, case in enumerate(cases):
        if case.type != "switch_case":
            continue
        test = machine.compare("===", told, value(machine, field(case, "value"), names))
        if machine.decide(test, case):
            start = at
            break
    try:
        for case in cases[start:]:
            asked = case.child_by_field_name("value")
            for child in inner(case):
                if child != asked:
                    run(machine, child, inside)
    except Left as left:
        if left.again:
            raise


def _try(machine: Machine, node: Node, names: Names) -> None:
    """A `try`: failures of requests segfn handles itself, so only what is thrown is caught."""
    caught = node.child_by_field_name("handler")
    try:
        run(machine, field(node, "body"), names)
    except Thrown:
        if caught is None:
            raise
        _catch(machine, caught, names)
        return
    finally:
        last = node.child_by_field_name("finalizer")
        if last is not None:
            run(machine, inner(last)[0], names)
    if caught is not None and _fetches(machine, caught):
        machine.unread.append(Unread(caught, "a request after a failure is not read"))


def _catch(machine: Machine, node: Node, names: Names) -> None:
    inside, error = Names(names), node.child_by_field_name("parameter")
    if error is not None:
        patterns.bind(machine, error, Unread(error, "an error that was caught is not read"), inside)
    run(machine, field(node, "body"), inside)


def _fetches(machine: Machine, node: Node) -> bool:
    return "fetch(" in machine.script.text(node)


def _throw(machine: Machine, node: Node, names: Names) -> None:  # noqa: ARG001
    thrown = inner(node)[0]
    named = thrown.child_by_field_name("constructor") or thrown.child_by_field_name("function")
    raise Thrown(machine.script.text(named) if named is not None else "", node)


def _return(machine: Machine, node: Node, names: Names) -> None:
    told = inner(node)
    raise Returned(value(machine, told[0], names) if told else Missing())


def _for_of(machine: Machine, node: Node, names: Names) -> None:
    """A loop over a list that stands in the code, or one that makes a list of what comes."""
    told = value(machine, field(node, "right"), names)
    body = field(node, "body")
    is_of = machine.script.text(field(node, "operator")) == "of"
    if is_of and loops.collect(machine, node, told, names):
        return
    if not isinstance(told, Arr) or not is_of:
        lost = unread(told) or Unread(node, "a loop over what comes is not read")
        machine.unread.append(lost)
        loops.forget(machine, body, lost, names)
        if loops.ends_the_call(body) and machine.decide(lost, node):
            raise Returned(Missing())
        return
    for item in told.items:
        inside = Names(names)
        patterns.bind(machine, field(node, "left"), item, inside)
        if not _round(machine, body, inside):
            return


def _loop(machine: Machine, node: Node, names: Names) -> None:
    """Any other loop: gone through once, as a request that is tried again is one request."""
    start = node.child_by_field_name("initializer")
    if start is not None and start.is_named:
        run(machine, start, names)
    loops.count(node, machine, names)
    _round(machine, field(node, "body"), names)


def _round(machine: Machine, body: Node, names: Names) -> bool:
    try:
        run(machine, body, names)
    except Left as left:
        return left.again
    return True


def _leave(machine: Machine, node: Node, names: Names) -> None:  # noqa: ARG001
    raise Left(again=node.type == "continue_statement")


def _class(machine: Machine, node: Node, names: Names) -> None:
    """A class is not read, until something of it is needed."""
    names.held[machine.script.text(field(node, "name"))] = Unread(node, "a class is not read")


def _export(machine: Machine, node: Node, names: Names) -> None:
    told = node.child_by_field_name("declaration")
    if told is not None and told.type in DECLARED:
        names.held[machine.script.text(field(told, "name"))] = Func(told, names)
    elif told is not None:
        run(machine, told, names)


CALLED = {"call_expression", "new_expression", "unary_expression"}
"""What is called, or deleted, for what it does."""
DECLARED = {"function_declaration", "generator_function_declaration"}
NOTHING = {"empty_statement", "comment", "hash_bang_line", "debugger_statement", *DECLARED}
MAKERS: dict[str, Callable[[Machine, Node, Names], None]] = {
    "program": _block,
    "statement_block": _block,
    "lexical_declaration": _declare,
    "variable_declaration": _declare,
    "expression_statement": _expression,
    "if_statement": _if,
    "switch_statement": _switch,
    "try_statement": _try,
    "throw_statement": _throw,
    "return_statement": _return,
    "for_in_statement": _for_of,
    "for_statement": _loop,
    "while_statement": _loop,
    "do_statement": _loop,
    "break_statement": _leave,
    "continue_statement": _leave,
    "export_statement": _export,
    "class_declaration": _class,
}
"""What is read, by the names of tree-sitter's grammar."""
