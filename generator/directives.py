"""Reads the directives of Segment's mapping-kit, as its own validator judges them.

A directive keeps exactly the meaning that it has in an Actions mapping, so what stands
inside one is plain data and further directives: no `$.` expressions, no `{{ }}` outside of
`@template`. mapping-kit checks a part when it validates a mapping and a part only when an
event reaches it (measured with @segment/actions-core 3.170.0); here all of it is checked
when the mapping is read, and what goes wrong in silence there is a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.diagnostics import Severity, did_you_mean, error, warning
from generator.expressions import is_expression
from generator.expressions.parser import warn_whole_event
from generator.expressions.paths import check_carried
from generator.expressions.scope import Scope
from generator.model import Directive, Literal
from generator.source import ListNode, MapNode, Scalar, to_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.diagnostics import Code, Report
    from generator.source import Document, Node

UNKNOWN_DIRECTIVE = error(
    "K101",
    "unknown-directive",
    """A key that begins with `@` is no directive of mapping-kit.

    The directives are @path, @template, @literal, @if, @case, @replace, @arrayPath, @json,
    @flatten, @merge, @transform and @excludeWhenNull. A key that shall be sent with its
    `@` is written with two, outside of directives.

    ```yaml
    data:
      "@type": person             # wrong
    ```

    ```yaml
    data:
      "@@type": person            # sends the key "@type"
    ```
    """,
)
NO_LIQUID = error(
    "K102",
    "no-liquid",
    """The directive @liquid cannot be compiled, because a Liquid engine cannot ride along.

    Templates with filters say the same in nearly all cases.

    ```yaml
    name:
      "@liquid": "{{ traits.first_name | upcase }}"      # wrong
    ```

    ```yaml
    name: "{{ traits.first_name | uppercase }}"
    ```
    """,
)
DIRECTIVE_KEYS = error(
    "K103",
    "directive-keys",
    """A map with a directive has another key.

    A directive is a map with one key that begins with `@` and nothing else.

    ```yaml
    email:
      "@path": $.traits.email
      default: none               # wrong
    ```

    ```yaml
    email: $.traits.email ?? "none"
    ```
    """,
)
DIRECTIVE_ARGUMENT = error(
    "K104",
    "directive-argument",
    """A directive lacks a part, or has one of the wrong kind.

    mapping-kit would refuse the whole mapping, or fail at the first event that reaches it.

    ```yaml
    phone:
      "@replace":
        value:
          "@path": $.traits.phone
        pattern: ""               # wrong: 1 to 10 characters
    ```

    ```yaml
    phone:
      "@replace":
        value:
          "@path": $.traits.phone
        pattern: "-"
        replacement: ""
    ```
    """,
)
DROPPED_ELSE = warning(
    "K110",
    "dropped-else",
    """mapping-kit drops an `else` that is false, 0, empty or null.

    The field is left out then, although `then` may be false. `$if` and `$else` send any
    value.

    ```yaml
    guest:
      "@if":
        exists:
          "@path": $.userId
        then: true
        else: false               # never sent
    ```

    ```yaml
    guest:
      $if: userId != null
      $then: true
      $else: false
    ```
    """,
)
DEAD_PATH = warning(
    "K111",
    "dead-path",
    """A path of a directive finds nothing, ever.

    In `@template` a path has no `$.` and no filters. In `@path` it is `$.` and names or
    indexes: `$` alone and `$['name']` look for a field that is named `$`.

    ```yaml
    greeting:
      "@template": Hi {{$.traits.firstName}}         # "Hi "
    ```

    ```yaml
    greeting:
      "@template": Hi {{traits.firstName}}
    ```
    """,
)
SCANNED_TWICE = warning(
    "K112",
    "scanned-twice",
    """Three braces in `@template` let what a person wrote become a template.

    mapping-kit replaces `{{{ }}}` first and then looks for `{{ }}` in the result, so a
    trait that holds `{{userId}}` is expanded. Two braces do the same without that.

    ```yaml
    greeting:
      "@template": Hi {{{traits.firstName}}}
    ```

    ```yaml
    greeting:
      "@template": Hi {{traits.firstName}}
    ```
    """,
)
WRONG_CASE = warning(
    "K113",
    "wrong-case",
    """A word of a directive passes mapping-kit's check in capitals and then has no effect.

    `direction: LEFT` merges to the right, `mode: ENCODE` gives nothing.

    ```yaml
    text:
      "@json":
        mode: ENCODE              # gives nothing
        value:
          "@path": $.properties
    ```

    ```yaml
    text:
      "@json":
        mode: encode
        value:
          "@path": $.properties
    ```
    """,
)
LOOSE_BLANK = warning(
    "K114",
    "loose-blank",
    """With `blank`, mapping-kit takes 0, false and an empty list for blank, too.

    `then` is used where the value is none of those, `else` where it is.

    ```yaml
    total:
      "@if":
        blank:
          "@path": $.properties.total      # 0 counts as blank
        then:
          "@path": $.properties.total
        else: none
    ```

    ```yaml
    total: $.properties.total | nonempty ?? "none"
    ```
    """,
)
SPECIAL_REPLACEMENT = warning(
    "K115",
    "special-replacement",
    """`$$`, `$&` and two more have a meaning of their own in a replacement.

    `$$` writes one `$`, `$&` what was found, and a `$` before a backtick or an apostrophe
    what stands before or after it. The filter `replace` takes its texts literally.

    ```yaml
    price:
      "@replace":
        value:
          "@path": $.properties.price
        pattern: EUR
        replacement: $&           # writes EUR again
    ```

    ```yaml
    price: $.properties.price | replace("EUR", "$&")
    ```
    """,
)
IGNORED_KEY = warning(
    "K116",
    "ignored-key",
    """mapping-kit ignores a key of a directive.

    ```yaml
    email:
      "@if":
        exists:
          "@path": $.traits.email
        then:
          "@path": $.traits.email
        otherwise: none           # ignored
    ```

    ```yaml
    email:
      "@if":
        exists:
          "@path": $.traits.email
        then:
          "@path": $.traits.email
        else: none
    ```
    """,
)
NOT_EVALUATED = warning(
    "K117",
    "not-evaluated",
    """An expression of segfn stands inside a directive, where it is only text.

    Inside a directive everything means what it means in mapping-kit. A path there is
    `@path`; outside, `$.` says the same.

    ```yaml
    phone:
      "@replace":
        value: $.traits.phone     # the text "$.traits.phone"
        pattern: "-"
    ```

    ```yaml
    phone: $.traits.phone | replace("-", "")
    ```
    """,
)

LONGEST = 10
"""The most characters of a pattern and a replacement (MAX_PATTERN_LENGTH in mapping-kit)."""

KEYS = {
    "@if": ("exists", "blank", "then", "else"),
    "@case": ("operator", "value"),
    "@replace": (
        "pattern",
        "replacement",
        "pattern2",
        "replacement2",
        "ignorecase",
        "global",
        "value",
    ),
    "@json": ("mode", "value"),
    "@flatten": ("separator", "value", "omitArrays"),
    "@merge": ("objects", "direction"),
    "@transform": ("apply", "mapping"),
}
"""The keys that mapping-kit reads in the arguments that are maps."""

WORDS = ("operator", "pattern", "replacement", "pattern2", "replacement2", "separator", "mode")
"""The parts that are texts of mapping-kit's own, in which `$` means nothing."""

