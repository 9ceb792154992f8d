"""A document printer: text that knows where it may break, laid out at 80 columns.

The algorithm is Wadler's in the form that Prettier uses (its `commands.md` names every
command), so that a layout which follows Prettier's rules comes out as Prettier's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from generator.emit.width import width

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A possible line break: flat it is `flat`; a hard one always breaks."""

    flat: str = " "
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Indent:
    """Contents whose lines stand two columns further in."""

    contents: Doc


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Contents that stay on one line if they fit and nothing in them must break.

    With `states` the first that fits is taken, else the last; what must break in them
    does not break what stands around. Others may ask by `key` how it was printed. `tall`
    says that something in it takes more than one line.
    """

    contents: Doc
    broken: bool = False
    states: tuple[Doc, ...] = ()
    key: object = None
    tall: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Late:
    """A group of which it is known how it reads flat; it is made only where it must break."""

    flat: str
    make: Callable[[], Doc]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What begins a line and ends with a comma: its indent alone says how it reads."""

    at: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class IfBreak:
    """One text where the enclosing group (or that of `key`) breaks, else another."""

    broken: str
    flat: str = ""
    key: object = None


@dataclass(frozen=True, slots=True)
class IndentIfBreak:
    """Contents that are indented where the group of `key` breaks."""

    contents: Doc
    key: object


@dataclass(frozen=True, slots=True)
class Fill:
    """Items with lines between them, as many on a line as fit."""

    parts: tuple[Doc, ...]


@dataclass(frozen=True, slots=True)
class BreakParent:
    """Breaks the enclosing groups."""


Doc = Union[
    str,
    tuple["Doc", ...],
    Line,
    Indent,
    Group,
    Late,
    Row,
    IfBreak,
    IndentIfBreak,
    Fill,
    BreakParent,
]

LINE = Line()
SOFTLINE = Line("")
HARDLINE = Line("", hard=True)
BREAK_PARENT = BreakParent()


def group(*contents: Doc, broken: bool = False, key: object = None) -> Group:
    """A group; it breaks if `broken`, or if something in it must."""
    broken = broken or forces(contents)
    return Group(contents, broken, key=key, tall=broken or will_break(contents))


def first_that_fits(*states: Doc) -> Group:
    """A group that tries several layouts in turn."""
    return Group(states[0], states=states, tall=will_break(states[0]))


def indent(*contents: Doc) -> Indent:
    """Contents two columns further in."""
    return Indent(contents)


def forces(doc: Doc) -> bool:
    """Whether the doc breaks the groups around it."""
    match doc:
        case tuple():
            return any(forces(part) for part in doc)
        case Line(hard=hard):
            return hard
        case Indent(contents) | IndentIfBreak(contents):
            return forces(contents)
        case Group(broken=broken):
            return broken
        case Fill(parts):
            return forces(parts)
        case BreakParent():
            return True
    return False


def will_break(doc: Doc) -> bool:
    """Whether the doc takes more than one line whatever stands around it."""
    match doc:
        case tuple():
            return any(will_break(part) for part in doc)
        case Indent(contents) | IndentIfBreak(contents):
            return will_break(contents)
        case Group(tall=tall):
            return tall
        case Fill(parts):
            return will_break(parts)
    return forces(doc)


_Command = tuple[int, bool, Doc]
"""A doc that waits to be printed: its indent, whether it stays flat, and the doc."""


def print_doc(doc: Doc, *, indent: int = 0, column: int = 0) -> str:
    """Print a doc whose first line begins at a column and whose others are indented."""
    printer = _Printer(column)
    printer.waiting.append((indent, False, doc))
    while printer.waiting:
        printer.step(*printer.waiting.pop())
    return "".join(printer.out)


