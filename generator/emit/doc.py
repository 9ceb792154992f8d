"""A document printer: text that knows where it may break, laid out at 80 columns.

The algorithm is Wadler's in the form that Prettier uses (its `commands.md` names every
command), so that a layout which follows Prettier's rules comes out as Prettier's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from generator.emit.width import width

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


Doc = Union[str, tuple["Doc", ...], Line, Indent, Group, IfBreak, IndentIfBreak, Fill, BreakParent]

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


def join(separator: Doc, docs: list[Doc]) -> Doc:
    """The docs with the separator between them."""
    joined: list[Doc] = []
    for index, doc in enumerate(docs):
        joined += [separator, doc] if index else [doc]
    return tuple(joined)


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
"""A doc that waits to be printed, before it its indent and whether it is flat."""


def print_doc(doc: Doc, *, indent: int = 0, column: int = 0) -> str:
    """Print a doc whose first line begins at a column and whose others are indented."""
    printer = _Printer(column)
    printer.waiting.append((indent, False, doc))
    while printer.waiting:
        printer.step(printer.waiting.pop())
    return "".join(printer.out)


class _Printer:
    """The state of one run: what is out, the column, and what waits (last first)."""

    def __init__(self, column: int) -> None:
        self.column = column
        self.out: list[str] = []
        self.waiting: list[_Command] = []
        self.flat_groups: dict[object, bool] = {}
        self.remeasure = False

    def step(self, command: _Command) -> None:
        """Print one command or replace it by its parts."""
        at, flat, doc = command
        match doc:
            case str():
                self.out.append(doc)
                self.column += width(doc)
            case tuple():
                self.waiting.extend([(at, flat, part) for part in reversed(doc)])
            case Indent(contents):
                self.waiting.append((at + 2, flat, contents))
            case Group():
                self.group(doc, at, flat=flat)
            case Fill(parts):
                self.fill(parts, at, flat=flat)
            case IfBreak(broken, flat_text, key):
                is_flat = flat if key is None else self.flat_groups[key]
                self.step((at, flat, flat_text if is_flat else broken))
            case IndentIfBreak(contents, key):
                further = 0 if self.flat_groups[key] else 2
                self.waiting.append((at + further, flat, contents))
            case Line():
                self.line(doc, at, flat=flat)

    def line(self, line: Line, at: int, *, flat: bool) -> None:
        """A space or nothing in a flat group, else a line end and the indent."""
        if flat and not line.hard:
            self.step((at, True, line.flat))
            return
        self.remeasure = self.remeasure or flat
        while self.out and self.out[-1].strip(" ") == "":
            self.out.pop()
        self.out.append("\n" + " " * at)
        self.column = at

    def group(self, doc: Group, at: int, *, flat: bool) -> None:
        """Decide how a group is printed."""
        if flat and not self.remeasure:
            chosen = (at, not doc.broken, doc.contents)
        else:
            self.remeasure = False
            chosen = self.layout(doc, at)
        self.waiting.append(chosen)
        self.flat_groups[doc.key] = chosen[1]

    def layout(self, doc: Group, at: int) -> _Command:
        """The first layout of a group that fits, else the last one, broken."""
        if doc.broken:
            return at, False, doc.contents
        for state in doc.states[:-1] or (doc.contents,):
            if self.fits(state):
                return at, True, state
        return at, False, doc.states[-1] if doc.states else doc.contents

    def fill(self, parts: tuple[Doc, ...], at: int, *, flat: bool) -> None:
        """Put as many items on the line as fit, one after another."""
        first, *others = parts
        fits = self.fits(first, alone=True)
        if len(others) > 1:
            line, second = others[0], others[1]
            both = self.fits((first, line, second), alone=True)
            self.waiting += [(at, flat, Fill(tuple(others[1:]))), (at, both, line)]
        self.waiting.append((at, fits, first))

    def fits(self, doc: Doc, *, alone: bool = False) -> bool:
        """Whether a flat doc fits on the line with what follows up to the next break.

        `alone` looks at the doc only, and nothing in it may break.
        """
        room = WIDTH - self.column
        pending: list[tuple[bool, Doc]] = [(True, doc)]
        rest = 0 if alone else len(self.waiting)
        while room >= 0:
            if not pending:
                if rest == 0:
                    return True
                rest -= 1
                pending.append(self.waiting[rest][1:])
            flat, part = pending.pop()
            if isinstance(part, str):
                room -= width(part)
                continue
            if isinstance(part, Line) and (part.hard or not flat):
                return True
            if isinstance(part, Group) and part.broken and alone:
                return False
            room -= self.measure(part, pending, flat=flat)
        return False

    def measure(self, doc: Doc, pending: list[tuple[bool, Doc]], *, flat: bool) -> int:
        """The columns a doc takes by itself; its parts become pending."""
        match doc:
            case Line(text):
                return len(text)
            case tuple() | Fill():
                parts = doc.parts if isinstance(doc, Fill) else doc
                pending.extend([(flat, part) for part in reversed(parts)])
            case Indent(contents) | IndentIfBreak(contents):
                pending.append((flat, contents))
            case Group(contents, broken, states):
                stays_flat = flat and not broken
                chosen = contents if stays_flat or not states else states[-1]
                pending.append((stays_flat, chosen))
            case IfBreak(broken_text, flat_text, key):
                is_flat = flat if key is None else self.flat_groups.get(key, True)
                return width(flat_text if is_flat else broken_text)
        return 0
