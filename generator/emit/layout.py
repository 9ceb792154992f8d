"""Where JavaScript breaks into lines: the rules of Prettier 3, for what we emit.

Each rule is named after the function of Prettier's `language-js/print` that it follows;
the tests hand the result to Prettier, which must have nothing to change.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, TypeGuard

from generator.emit.doc import (
    BREAK_PARENT,
    HARDLINE,
    LINE,
    SOFTLINE,
    WIDTH,
    Doc,
    Fill,
    IfBreak,
    IndentIfBreak,
    Late,
    Row,
    first_that_fits,
    group,
    indent,
    print_doc,
    will_break,
)
from generator.emit.encode import is_identifier, property_key, quoted
from generator.emit.flat import begins_with_object, flat, is_composition, is_table
from generator.emit.tree import (
    ArrayOf,
    Arrow,
    Binary,
    Call,
    Conditional,
    Const,
    Do,
    If,
    Member,
    Name,
    Node,
    Number,
    ObjectOf,
    Property,
    Regex,
    Return,
    Text,
    Unary,
    Word,
)
from generator.emit.width import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

SHORT_ARGUMENT = 20  # a quarter of the line
SHORT_KEY = 5  # a value never stands below a key that is shorter

_PRECEDENCE = {
    operator: rank
    for rank, operators in enumerate(("??", "||", "&&", "== != === !==", "< <= > >=", "+ -"))
    for operator in operators.split()
}
_LOGICAL = ("??", "||", "&&")
_EQUALITY = ("==", "!=", "===", "!==")


@lru_cache(maxsize=4096)
def render(node: Node, indent: int = 0, column: int | None = None) -> str:
    """The text of a tree.

    Its first line begins at a column (by default at the indent), the others at the
    indent; the first line comes without its indent. It is kept: versions of a mapping, and
    mappings of a project, have most of their code in common.
    """
    return _text(node, indent, indent if column is None else column, "")


@lru_cache(maxsize=1 << 14)
def _row(node: Node, indent: int) -> str:
    """A member of an object that has its lines for itself; many routes have the same."""
    return _text(node, indent, indent, ",")


def _text(node: Node, indent: int, column: int, end: str) -> str:
    at = At(node)
    one_line = at.flat()
    if one_line is not None and column + width(one_line) + len(end) <= WIDTH:
        return f"{one_line}{end}"
    if isinstance(node, (Const, Property)) and isinstance(node.value, ObjectOf):
        left = f"const {node.name} =" if isinstance(node, Const) else f"{property_key(node.key)}:"
        if column + width(left) < WIDTH - 1 and node.value.members:
            return _opened(left, node.value, indent, ";" if isinstance(node, Const) else end)
    return print_doc((at.doc(), end), indent=indent, column=column)


def _opened(left: str, value: ObjectOf, indent: int, end: str) -> str:
    """An object that opens on the line of its name, as nearly all do: no layout is needed."""
    inner = " " * (indent + 2)
    rows = [f"{inner}{_row(member, indent + 2)}" for member in value.members]
    return "\n".join([f"{left} {{", *rows, f"{' ' * indent}}}{end}"])


Place = tuple[Node, "Place | None", str]
"""A node, the place of its parent, and its role there."""


class At:
    """A node and where it stands: `key` is its role in its parent.

    It knows its children and the nodes around it, but not the `At` of its parent: without
    circles each is gone as soon as its code is printed.
    """

    __slots__ = ("around", "below", "key", "node", "one_line", "printed")

    def __init__(self, node: Node, around: Place | None = None, key: str = "") -> None:
        """Nothing is printed yet."""
        self.node = node
        self.around = around
        self.key = key
        self.printed: Doc | None = None
        self.one_line: str | Literal[False] | None = False
        self.below: dict[tuple[str, int], At] = {}

    def child(self, key: str, node: Node, index: int = 0) -> At:
        """The place of a child."""
        found = self.below.get((key, index))
        if found is None:
            place = (self.node, self.around, self.key)
            found = self.below[key, index] = At(node, place, key)
        return found

    def children(self, key: str, nodes: Iterable[Node]) -> list[At]:
        """The places of several children."""
        return [self.child(key, node, index) for index, node in enumerate(nodes)]

    def flat(self) -> str | None:
        """The node on one line, whatever its length; None where something in it must break."""
        if self.one_line is False:
            text = flat(self)
            parentheses = text is not None and _needs_parentheses(self)
            self.one_line = f"({text})" if parentheses else text
        return self.one_line

    def doc(self) -> Doc:
        """The doc of the node, in parentheses where they are needed."""
        if self.printed is None:
            printed = _KINDS[type(self.node)](self, self.node)
            self.printed = ("(", printed, ")") if _needs_parentheses(self) else printed
        return self.printed

    def late(self) -> Doc:
        """The doc, which is made only if the node does not fit on its line."""
        text = self.flat()
        return self.doc() if text is None else Late(text, self.doc)

    def grouped(self) -> Doc:
        """The doc as a group of its own, made likewise."""
        text = self.flat()
        return group(self.doc()) if text is None else Late(text, self.doc)

    @property
    def inside(self) -> Node | None:
        """The parent node."""
        return None if self.around is None else self.around[0]

    @property
    def outside(self) -> Node | None:
        """The node around the parent."""
        beyond = None if self.around is None else self.around[1]
        return None if beyond is None else beyond[0]


# --- parentheses ------------------------------------------------------------


def _needs_parentheses(at: At) -> bool:
    match at.node:
        case ObjectOf():
            return _begins_body(at.key, at.around)
        case Binary(operator):
            return _binary_needs(at, operator)
        case Conditional():
            return _is_operand(at) or (at.key == "test" and isinstance(at.inside, Conditional))
        case Arrow():
            return _is_operand(at) or at.key == "test"
    return False


def _begins_body(key: str, around: Place | None) -> bool:
    """Whether a brace in this role would stand behind an arrow and open a block."""
    if around is None or key not in {"body", "left", "test"}:
        return False
    return key == "body" or _begins_body(around[2], around[1])


def _is_operand(at: At) -> bool:
    return isinstance(at.inside, (Unary, Binary))


def _binary_needs(at: At, operator: str) -> bool:
    match at.inside:
        case Unary():
            return True
        case Conditional():
            return operator == "??"
        case Binary(outer):
            if outer in _LOGICAL and operator in _LOGICAL:
                return outer != operator
            ours, theirs = _PRECEDENCE[operator], _PRECEDENCE[outer]
            same = theirs == ours and (at.key == "right" or not _flattens(outer, operator))
            return theirs > ours or same
    return False


def _flattens(outer: str, inner: str) -> bool:
    """Whether `a inner b outer c` is one chain (shouldFlatten)."""
    equalities = outer in _EQUALITY and inner in _EQUALITY
    return _PRECEDENCE[outer] == _PRECEDENCE[inner] and not equalities


def _is_logical(node: Node | None) -> TypeGuard[Binary]:
    return isinstance(node, Binary) and node.operator in _LOGICAL


# --- members and calls ------------------------------------------------------


def _member(at: At, node: Member) -> Doc:
    target = at.child("object", node.object).doc()
    lookup = _lookup(node)
    short = isinstance(node.object, Name) and not isinstance(at.inside, Member)
    of_call = (
        isinstance(at.inside, Const) and isinstance(node.object, Call) and node.object.arguments
    )
    inline = not is_identifier(node.key) or short or of_call
    return (target, lookup if inline else group(indent(SOFTLINE, lookup)))


def _lookup(node: Member) -> Doc:
    """What follows the object (printMemberLookup)."""
    if is_identifier(node.key):
        return ("?." if node.optional else ".", node.key)
    optional = "?." if node.optional else ""
    return group(optional, "[", indent(SOFTLINE, quoted(node.key)), SOFTLINE, "]")


def _call(at: At, node: Call) -> Doc:
    callee = at.child("callee", node.callee)
    if isinstance(node.callee, Member):
        return group(_unbroken(callee), _arguments(at, node))
    return (callee.doc(), _arguments(at, node))


def _unbroken(at: At) -> Doc:
    """The callee of a method: its members stay on the line (printMemberChain)."""
    node = at.node
    if isinstance(node, Member):
        return (_unbroken(at.child("object", node.object)), _lookup(node))
    return at.doc()


def _arguments(at: At, node: Call) -> Doc:
    """The arguments in parentheses (printCallArguments)."""
    if not node.arguments:
        return "()"
    places = at.children("arguments", node.arguments)
    separated = _separated([place.late() for place in places])
    if is_composition(node.arguments):
        return _all_broken_out(separated)
    if _hugs_last(node.arguments):
        return _last_expanded(places, separated)
    broken = any(map(will_break, separated))
    return group("(", indent(SOFTLINE, *separated), IfBreak(","), SOFTLINE, ")", broken=broken)


def _separated(docs: Sequence[Doc]) -> list[Doc]:
    return [*((doc, ",", LINE) for doc in docs[:-1]), docs[-1]]


def _all_broken_out(separated: list[Doc]) -> Doc:
    return group("(", indent(LINE, *separated), IfBreak(","), LINE, ")", broken=True)


def _last_expanded(places: list[At], separated: list[Doc]) -> Doc:
    """The last argument opens on the line of the call, if that can be."""
    before, last = separated[:-1], places[-1]
    broken_out = _all_broken_out(separated)
    if any(map(will_break, before)):
        return broken_out
    node = last.node
    expanded = _arrow(last, node, expanded=True) if isinstance(node, Arrow) else last.doc()
    hugged = ("(", *before, group(expanded, broken=True), ")")
    if will_break(expanded):
        return (BREAK_PARENT, first_that_fits(hugged, broken_out))
    return first_that_fits(("(", *before, expanded, ")"), hugged, broken_out)


def _hugs_last(arguments: tuple[Node, ...]) -> bool:
    """Whether the last argument may stay on the line (shouldGroupLast)."""
    last, before = arguments[-1], arguments[-2] if len(arguments) > 1 else None
    if not _can_hug(last) or type(before) is type(last):
        return False
    if isinstance(last, ArrayOf):
        beside_function = len(arguments) == 2 and isinstance(before, Arrow)  # noqa: PLR2004
        return not beside_function and not (before is not None and _is_concise(last))
    return True


def _can_hug(node: Node) -> bool:
    match node:
        case ObjectOf(members):
            return bool(members)
        case ArrayOf(items):
            return bool(items)
        case Arrow(_, body):
            return isinstance(body, (ObjectOf, ArrayOf, Call, Conditional))
    return False


# --- lists, objects, functions ----------------------------------------------


def _array(at: At, node: ArrayOf) -> Doc:
    if not node.items:
        return "[]"
    places = at.children("elements", node.items)
    broken = is_table(node.items)
    if not _is_concise(node):
        contents = _separated([place.grouped() for place in places])
        return group("[", indent(SOFTLINE, *contents, IfBreak(",")), SOFTLINE, "]", broken=broken)
    docs = [place.doc() for place in places]
    parts = [part for doc in docs[:-1] for part in ((doc, ","), LINE)]
    key = object()
    filled = Fill((*parts, (docs[-1], IfBreak(",", key=key))))
    return group("[", indent(SOFTLINE, filled), SOFTLINE, "]", key=key)


def _is_concise(node: ArrayOf) -> bool:
    """Whether all items are numbers, which fill the lines (isConciselyPrintedArray)."""
    return bool(node.items) and all(isinstance(item, Number) for item in node.items)


def _object(node: ObjectOf) -> Doc:
    if not node.members:
        return "{}"
    rows = [doc for member in node.members for doc in (HARDLINE, Row(partial(_row, member)))]
    return group("{", indent(*rows), HARDLINE, "}", broken=True)


def _property(at: At, node: Property) -> Doc:
    if node.short:
        return node.key
    return _assignment(at, property_key(node.key), ":", node.value)


def _arrow(at: At, node: Arrow, *, expanded: bool) -> Doc:
    """An arrow function; `expanded` as the last argument that opens on its line."""
    names = ", ".join(node.parameters)
    listed = _separated(list(node.parameters)) if node.parameters else []
    signature: Doc = (
        f"({names})"
        if expanded or not listed
        else group("(", indent(SOFTLINE, *listed), IfBreak(","), SOFTLINE, ")")
    )
    return group(group(signature), " =>", group(_body(at, node, expanded=expanded)))


def _body(at: At, node: Arrow, *, expanded: bool) -> Doc:
    body = at.child("body", node.body).doc()
    end: tuple[Doc, ...] = (IfBreak(","), SOFTLINE) if expanded else ()
    if isinstance(node.body, Conditional) and not begins_with_object(node.body):
        opened, closed = IfBreak("", "("), IfBreak("", ")")
        return (" ", group(opened, indent(SOFTLINE, body), closed, *end))
    if isinstance(node.body, (ArrayOf, ObjectOf)):
        return (" ", body)
    return (indent(LINE, body), *end)


# --- operators --------------------------------------------------------------


def _unary(at: At, node: Unary) -> Doc:
    blank = " " if node.operator.isalpha() else ""
    return (node.operator, blank, at.child("argument", node.operand).doc())


def _binary(at: At, node: Binary) -> Doc:
    """A chain of operators (printBinaryishExpression)."""
    in_test = isinstance(at.inside, If)
    parts = _operands(at, node, in_test=in_test)
    if in_test:
        return tuple(parts)
    if isinstance(at.inside, Unary):
        return group(indent(SOFTLINE, *parts), SOFTLINE)
    if (
        _stays_flush(at)
        or _inlines(node, all_of_it=True)
        or (isinstance(at.inside, (Const, Property)) and not _inlines(node))
    ):
        return group(*parts)
    return group(parts[0], indent(*parts[1:]))


def _stays_flush(at: At) -> bool:
    """Whether operands below the first are not indented."""
    if isinstance(at.inside, Conditional):
        return not isinstance(at.outside, (Return, Call))
    of_boolean = isinstance(at.inside, Call) and at.inside.callee == Name("Boolean")
    return isinstance(at.inside, (Return, Arrow)) or (
        of_boolean and isinstance(at.inside, Call) and len(at.inside.arguments) == 1
    )


def _operands(at: At, node: Binary, *, in_test: bool) -> list[Doc]:
    """The first operand, then each operator with its operand."""
    first, others = node.operands[0], at.children("right", node.operands[1:])
    left = at.child("left", first)
    if isinstance(first, Binary) and _flattens(node.operator, first.operator):
        parts = _operands(left, first, in_test=in_test)
    else:
        parts = [group(left.doc())]
    alone = (
        len(others) == 1
        and not (in_test and _is_logical(node))
        and not any(_same_kind(each, node) for each in (at.inside, *node.operands))
    )
    for place in others:
        blank: Doc = " " if _is_logical(node) and _is_filled(place.node) else LINE
        operand: Doc = (node.operator, blank, place.doc())
        parts += [" ", group(operand) if alone else operand]
    return parts


def _same_kind(other: Node | None, node: Binary) -> bool:
    """Whether both are logical or both are not: Prettier has a type for each."""
    return isinstance(other, Binary) and _is_logical(other) == _is_logical(node)


def _inlines(node: Node, *, all_of_it: bool = False) -> bool:
    """Whether what follows the last operator, or all operators, opens on its line: `?? {`."""
    if not _is_logical(node):
        return False
    return all(map(_is_filled, node.operands[1 if all_of_it else -1 :]))


def _is_filled(node: Node) -> bool:
    return isinstance(node, (ObjectOf, ArrayOf)) and _can_hug(node)


def _conditional(at: At, node: Conditional) -> Doc:
    """`test ? then : otherwise` (printTernary)."""
    nested = isinstance(at.inside, Conditional)
    then = at.child("then", node.then).doc()
    chained = isinstance(node.then, Conditional)
    branches: Doc = (
        *(LINE, "? ", IfBreak("", "(") if chained else "", indent(then)),
        *(IfBreak("", ")") if chained else "", LINE, ": "),
        indent(at.child("otherwise", node.otherwise).doc()),
    )
    test = at.child("test", node.test).doc()
    if nested and at.key == "test":
        whole = group(test, indent(branches))
        return group(indent(SOFTLINE, whole), SOFTLINE)
    if nested:
        return (indent(test) if at.key == "otherwise" else test, branches)
    return group(test, indent(branches))


# --- assignments and statements ---------------------------------------------


def _assignment(at: At, left: str, operator: str, value: Node) -> Doc:
    """A value after `name =` or `key:` (printAssignment)."""
    right = at.child("value", value).doc()
    short_key = isinstance(at.node, Property) and width(left) < SHORT_KEY
    if _breaks_after(value, short_key=short_key):
        return group(left, operator, group(indent(LINE, right)))
    if short_key or _is_stub(value):
        return group(left, operator, " ", right)
    key = object()
    return group(left, operator, group(indent(LINE), key=key), IndentIfBreak(right, key))


def _breaks_after(value: Node, *, short_key: bool) -> bool:
    """Whether the value goes to the next line as a whole (shouldBreakAfterOperator)."""
    if isinstance(value, Binary):
        return not _inlines(value)
    if isinstance(value, Conditional):
        return isinstance(value.test, Binary) and not _inlines(value.test)
    if short_key:
        return False
    while isinstance(value, Unary):
        value = value.operand
    return isinstance(value, Text) or _hardly_breaks(value)


def _is_stub(value: Node) -> bool:
    """Whether the value stays beside its key however long that is."""
    return value in (Word("true"), Word("false")) or (
        isinstance(value, Number) and value.value >= 0
    )


def _hardly_breaks(node: Node, *, deep: bool = False) -> bool:
    """Whether only members and short calls follow (isPoorlyBreakableMemberOrCallChain)."""
    match node:
        case Call(callee, arguments):
            short = len(arguments) == 1 and _is_short(arguments[0])
            return (not arguments or short) and _hardly_breaks(callee, deep=True)
        case Member(target):
            return _hardly_breaks(target, deep=True)
    return deep and isinstance(node, Name)


def _is_short(node: Node) -> bool:
    """Whether an argument is too short to break after it (isLoneShortArgument)."""
    match node:
        case Name(name):
            return len(name) <= SHORT_ARGUMENT
        case Text(value):
            return len(quoted(value)) <= SHORT_ARGUMENT
        case Regex(pattern):
            return len(pattern) <= SHORT_ARGUMENT
        case Unary(_, operand):
            return _is_short(operand)
        case Call(Name(name), ()):
            return len(name) <= SHORT_ARGUMENT - 2
    return isinstance(node, (Number, Word))


def _returned(at: At) -> Doc:
    if not isinstance(at.node, Binary):
        return at.doc()
    return group(IfBreak("("), indent(SOFTLINE, at.doc()), SOFTLINE, IfBreak(")"))


def _if(test: At, then: At) -> Doc:
    printed = test.doc()
    if not _negates_logical(test.node):
        printed = group(indent(SOFTLINE, printed), SOFTLINE)
    return group("if (", printed, ")", indent(LINE, then.doc()))


def _negates_logical(node: Node) -> bool:
    """Whether a test is `!(a && b)`, whose own parentheses then do for the `if`."""
    return isinstance(node, Unary) and node.operator == "!" and _is_logical(node.operand)


def _atom(at: At, _: Node) -> Doc:
    return flat(at) or ""  # always one line


_KINDS: dict[type[Node], Callable[[At, Any], Doc]] = {
    Name: _atom,
    Word: _atom,
    Text: _atom,
    Number: _atom,
    Regex: _atom,
    Unary: _unary,
    Member: _member,
    Call: _call,
    ArrayOf: _array,
    ObjectOf: lambda _, node: _object(node),
    Property: _property,
    Arrow: partial(_arrow, expanded=False),
    Binary: _binary,
    Conditional: _conditional,
    Const: lambda at, node: ("const ", _assignment(at, node.name, " =", node.value), ";"),
    Do: lambda at, node: (at.child("expression", node.expression).doc(), ";"),
    Return: lambda at, node: ("return ", _returned(at.child("argument", node.value)), ";"),
    If: lambda at, node: _if(at.child("test", node.test), at.child("then", node.then)),
}
