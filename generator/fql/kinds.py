"""What kinds of values a condition compares, and comparisons with only one outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Span
from generator.fql.codes import NEVER_HOLDS, TEXT_ORDER
from generator.fql.functions import FUNCTIONS, TYPES, TYPES_ELSEWHERE
from generator.model import ORDERS, And, Call, Choices, Compare, IsTrue, Literal, Path, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report
    from generator.expressions.reading import Reading
    from generator.model import Condition, Operand

NAMES = {
    "text": "a text",
    "number": "a number",
    "bool": "true or false",
    "list": "a list",
    "null": "null",
}


def kind_of(operand: Operand) -> str | None:
    """The kind of a value: text, number, bool, list or null; None where the event decides."""
    match operand:
        case Choices():
            return "list"
        case Call():
            return FUNCTIONS[operand.function].gives
        case Path():
            return None
    match operand.value:
        case None:
            return "null"
        case bool():
            return "bool"
        case str():
            return "text"
    return "number"


def check_bare(found: IsTrue, reading: Reading, start: int, end: int) -> None:
    """Report a bare value that is never true."""
    kind = kind_of(found.value)
    if kind in (None, "bool"):
        return
    help_ = "write a comparison"
    if isinstance(found.value, Literal) and kind == "text":
        help_ = "write the comparison again, or path in [...] for several texts"
    message = f"{NAMES[kind or '']} alone is never true"
    reading.add(NEVER_HOLDS, start, end, message, help_)


def check_together(condition: Condition, report: Report) -> None:
    """Report a path that alone must be true, and beside that is used as something else."""
    for both in walk(condition):
        if not isinstance(both, And):
            continue
        others = [path for part in both.conditions for path in _not_true(part)]
        for part in both.conditions:
            match part:
                case IsTrue(value=Path() as path, span=Span() as span) if path in others:
                    message = f"{path.written} alone asks for true, and here it is something else"
                    help_ = f"write {path.written} != null to ask whether it is there"
                    report.add(NEVER_HOLDS, span, message, help=help_)


def _not_true(condition: Condition) -> Iterator[Path]:
    """The paths that cannot be true where a condition holds."""
    match condition:
        case Compare(operator="!="):
            return
        case Compare(operator="in", right=Path() as path):
            yield path
        case Compare(operator=operator, left=left, right=right):
            for side, other in ((left, right), (right, left)):
                if isinstance(side, Path) and (
                    operator in ORDERS or kind_of(other) in ("text", "number", "null")
                ):
                    yield side
    for part in walk(condition) if isinstance(condition, (Compare, IsTrue)) else ():
        if isinstance(part, Call) and "bool" not in FUNCTIONS[part.function].takes[0]:
            yield from (side for side in part.arguments if isinstance(side, Path))


def check_comparison(compared: Compare, reading: Reading, start: int, end: int) -> None:
    """Report a comparison whose sides are of kinds that cannot agree."""
    problem = _problem(compared)
    if problem is not None:
        reading.add(NEVER_HOLDS, start, end, *problem)
    elif compared.operator in ORDERS:
        _warn_of_texts(compared, reading, start, end)


def _problem(compared: Compare) -> tuple[str, str] | None:
    """What is wrong with a comparison, and what to write instead."""
    left, right = kind_of(compared.left), kind_of(compared.right)
    if compared.operator == "in":
        if compared.right == Choices(()):
            return "nothing is in an empty list", "write the values, or remove the comparison"
        return _problem_of_in(left, right)
    if compared.operator in ORDERS:
        return _problem_of_order(left, right)
    if left is not None and right is not None and "null" not in (left, right) and left != right:
        message = f"{NAMES[left]} never equals {NAMES[right]}"
        return message, "write both sides of one kind, as with number(...) or string(...)"
    return _problem_of_typeof(compared)


def _problem_of_in(left: str | None, right: str | None) -> tuple[str, str] | None:
    if right == "text":
        return (
            "in looks into a list, not into a text",
            'write contains(text, part), or in ["a", "b"]',
        )
    if right not in (None, "list"):
        return f"in looks into a list, not into {NAMES[right]}", 'write in ["a", "b"]'
    if left == "list":
        return "a list is never in a list", "write one comparison for each value"
    return None


def _problem_of_order(left: str | None, right: str | None) -> tuple[str, str] | None:
    for kind in (left, right):
        if kind in ("bool", "list", "null"):
            message = f"{NAMES[kind]} has no order, so this never holds"
            return message, "write = or !=" if kind != "list" else "write length(...)"
    if left is not None and right is not None and left != right:
        message = "a number and a text have no order, so this never holds"
        return message, "write both sides of one kind, as with number(...)"
    return None


def _problem_of_typeof(compared: Compare) -> tuple[str, str] | None:
    for call, other in ((compared.left, compared.right), (compared.right, compared.left)):
        if isinstance(call, Call) and call.function == "typeof" and isinstance(other, Literal):
            wrong = str(other.value)
            if wrong not in TYPES and wrong != "object":
                near = TYPES_ELSEWHERE.get(wrong)
                help_ = f'write "{near}"' if near else f"write one of {', '.join(TYPES)}"
                return f'typeof never gives "{wrong}"', help_
    return None


def _warn_of_texts(compared: Compare, reading: Reading, start: int, end: int) -> None:
    """Warn of an order between texts, which only segfn knows."""
    for side in (compared.left, compared.right):
        if kind_of(side) != "text":
            continue
        message = "texts are compared by order; a destination filter would answer false"
        help_ = "check that both sides are ISO times of one format"
        if isinstance(side, Literal) and is_number(str(side.value)):
            message = f"{side.json} is a text, and a number is in no order with it"
            help_ = f"write {side.value} without quotes if the field is a number"
        reading.add(TEXT_ORDER, start, end, message, help_)
        return


def is_number(text: str) -> bool:
    """Whether a text is that of a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True