HOLE = re.compile(r"\{\{([^}]+)\}\}")
TRIPLE = re.compile(r"\{\{\{([^}]+)\}\}\}")
STEP = re.compile(r"\[(?=[\"'0-9])|\.|(?<=[\"'0-9])\]+")
QUOTES = re.compile("[\"']")
SPECIAL = re.compile(r"\$[$&`']")
OURS = ("$first", "$each", "$if", "$merge", "$literal")


def read_directive(
    node: MapNode, document: Document, scope: Scope, report: Report
) -> Directive | None:
    """The directive of a map with an `@` key; None where it has an error, which is reported.

    The argument is kept as plain JSON, directives inside it too.
    """
    found = len(report.found)
    _Checker(document, scope, report).directive(node)
    if any(entry.severity is Severity.ERROR for entry in report.found[found:]):
        return None
    key, argument = next((key, value) for key, value in node.entries if key.text[:1] == "@")
    return Directive(key.text[1:], Literal.of(to_data(argument), argument.span), node.span)


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks directives; `event` says whether their paths start at the event."""

    document: Document
    scope: Scope
    report: Report
    event: bool = True

    # --- any value ---

    def raw(self, node: Node) -> None:
        """A directive, or data that may hold directives."""
        match node:
            case ListNode():
                for item in node.items:
                    self.raw(item)
            case MapNode() if _is_directive(node):
                self.directive(node)
            case MapNode():
                for key, value in node.entries:
                    self.warn_of_form(key)
                    self.raw(value)
            case Scalar():
                self.warn_of_expression(node)

    def directive(self, node: MapNode) -> None:
        """A map with an `@` key."""
        signed = [key for key, _ in node.entries if key.text.startswith("@")]
        others = [key for key, _ in node.entries if key not in (*signed, *_metadata(node))]
        for key in (*signed[1:], *others):
            help_ = "remove it, or put it outside of the directive"
            message = f"{key.text} cannot stand beside {signed[0].text}"
            self.add(DIRECTIVE_KEYS, key, message, help_)
        for key, argument in node.entries:
            if key not in signed:
                continue
            if key.text == "@liquid":
                help_ = "write a template: {{ traits.name | uppercase }}"
                self.add(NO_LIQUID, key, "Liquid cannot be compiled", help_)
            elif (check := CHECKS.get(key.text)) is None:
                help_ = did_you_mean(key.text, CHECKS) or f"use one of {', '.join(CHECKS)}"
                message = f"mapping-kit has no directive {key.text}"
                self.add(UNKNOWN_DIRECTIVE, key, message, f"{help_}; @@ sends a key as it is")
            else:
                check(self, key, argument)

    # --- the directives ---

    def path(self, key: Scalar, node: Node) -> None:
        """`@path`: a path, or a directive that gives one."""
        if self.text_or_directive(f"{key.text} takes a path", node):
            self.check_path(node)
        self.inner(node)

    def template(self, key: Scalar, node: Node) -> None:
        """`@template`: a text with holes."""
        self.text_or_directive(f"{key.text} takes a text", node)
        self.inner(node)
        text = _text(node)
        if TRIPLE.search(text):
            message = "what replaces {{{ }}} is searched for {{ }} again"
            self.add(SCANNED_TWICE, node, message, "write two braces: mapping-kit escapes nothing")
        for hole in HOLE.finditer(text):
            self.check_hole(hole[1].strip("{ "), node)

    def literal(self, _: Scalar, node: Node) -> None:
        """`@literal` and `@excludeWhenNull`: anything; directives inside do run."""
        self.raw(node)

    def condition(self, key: Scalar, node: Node) -> None:
        """`@if`: whether a value exists or is blank."""
        given = self.members(key, node)
        if given is None:
            return
        asked = [name for name in ("exists", "blank") if name in given]
        if all(_is_falsy(given[name]) for name in asked):
            message = '"exists" must be a directive, or a value that is not empty'
            if not asked:
                message = '@if needs "exists" or "blank"'
            self.refuse(node, message, 'write exists: { "@path": $.userId }')
        if len(asked) > 1:
            self.add(IGNORED_KEY, given["blank"], '"blank" is ignored beside "exists"', "remove it")
        elif asked == ["blank"]:
            message = "0, false and an empty list count as blank, too"
            self.add(LOOSE_BLANK, given["blank"], message, "write exists, or use $if")
        if "else" in given and _is_falsy(given["else"]):
            help_ = 'write { "@literal": ... } around it, or use $if and $else'
            self.add(DROPPED_ELSE, given["else"], "this else is dropped: nothing is sent", help_)

    def case(self, key: Scalar, node: Node) -> None:
        """`@case`: lower or upper."""
        given = self.members(key, node)
        if given is None:
            return
        if _text(given.get("operator")) not in ("lower", "upper"):
            place = given.get("operator", node)
            self.refuse(place, '"operator" must be lower or upper', "write operator: lower")
        if "value" in given:
            self.text_or_directive('"value" must be a text', given["value"])

    def replace(self, key: Scalar, node: Node) -> None:
        """`@replace`: a literal pattern of at most ten characters."""
        given = self.members(key, node)
        if given is None:
            return
        self.needs(node, given, "pattern", "value")
        for name in ("pattern", "replacement", "replacement2", "pattern2"):
            self.check_piece(name, given.get(name))
        for name in ("ignorecase", "global"):
            value = given.get(name)
            if value is not None and not _is_boolean(value):
                self.refuse(value, f'"{name}" must be true or false', "write true or false")
        if "value" in given:
            self.text_or_directive('"value" must be a text', given["value"])

    def array_path(self, key: Scalar, node: Node) -> None:
        """`@arrayPath`: a list, and the shape of an item."""
        if not isinstance(node, ListNode) or not node.items:
            help_ = "write a list of the path and the shape"
            self.refuse(node, f"{key.text} takes a list", help_)
            return
        if self.text_or_directive("the first item must be a path", node.items[0]):
            self.check_path(node.items[0])
        self.inner(node.items[0])
        inside = replace(self, event=False)
        for shape in node.items[1:2]:
            inside.raw(shape)
        for extra in node.items[2:]:
            self.add(IGNORED_KEY, extra, "mapping-kit ignores what follows the shape", "remove it")

    def json(self, key: Scalar, node: Node) -> None:
        """`@json`: encode or decode."""
        given = self.members(key, node)
        if given is None:
            return
        self.needs(node, given, "mode", "value")
        if "mode" in given:
            self.check_word("mode", given["mode"], ("encode", "decode"), "gives nothing")
        if "value" in given and _is_falsy(given["value"]):
            help_ = 'write { "@literal": ... } around it'
            self.refuse(given["value"], "mapping-kit refuses an empty value here", help_)

    def flatten(self, key: Scalar, node: Node) -> None:
        """`@flatten`: one level, with joined keys."""
        given = self.members(key, node)
        if given is None:
            return
        self.needs(node, given, "separator", "value")
        if "separator" in given and _text(given["separator"]) == "":
            help_ = 'write separator: "."'
            self.refuse(given["separator"], '"separator" must be a text that is not empty', help_)

    def merge(self, key: Scalar, node: Node) -> None:
        """`@merge`: maps, to the right or to the left."""
        given = self.members(key, node)
        if given is None:
            return
        self.needs(node, given, "objects", "direction")
        if "direction" in given:
            self.check_word("direction", given["direction"], ("right", "left"), "acts as right")
        objects = given.get("objects")
        if isinstance(objects, ListNode):
            for item in objects.items:
                self.map_or_directive("an object to merge", item)
        elif objects is not None:
            self.refuse(objects, '"objects" must be a list', "write one map or directive a line")

    def transform(self, key: Scalar, node: Node) -> None:
        """`@transform`: a mapping of what another mapping gives."""
        if not self.is_members(key, node) or not isinstance(node, MapNode):
            return
        given = self.known(key, node)
        self.needs(node, given, "apply", "mapping")
        for name, value in given.items():
            self.map_or_directive(f'"{name}"', value)
        for member, value in node.entries:
            inside = replace(self, event=False) if member.text == "mapping" else self
            inside.raw(value)

    # --- their parts ---

    def inner(self, node: Node) -> None:
        """What stands where a path or a text may stand, if it is no text."""
        if not isinstance(node, Scalar):
            self.raw(node)

    def members(self, key: Scalar, node: Node) -> dict[str, Node] | None:
        """The parts of an argument that must be a map; what stands in them is checked."""
        if not self.is_members(key, node) or not isinstance(node, MapNode):
            return None
        for member, value in node.entries:
            if member.text not in WORDS:
                self.raw(value)
        return self.known(key, node)

    def is_members(self, key: Scalar, node: Node) -> bool:
        """Whether an argument is a map and no directive; else it is reported."""
        if isinstance(node, MapNode) and not _is_directive(node):
            return True
        known = ", ".join(KEYS[key.text])
        self.refuse(node, f"{key.text} takes a map", f"write a map of {known}")
        return False

    def known(self, key: Scalar, node: MapNode) -> dict[str, Node]:
        """The parts that mapping-kit reads; it ignores the others."""
        for member, _ in node.entries:
            if member.text not in (*KEYS[key.text], "_metadata"):
                help_ = did_you_mean(member.text, KEYS[key.text]) or "remove it"
                self.add(IGNORED_KEY, member, f'{key.text} ignores "{member.text}"', help_)
        return {name.text: value for name, value in node.entries if name.text in KEYS[key.text]}

    def needs(self, node: Node, given: dict[str, Node], *names: str) -> None:
        """Report parts that are missing."""
        for name in names:
            if name not in given:
                self.refuse(node, f'"{name}" is missing', f"add {name}")

    def text_or_directive(self, sentence: str, node: Node) -> bool:
        """Report what is neither a text nor a directive; whether it is a text."""
        if isinstance(node, MapNode) and _is_directive(node):
            return False
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return True
        self.refuse(node, sentence, 'write a text, or a directive as { "@path": $.userId }')
        return False

    def map_or_directive(self, what: str, node: Node) -> None:
        """Report what is no map."""
        if not isinstance(node, MapNode):
            self.refuse(node, f"{what} must be a map", 'write { "@path": $.traits } for a path')

    def check_piece(self, name: str, node: Node | None) -> None:
        """A pattern or a replacement: a short text."""
        if node is None or (name.endswith("2") and _is_falsy(node)):
            return
        least = 1 if name.startswith("pattern") else 0
        text = node.value if isinstance(node, Scalar) else None
        size = len(text.encode("utf-16-le")) // 2 if isinstance(text, str) else -1
        if not least <= size <= LONGEST:
            message = f'"{name}" must be a text of {least} to {LONGEST} characters'
            self.refuse(node, message, "use the filter replace for a longer one")
        elif name.startswith("replacement") and SPECIAL.search(_text(node)):
            message = "a $ before $, &, ` or ' is not written as it stands"
            self.add(SPECIAL_REPLACEMENT, node, message, "write $$ for one $, or use replace(...)")

    def check_word(self, name: str, node: Node, words: tuple[str, ...], effect: str) -> None:
        """A word of two, which mapping-kit checks without regard to case."""
        text = _text(node)
        if text.lower() not in words:
            self.refuse(node, f'"{name}" must be {" or ".join(words)}', f"write {words[0]}")
        elif text not in words:
            self.add(WRONG_CASE, node, f"{text} in capitals {effect}", f"write {text.lower()}")

    def check_path(self, node: Node) -> None:
        """Warn of a path that finds nothing, or everything."""
        written = _text(node)
        keys = [QUOTES.sub("", key) for key in STEP.split(written.replace("$.", "", 1)) if key]
        if keys[:1] == ["$"] or re.search(r"\[[*?-]", written):
            message = "mapping-kit finds nothing here"
            self.add(
                DEAD_PATH, node, message, "write $. and names or indexes, as in $.traits.email"
            )
        elif self.event and not self.scope.item:
            if keys:
                check_carried(tuple(keys), node.span, self.scope, self.report)
            else:
                warn_whole_event(node.span, self.report)

    def check_hole(self, path: str, node: Node) -> None:
        """Warn of a hole of `@template` that is always empty, or holds everything."""
        if path.startswith("$") or "|" in path or "??" in path:
            message = f"{{{{{path}}}}} is always empty: a path here has no $. and no filters"
            help_ = "write {{traits.name}}, or a template outside of the directive"
            self.add(DEAD_PATH, node, message, help_)
        elif path == "" and self.event and not self.scope.item:
            warn_whole_event(node.span, self.report)

    def warn_of_form(self, key: Scalar) -> None:
        """Warn of a form of ours, which is data here."""
        if key.text in OURS:
            help_ = "write it outside of the directive"
            self.add(NOT_EVALUATED, key, f"{key.text} is not evaluated inside a directive", help_)

    def warn_of_expression(self, node: Scalar) -> None:
        """Warn of an expression or template of ours, which is text here."""
        text = _text(node)
        if "{{" in text or (text and is_expression(text, Scope(None))):
            message = "this is only text inside a directive"
            help_ = 'write { "@path": ... } or { "@template": ... }'
            self.add(NOT_EVALUATED, node, message, help_)

    def refuse(self, node: Node, message: str, help_: str) -> None:
        """Report an argument that mapping-kit refuses."""
        self.add(DIRECTIVE_ARGUMENT, node, message, help_)

    def add(self, code: Code, node: Node, message: str, help_: str) -> None:
        """Report a finding."""
        self.report.add(code, node.span, message, help=help_)


def _is_directive(node: MapNode) -> bool:
    return any(key.text.startswith("@") for key, _ in node.entries)


def _metadata(node: MapNode) -> Iterator[Scalar]:
    """The key beside a directive that mapping-kit ignores."""
    return (key for key, _ in node.entries if key.text == "_metadata")


def _text(node: Node | None) -> str:
    """The text of a scalar, or nothing."""
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, str) else ""


def _is_falsy(node: Node) -> bool:
    """Whether JavaScript takes a literal for false."""
    return isinstance(node, Scalar) and not node.value


def _is_boolean(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, bool)


CHECKS: dict[str, Callable[[_Checker, Scalar, Node], None]] = {
    "@path": _Checker.path,
    "@template": _Checker.template,
    "@literal": _Checker.literal,
    "@if": _Checker.condition,
    "@case": _Checker.case,
    "@replace": _Checker.replace,
    "@arrayPath": _Checker.array_path,
    "@json": _Checker.json,
    "@flatten": _Checker.flatten,
    "@merge": _Checker.merge,
    "@transform": _Checker.transform,
    "@excludeWhenNull": _Checker.literal,
}
