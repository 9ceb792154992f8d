"""YAML text to nodes with places: one read, one parse, nothing left to chance.

PyYAML's event stream comes from libyaml; what its loaders would do to it (YAML 1.1 words,
silent duplicates, aliases that explode, a crash on deep nesting) is done here instead, by
the rules of the mapping language.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Union

import yaml

from generator import scalars, yaml_advice
from generator.diagnostics import Note, Report, Severity, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.diagnostics import Code
    from generator.model import Json

NOT_UTF8 = error(
    "Y101",
    "not-utf8",
    """The file is not UTF-8.

    Editors save UTF-8 unless they are told otherwise; an old encoding garbles names.

    ```yaml
    name: caf\xe9       # saved as Latin-1
    ```

    ```yaml
    name: café          # saved as UTF-8
    ```
    """,
)
REFUSED_CHARACTER = error(
    "Y102",
    "refused-character",
    """A character that cannot be seen, or that ends a line for some readers only.

    Control characters, U+0085, U+2028, U+2029 and bidi controls are refused as they are:
    libyaml ends a line at some of them, so that a comment could hide a live key. In double
    quotes they can be written as escapes.

    ```yaml
    greeting: Hi<U+2028>there
    ```

    ```yaml
    greeting: "Hi\\u2028there"
    ```
    """,
)
TOO_LARGE = error(
    "Y103",
    "too-large",
    """The file is larger than 16 MiB or has more than 2 million values.

    One mapping becomes one function; nobody has reported a function of that size.

    ```yaml
    # one file for every customer
    ```

    ```yaml
    # one file for each customer, in mappings/
    ```
    """,
)
EMPTY_FILE = error(
    "Y104",
    "empty-file",
    """There is nothing in the file.

    A mapping begins with its version and provider.

    ```yaml
    # only a comment
    ```

    ```yaml
    version: 1
    provider: novu
    ```
    """,
)
SEVERAL_DOCUMENTS = error(
    "Y105",
    "several-documents",
    """A file holds more than one YAML document.

    A `---` begins another document, which nobody would read.

    ```yaml
    version: 1
    provider: novu
    ---
    track:
      User Registered: welcome
    ```

    ```yaml
    version: 1
    provider: novu
    track:
      User Registered: welcome
    ```
    """,
)
TOO_DEEP = error(
    "Y106",
    "nested-too-deep",
    """More than 64 levels are nested in each other.

    No mapping needs that; a bracket is missing somewhere.

    ```yaml
    [[[[[[[[[[[[[[[[[[[[[[[[[
    ```

    ```yaml
    [[1, 2], [3, 4]]
    ```
    """,
)
DUPLICATE_KEY = error(
    "Y107",
    "duplicate-key",
    """A key stands twice in one map.

    Other readers of YAML silently take the last, and what the first says is lost.

    ```yaml
    track:
      Signed Up: welcome
      Signed Up: tell-sales
    ```

    ```yaml
    track:
      Signed Up:
        - welcome
        - tell-sales
    ```
    """,
)
ALIAS = error(
    "Y108",
    "alias",
    """Anchors, aliases and merge keys are not part of the language.

    What stands in a mapping is what it says, there and nowhere else. A text that begins with `*` or
    `&` needs quotes.

    ```yaml
    Order Completed:
      workflow: &receipt
        name: receipt
    Order Paid:
      workflow: *receipt          # wrong, and so is the `&receipt` above
    ```

    ```yaml
    Order Completed:
      also: [Order Paid]
      workflow: receipt
    ```
    """,
)
TAG = error(
    "Y109",
    "tag",
    """A value begins with an unquoted `!`, which YAML takes for a tag.

    Conditions that begin with `!` need quotes, or a block.

    ```yaml
    when: !properties.internal
    ```

    ```yaml
    when: '!properties.internal'
    ```
    """,
)
BAD_KEY = error(
    "Y110",
    "bad-key",
    """A map or a list stands where a key is needed.

    Keys are texts.

    ```yaml
    ? [a, b]
    : welcome
    ```

    ```yaml
    a: welcome
    ```
    """,
)
BAD_YAML = error(
    "Y111",
    "bad-yaml",
    """The file is no YAML.

    Most often a line is indented wrongly, a tab stands in the indentation, or a colon has no blank
    behind it.

    ```yaml
    track:
      Signed Up: welcome
       Trial Ended: bye
    ```

    ```yaml
    track:
      Signed Up: welcome
      Trial Ended: bye
    ```
    """,
)
QUOTE_IT = error(
    "Y112",
    "quote-it",
    """A value means something else to YAML unless it is quoted.

    Templates that begin with `{{`, texts with a `: ` or a quote inside, and values that begin
    with `@` or a backtick need quotes; the message prints the line as it should be.

    ```yaml
    workflow: {{ event }}
    ```

    ```yaml
    workflow: '{{ event }}'
    ```
    """,
)
UNCLOSED = error(
    "Y113",
    "unclosed",
    """A quote or a bracket is opened and never closed.

    ```yaml
    greeting: "Hi there
    ```

    ```yaml
    greeting: "Hi there"
    ```
    """,
)
CUT_BY_COMMENT = error(
    "Y114",
    "cut-by-comment",
    """YAML drops a part of an unquoted value as a comment.

    A ` #` begins a comment. A comment behind an unquoted value must begin with `# ` and hold no
    braces, so that a value is never cut by accident.

    ```yaml
    title: Order #{{ properties.id }}
    ```

    ```yaml
    title: 'Order #{{ properties.id }}'
    ```
    """,
)
BIG_NUMBER = error(
    "Y115",
    "big-number",
    """A number that JavaScript cannot hold exactly.

    JavaScript keeps whole numbers up to 2^53; a longer one would be sent with other digits.

    ```yaml
    accountId: 12345678901234567890
    ```

    ```yaml
    accountId: "12345678901234567890"
    ```
    """,
)
OLD_WORD = warning(
    "Y116",
    "old-word",
    """A word that YAML 1.1 took for a boolean or null is a text here.

    `Yes`, `On`, `True` and `~` are read as they stand.

    ```yaml
    enabled: Yes
    ```

    ```yaml
    enabled: true
    ```
    """,
)

LARGEST = 16 * 1024 * 1024
MOST_NODES = 2_000_000
DEEPEST = 64
BIGGEST = 2**53
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
OLD_WORDS = re.compile(r"~|(?:y|n|yes|no|on|off|true|false|null)", re.IGNORECASE)
REFUSED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe"
    "\uff00-\ufffd\U00010000-\U0010ffff]"
)
HARMLESS = {DUPLICATE_KEY, BIG_NUMBER}
STYLES = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
WORDS: dict[str, bool | None] = {"null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, boolean or null.

    `text` is what is written, decoded for quoted and block scalars; `style` is plain,
    single, double, literal or folded. An empty value is plain with an empty text.
    """

    value: str | int | float | bool | None
    text: str
    style: str
    span: Span