class _Printer:
    """The state of one run: what is out, the column, and what waits (last first)."""

    def __init__(self, column: int) -> None:
        self.column = column
        self.out: list[str] = []
        self.waiting: list[_Command] = []
        self.flat_groups: dict[object, bool] = {}
        self.remeasure = False

    def step(self, at: int, flat: bool, doc: Doc) -> None:  # noqa: C901, FBT001 - a case a doc
        """Print one command or replace it by its parts."""
        match doc:
            case str():
                self.text(doc)
            case tuple():
                self.waiting.extend([(at, flat, part) for part in doc[::-1]])
            case Line():
                self.line(doc, at, flat=flat)
            case Late():
                self.late(doc, at, flat=flat)
            case Row():
                self.text(doc.at(at))
            case Group():
                self.group(doc, at, flat=flat)
            case Indent(contents):
                self.waiting.append((at + 2, flat, contents))
            case IfBreak(broken, flat_text, key):
                is_flat = flat if key is None else self.flat_groups[key]
                self.text(flat_text if is_flat else broken)
            case IndentIfBreak(contents, key):
                further = 0 if self.flat_groups[key] else 2
                self.waiting.append((at + further, flat, contents))
            case Fill(parts):
                self.fill(parts, at, flat=flat)

    def text(self, text: str) -> None:
        """Print a text."""
        self.out.append(text)
        self.column += width(text)

    def line(self, line: Line, at: int, *, flat: bool) -> None:
        """A space or nothing in a flat group, else a line end and the indent."""
        if flat and not line.hard:
            self.text(line.flat)
            return
        self.remeasure = self.remeasure or flat
        while self.out and self.out[-1].strip(" ") == "":
            self.out.pop()
        self.out.append("\n" + " " * at)
        self.column = at

    def group(self, doc: Group, at: int, *, flat: bool) -> None:
        """Decide how a group is printed."""
        if flat and not self.remeasure:
            chosen: _Command = (at, not doc.broken, doc.contents)
        else:
            self.remeasure = False
            chosen = self.layout(doc, at)
        self.waiting.append(chosen)
        if doc.key is not None:
            self.flat_groups[doc.key] = chosen[1]

    def late(self, doc: Late, at: int, *, flat: bool) -> None:
        """Print a group flat if it fits, and make it only if it does not."""
        if not (flat and not self.remeasure):
            self.remeasure = False
            if not self.fits(at, flat=True, doc=doc.flat):
                self.waiting.append((at, False, doc.make()))
                return
        self.text(doc.flat)

    def layout(self, doc: Group, at: int) -> _Command:
        """The first layout of a group that fits, else the last one, broken."""
        if doc.broken:
            return (at, False, doc.contents)
        for state in doc.states[:-1] or (doc.contents,):
            if self.fits(at, flat=True, doc=state):
                return (at, True, state)
        return (at, False, doc.states[-1] if doc.states else doc.contents)

    def fill(self, parts: tuple[Doc, ...], at: int, *, flat: bool) -> None:
        """Put as many items on the line as fit, one after another."""
        first, *others = parts
        fits = self.fits(at, flat=True, doc=first, alone=True)
        if len(others) > 1:
            line, second = others[0], others[1]
            both = self.fits(at, flat=True, doc=(first, line, second), alone=True)
            self.waiting += [(at, flat, Fill(tuple(others[1:]))), (at, both, line)]
        self.waiting.append((at, fits, first))

    def fits(self, at: int, *, flat: bool, doc: Doc, alone: bool = False) -> bool:
        """Whether a doc fits on the line with what follows up to the next break.

        `alone` looks at the doc only, and nothing in it may break.
        """
        room = WIDTH - self.column
        pending: list[_Command] = [(at, flat, doc)]
        rest = 0 if alone else len(self.waiting)
        while room >= 0:
            if not pending:
                if rest == 0:
                    return True
                rest -= 1
                pending.append(self.waiting[rest])
            _, flat, doc = pending.pop()
            if isinstance(doc, str):
                room -= width(doc)
            elif isinstance(doc, Line):
                if doc.hard or not flat:
                    return True
                room -= len(doc.flat)
            elif isinstance(doc, Group) and doc.broken and alone:
                return False
            else:
                room -= self.measure(doc, flat, pending)
        return False

    def measure(self, doc: Doc, flat: bool, pending: list[_Command]) -> int:  # noqa: FBT001
        """The columns a doc takes by itself; its parts become pending."""
        match doc:
            case tuple():
                pending.extend([(0, flat, part) for part in doc[::-1]])
            case Fill(parts):
                pending.append((0, flat, parts))
            case Indent(contents) | IndentIfBreak(contents):
                pending.append((0, flat, contents))
            case Group(contents, broken, states):
                stays_flat = flat and not broken
                chosen = contents if stays_flat or not states else states[-1]
                pending.append((0, stays_flat, chosen))
            case Late(text, make):
                if flat:
                    return width(text)
                pending.append((0, False, make()))
            case IfBreak(broken_text, flat_text, key):
                is_flat = flat if key is None else self.flat_groups.get(key, True)
                return width(flat_text if is_flat else broken_text)
        return 0
