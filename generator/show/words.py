"""Values and conditions of the model as a person writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import (
    And,
    Call,
    Choices,
    Coalesce,
    Compare,
    Directive,
    Each,
    Filtered,
    If,
    IsTrue,
    ListOf,
    Literal,
    MapOf,
    Merge,
    Not,
    Or,
    Path,
    Template,
)

if TYPE_CHECKING:
    from generator.model import Condition, Operand, Value


def value(told: Value | None) -> str:  # noqa: C901 - one case a kind of value
    """A value in one line; a text stands without quotes."""
    match told:
        case None:
            return "nothing"
        case Literal():
            found = told.value
            return found if isinstance(found, str) else told.json
        case Path():
            return path(told)
        case Coalesce(choices=choices):
            return " ?? ".join(_quoted(choice) for choice in choices)
        case Filtered(value=inner, name=name, arguments=arguments):
            given = f"({', '.join(entry.json for entry in arguments)})" if arguments else ""
            return f"{_quoted(inner)} | {name}{given}"
        case Template(parts=parts):
            return "".join(
                value(part) if isinstance(part, Literal) else f"{{{{ {value(part)} }}}}"
                for part in parts
            )
        case ListOf(items=items):
            return f"[{', '.join(value(item) for item in items)}]"
        case MapOf(entries=entries):
            members = ", ".join(f"{name}: {value(inner)}" for name, inner in entries)
            return f"{{{members}}}"
        case Each(over=over, item=item):
            return f"for each of {value(over)}: {value(item)}"
        case If():
            other = f", else {value(told.otherwise)}" if told.otherwise is not None else ""
            return f"{value(told.then)} if {condition(told.condition)}{other}"
        case Merge(values=values):
            return " with ".join(value(part) for part in values)
        case Directive(name=name, argument=argument):
            return argument.value if isinstance(argument.value, str) else f"@{name} {argument.json}"


def _quoted(told: Value) -> str:
    """A value beside `??` or `|`, which bind it more tightly than its own words do."""
    if isinstance(told, Literal):
        return told.json
    return f"({value(told)})" if isinstance(told, (Each, If, Merge)) else value(told)


def path(told: Path) -> str:
    """A path as the mapping writes it, without what only the machine needs."""
    return told.written.removeprefix("$.") or ".".join(map(str, told.keys))


def condition(told: Condition) -> str:
    """A condition in FQL."""
    match told:
        case And(conditions=parts):
            return " and ".join(_grouped(part, Or) for part in parts)
        case Or(conditions=parts):
            return " or ".join(condition(part) for part in parts)
        case Not(condition=inner):
            return f"!({condition(inner)})"
        case IsTrue(value=inner):
            return operand(inner)
        case Compare(operator=operator, left=left, right=right):
            return f"{operand(left)} {operator} {operand(right)}"


def _grouped(told: Condition, loose: type) -> str:
    return f"({condition(told)})" if isinstance(told, loose) else condition(told)


def operand(told: Operand) -> str:
    """One side of a condition."""
    match told:
        case Literal():
            return told.json
        case Path():
            return path(told)
        case Call(function=name, arguments=arguments):
            return f"{name}({', '.join(map(operand, arguments))})"
        case Choices(items=items):
            return f"[{', '.join(map(operand, items))}]"