@dataclass(frozen=True, slots=True)
class MapNode:
    """A map; keys are always the text as it stands."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, name: str) -> Node | None:
        """The value of a key."""
        return next((value for key, value in self.entries if key.text == name), None)

    def key(self, name: str) -> Scalar | None:
        """The key itself, for its place."""
        return next((key for key, _ in self.entries if key.text == name), None)

    def keys(self) -> list[str]:
        """The texts of the keys."""
        return [key.text for key, _ in self.entries]


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple[Node, ...]
    span: Span


Node = Union[Scalar, MapNode, ListNode]


@dataclass(frozen=True)
class Document:
    """A file that was read. `path` is how it is shown."""

    path: str
    text: str
    root: Node

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, which are LF, CRLF or CR."""
        return split_lines(self.text)

    def inside(self, scalar: Scalar, start: int, end: int) -> Span:
        """The place of `scalar.text[start:end]`, or that of the scalar if it is not clear."""
        span, first = scalar.span, self._column(scalar)
        if first is not None and 0 <= start <= end <= len(scalar.text):
            last = max(end, start + 1)
            return Span(self.path, span.line, first + start, span.line, first + last)
        found = self._places(scalar)
        if found is None or not 0 <= start <= end <= len(scalar.text):
            return span
        line, column = found[min(start, len(found) - 1)]
        if end <= start:
            return Span(self.path, line + 1, column + 1, line + 1, column + 2)
        last_line, last = found[end - 1] if end - 1 < len(found) else found[-1]
        after = found[end] if end < len(found) else (last_line, last + 1)
        last = after[1] if after[0] == last_line else last + 1
        return Span(self.path, line + 1, column + 1, last_line + 1, last + 1)

    def _column(self, scalar: Scalar) -> int | None:
        """Where a text begins that stands on one line as it is, without escapes."""
        span, quote = scalar.span, scalar.style != "plain"
        if (
            span.line != span.end_line
            or span.end_column - span.column != len(scalar.text) + 2 * quote
        ):
            return None
        line, column = self.lines[span.line - 1], span.column + quote
        return column if line.startswith(scalar.text, column - 1) else None

    @cached_property
    def _latest(self) -> dict[Span, list[tuple[int, int]] | None]:
        return {}

    def _places(self, scalar: Scalar) -> list[tuple[int, int]] | None:
        """The places of a scalar's characters; the latest are kept, as many are asked for."""
        span = scalar.span
        if span not in self._latest:
            box = (span.line - 1, span.column - 1, span.end_line - 1, span.end_column - 1)
            self._latest.clear()
            self._latest[span] = scalars.places(self.lines, scalar.style, box, scalar.text)
        return self._latest[span]

    def slice(self, span: Span) -> str:
        """The characters of a place on one line; empty for one on several."""
        if span.line != span.end_line or span.line > len(self.lines):
            return ""
        return self.lines[span.line - 1][span.column - 1 : span.end_column - 1]

    def at(self, path: Sequence[str | int]) -> Node:
        """The node at a path of keys and indexes that is there."""
        node: Node | None = self.root
        for step in path:
            if isinstance(node, ListNode) and isinstance(step, int):
                node = node.items[step]
            elif isinstance(node, MapNode):
                _, node = self._member(node, str(step)) or (None, None)
        if node is None:
            raise KeyError(path)
        return node

    def keys_at(self, path: Sequence[str | int]) -> list[Scalar]:
        """The keys of the map at a path."""
        node = self.at(path)
        return [key for key, _ in node.entries] if isinstance(node, MapNode) else []

    def key_at(self, path: Sequence[str | int]) -> Scalar | None:
        """The key at a path, or None where the path ends in a list or is not there."""
        if not path:
            return None
        parent = self.at(path[:-1])
        if not isinstance(parent, MapNode):
            return None
        key, _ = self._member(parent, str(path[-1])) or (None, None)
        return key

    def _member(self, node: MapNode, name: str) -> tuple[Scalar, Node] | None:
        """A key and its value; a map of thousands is asked for each of them."""
        if id(node) not in self._members:
            self._members[id(node)] = {entry[0].text: entry for entry in reversed(node.entries)}
        return self._members[id(node)].get(name)

    @cached_property
    def _members(self) -> dict[int, dict[str, tuple[Scalar, Node]]]:
        return {}


def split_lines(text: str) -> list[str]:
    """Lines as everybody counts them: by LF, CRLF and CR only."""
    return re.split(r"\r\n|\r|\n", text)


def parse(
    raw: bytes | str, path: str, report: Report, *, begins: str = "`version: 1` and `provider:`"
) -> Document | None:
    """The nodes of a file; None where they would not be what is meant, and the report says why.

    `begins` is what an empty file should begin with. After an error of `HARMLESS` the rest can
    be read, so that it is told in the same run what is wrong there.
    """
    mine = Report()
    text = _text(raw, path, mine)
    document = None
    if text is not None and not _refused(text, path, mine):
        document = _Reader(text, path, mine).document(begins)
    report.extend(mine.found)
    errors = {entry.code for entry in mine.found if entry.severity is Severity.ERROR}
    return document if errors <= HARMLESS else None


def to_data(node: Node) -> Json:
    """The plain data of a node."""
    match node:
        case Scalar():
            return node.value
        case ListNode():
            return [to_data(item) for item in node.items]
        case MapNode():
            return {key.text: to_data(value) for key, value in node.entries}


def comments(document: Document) -> Iterator[tuple[int, int, str]]:
    """The comments of a file: line, column (both 1-based) and the text from its `#` on."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for scalar in _scalars(document.root):
        span = scalar.span
        for line in range(span.line, span.end_line + 1):
            left = span.column if line == span.line else 0
            right = span.end_column if line == span.end_line else len(document.text) + 1
            taken.setdefault(line, []).append((left, right))
    for number, content in enumerate(document.lines, start=1):
        for found in re.finditer(r"(?:^|(?<=[ \t]))#", content):
            column = found.start() + 1
            if not any(left <= column < right for left, right in taken.get(number, ())):
                yield number, column, content[found.start() :]
                break


def _scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar, keys too."""
    match node:
        case Scalar():
            yield node
        case ListNode():
            for item in node.items:
                yield from _scalars(item)
        case MapNode():
            for key, value in node.entries:
                yield key
                yield from _scalars(value)


# --- the text ---------------------------------------------------------------


def _text(raw: bytes | str, path: str, report: Report) -> str | None:
    """The text of a file, without a byte order mark."""
    if len(raw) > LARGEST:
        report.add(
            TOO_LARGE,
            Span.start_of(path),
            f"the file has {len(raw) / 1024 / 1024:.1f} MiB, and 16 MiB is the most",
            help="split it into several mappings",
        )
        return None
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start].decode("utf-8", "replace").removeprefix("\ufeff")
        place = _at_end_of(before, path)
        report.add(NOT_UTF8, place, "this byte is no UTF-8", help="save the file as UTF-8")
        return None


def _at_end_of(text: str, path: str) -> Span:
    lines = split_lines(text)
    line, column = len(lines), len(lines[-1]) + 1
    return Span(path, line, column, line, column + 1)


def _refused(text: str, path: str, report: Report) -> bool:
    """Report characters that cannot be seen or that end a line for some readers only."""
    for found in list(REFUSED.finditer(text))[:20]:
        place = _at_end_of(text[: found.start()], path)
        name = f"U+{ord(found[0]):04X}"
        report.add(
            REFUSED_CHARACTER,
            place,
            f"the character {name} cannot stand in a mapping",
            help=f'write it as "\\u{ord(found[0]):04X}" in double quotes, or remove it',
        )
    return report.failed


# --- the events -------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A map or list that is being read."""

    start: Any
    is_map: bool
    key: Scalar | None
    entries: list[tuple[Scalar, Node]]
    items: list[Node]
    seen: dict[str, Scalar]


class _Stop(Exception):  # noqa: N818 - not an error of the program
    """Reading cannot go on; the report says why."""


class _Reader:
    """Builds nodes from libyaml's events, without recursion."""

    def __init__(self, text: str, path: str, report: Report) -> None:
        """Nothing is read yet."""
        self.text = text
        self.path = path
        self.report = report
        self.lines = split_lines(text)
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0
        self.nodes = 0

    def document(self, begins: str) -> Document | None:
        """Read all of it."""
        try:
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                self.take(event)
        except _Stop:
            return None
        except yaml.MarkedYAMLError as wrong:
            self.tell(wrong)
            return None
        except yaml.YAMLError as wrong:
            self.add(BAD_YAML, Span.start_of(self.path), f"YAML cannot be read: {wrong}", None)
            return None
        if self.root is None:
            self.add(
                EMPTY_FILE,
                Span.start_of(self.path),
                "the file is empty",
                f"begin with {begins}",
            )
            return None
        return Document(self.path, self.text, self.root)

    def add(self, code: Code, place: Span, message: str, help_: str | None, *notes: Note) -> None:
        """Report something."""
        self.report.add(code, place, message, notes=notes, help=help_)

    def span(self, start: Any, end: Any) -> Span:  # noqa: ANN401 - marks of PyYAML
        """The place between two marks."""
        return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def take(self, event: yaml.Event) -> None:
        """Take one event."""
        match event:
            case yaml.DocumentStartEvent():
                self.count_document(event)
            case yaml.AliasEvent():
                self.refuse_alias(event)
                self.put(Scalar(None, "", "plain", self.span(event.start_mark, event.end_mark)))
            case yaml.ScalarEvent():
                self.check(event)
                self.put(self.scalar(event))
            case yaml.CollectionStartEvent():
                self.check(event)
                self.start(event)
            case yaml.CollectionEndEvent():
                self.put(self.end(event))

    def count_document(self, event: yaml.DocumentStartEvent) -> None:
        """There is one document in a file."""
        self.documents += 1
        if self.documents > 1:
            place = self.span(event.start_mark, event.end_mark)
            self.add(
                SEVERAL_DOCUMENTS,
                place,
                "a second document begins here",
                "put it into a file of its own, or remove the `---`",
            )
            raise _Stop

    def refuse_alias(self, event: yaml.AliasEvent) -> None:
        """No aliases: what stands in a mapping is what it says."""
        place = self.span(event.start_mark, event.end_mark)
        quoted = yaml_advice.quoted_line(self.line(place))
        self.add(ALIAS, place, "an unquoted `*` is an alias in YAML", f"write {quoted}")

    def check(self, event: Any) -> None:  # noqa: ANN401 - an event with anchor and tag
        """Refuse anchors and tags, and count nodes."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.add(
                TOO_LARGE,
                self.span(event.start_mark, event.end_mark),
                "the file has more than 2 million values",
                "split it into several mappings",
            )
            raise _Stop
        if event.anchor is None and event.tag is None:
            return
        start = event.start_mark
        place = Span(self.path, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        quoted = yaml_advice.quoted_line(self.line(place))
        if event.anchor is not None:
            self.add(ALIAS, place, "an unquoted `&` is an anchor in YAML", f"write {quoted}")
        else:
            self.add(TAG, place, "an unquoted `!` is a tag in YAML", f"write {quoted}")

    def line(self, place: Span) -> str:
        """The line of a place."""
        return self.lines[place.line - 1] if place.line <= len(self.lines) else ""

    def start(self, event: yaml.CollectionStartEvent) -> None:
        """A map or list begins."""
        if len(self.open) >= DEEPEST:
            self.add(
                TOO_DEEP,
                self.span(event.start_mark, event.start_mark),
                "more than 64 levels are nested here",
                "close what is open, or flatten it",
            )
            raise _Stop
        is_map = isinstance(event, yaml.MappingStartEvent)
        self.refuse_key_that_is_no_text(event)
        self.open.append(_Open(event, is_map, None, [], [], {}))

    def refuse_key_that_is_no_text(self, event: yaml.CollectionStartEvent) -> None:
        """A map or list cannot be a key; `{{ x }}` without quotes looks like one to YAML."""
        if not self.open or not self.open[-1].is_map or self.open[-1].key is not None:
            return
        place = self.span(event.start_mark, event.start_mark)
        line = self.line(place)
        outer = self.open[-1].start.start_mark
        if line.startswith("{{", outer.column):
            self.add(
                QUOTE_IT,
                Span(self.path, outer.line + 1, outer.column + 1, outer.line + 1, outer.column + 3),
                "YAML reads an unquoted `{{` as a map",
                f"write {yaml_advice.quoted_line(line)}",
            )
        else:
            self.add(BAD_KEY, place, "a map or a list cannot be a key", "write a text as the key")
        raise _Stop

    def end(self, event: yaml.CollectionEndEvent) -> Node:
        """A map or list is complete."""
        done = self.open.pop()
        parts: list[Node] = [value for _, value in done.entries] if done.is_map else done.items
        start = done.start.start_mark
        end = event.end_mark
        span = self.span(start, end)
        if not done.start.flow_style and parts:
            last = parts[-1].span
            span = Span(self.path, span.line, span.column, last.end_line, last.end_column)
        return MapNode(tuple(done.entries), span) if done.is_map else ListNode(tuple(parts), span)

    def put(self, node: Node) -> None:
        """Put a node where it belongs."""
        if not self.open:
            self.root = node
            return
        owner = self.open[-1]
        if not owner.is_map:
            owner.items.append(node)
        elif owner.key is None:
            if isinstance(node, Scalar):
                owner.key = self.key(node, owner)
        else:
            if owner.seen[owner.key.text].span == owner.key.span:  # of two of a name the first
                owner.entries.append((owner.key, node))
            owner.key = None

    def key(self, node: Scalar, owner: _Open) -> Scalar:
        """A key: its text, once in its map."""
        if node.text == "<<" and node.style == "plain":
            self.add(ALIAS, node.span, "`<<` is a merge key in YAML", "write the keys themselves")
        first = owner.seen.setdefault(node.text, node)
        if first is not node:
            self.add(
                DUPLICATE_KEY,
                node.span,
                f'"{node.text}" stands twice in this map',
                "remove one of them, or join what they hold",
                Note("the first is here", first.span),
            )
        return Scalar(node.text, node.text, node.style, node.span)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        """A scalar by the rules of JSON; whatever is not JSON is text."""
        style = STYLES.get(event.style or "", "plain")
        span = self.span(event.start_mark, event.end_mark)
        text = event.value
        is_key = bool(self.open) and self.open[-1].is_map and self.open[-1].key is None
        if style != "plain" or is_key:
            return Scalar(text, text, style, span)
        self.check_comment(span, text)
        if text == "" or text in WORDS:
            return Scalar(WORDS.get(text), text, style, span)
        if NUMBER.fullmatch(text):
            return Scalar(self.number(text, span), text, style, span)
        if OLD_WORDS.fullmatch(text):
            self.warn_of_old_word(text, span)
        return Scalar(text, text, style, span)

    def number(self, text: str, span: Span) -> float:
        """A JSON number that JavaScript holds exactly."""
        value = float(text)
        whole = text.lstrip("-").isdigit()
        if math.isinf(value) or (whole and (abs(value) > BIGGEST or abs(int(text)) > BIGGEST)):
            self.add(
                BIG_NUMBER,
                span,
                f"JavaScript cannot hold the number {text[:40]}",
                "quote it, so that it stays the text that it is",
            )
            return 0
        return int(text) if whole else value

    def warn_of_old_word(self, text: str, span: Span) -> None:
        """`Yes` and `~` mean something in YAML 1.1, and are text here."""
        told = "true" if text.lower() in ("y", "yes", "on", "true") else "false"
        told = "null" if text.lower() in ("~", "null") else told
        self.add(
            OLD_WORD,
            span,
            f"`{text}` is a text here; some readers of YAML take it for {told}",
            f'write {told}, or "{text}" in quotes if it is text',
        )

    def check_comment(self, span: Span, text: str) -> None:
        """A comment behind an unquoted value must look like one: `# ` and no braces."""
        line = self.lines[span.end_line - 1] if span.end_line <= len(self.lines) else ""
        if "#" not in line:
            return
        rest = line[span.end_column - 1 :]
        found = re.match(r"[ \t]*(?<=[ \t])(#.*)", rest) or (
            re.match(r"(#.*)", rest) if text == "" else None
        )
        if found is None:
            return
        comment = found[1]
        plain = comment in ("#", "") or comment.startswith("# ")
        if plain and "{{" not in comment and "}}" not in comment:
            return
        whole = yaml_advice.quoted_line(line, comments=False)
        other = "take the braces out of the comment" if plain else "begin the comment with `# `"
        column = span.end_column + found.start(1)
        place = Span(self.path, span.end_line, column, span.end_line, column + len(comment))
        self.add(
            CUT_BY_COMMENT,
            place,
            f"YAML takes `{comment}` for a comment and drops it",
            f"write {whole}, or {other}",
        )

    def tell(self, wrong: yaml.MarkedYAMLError) -> None:
        """Say what libyaml found, in words that help."""
        mark = wrong.problem_mark or wrong.context_mark
        if mark is None:
            self.add(BAD_YAML, Span.start_of(self.path), f"YAML cannot be read: {wrong}", None)
            return
        context = wrong.context_mark or mark
        told = yaml_advice.advice(
            str(wrong.problem or ""),
            str(wrong.context or ""),
            self.lines,
            (mark.line, mark.column),
            (context.line, context.column),
        )
        line, column = told.place
        place = Span(self.path, line + 1, column + 1, line + 1, column + 2)
        code = {"quote": QUOTE_IT, "open": UNCLOSED}.get(told.kind, BAD_YAML)
        self.add(code, place, told.message, told.help)
