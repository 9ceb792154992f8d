"""Prettier has nothing to change in what the layout prints."""

import random
import unicodedata

import pytest

from generator.emit.encode import is_identifier
from generator.emit.js import literal, render
from generator.emit.tree import (
    FALSE,
    NULL,
    TRUE,
    UNDEFINED,
    ArrayOf,
    Arrow,
    Call,
    Conditional,
    Const,
    Do,
    If,
    Member,
    Name,
    Number,
    ObjectOf,
    Property,
    Regex,
    Return,
    Text,
    Unary,
    chain,
    negated,
)
from generator.emit.width import width

WORDS = ["event", "item", "traits", "properties", "asEmail", "call", "value", "products"]
LONG = "a_name_that_leaves_hardly_any_room_for_a_value_that_should_be_on_its_line_beside_it"
KEYS = [*WORDS, "id", "to", "email", "first name", "order_id", "__proto__", "10", "größe", "a-b"]
OPERATORS = ["??", "||", "&&", "===", "!==", "<", ">=", "+", "=="]
TEXTS = ["", "a", "pro", "enterprise customers only", 'say "hi"', "it's", "über", "日本語", "❤️"]


class Trees:
    """Random code, the same for the same seed; its lines fall on both sides of 80."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def expression(self, depth):
        if depth <= 0:
            return self.random.choice([self.leaf, self.path])()
        kinds = [self.call, self.call, self.operators, self.list, self.object, self.conditional]
        return self.random.choice([*kinds, self.unary, self.each, self.method])(depth - 1)

    def leaf(self):
        words = [TRUE, FALSE, NULL, UNDEFINED, Number(self.random.choice([0, 42, 0.5, -3]))]
        texts = [Text(self.random.choice(TEXTS) * self.random.choice([1, 1, 2, 5]))]
        names = [Name(self.random.choice(WORDS))]
        patterns = [Regex("^a.*z$", self.random.choice(["", "gi"]))]
        return self.random.choice([*names * 2, *texts * 3, *words, *patterns])

    def long(self):
        return LONG[: self.random.randrange(20, len(LONG) + 1)]

    def path(self):
        found = Name(self.random.choice(WORDS))
        for _ in range(self.random.choice([1, 1, 2, 2, 3, 6])):
            found = Member(found, self.random.choice(KEYS), self.random.random() < 0.7)
        return found

    def call(self, depth):
        count = self.random.choice([0, 1, 1, 1, 2, 2, 3])
        arguments = tuple(self.expression(depth) for _ in range(count))
        return Call(Name(self.random.choice(WORDS)), arguments)

    def method(self, depth):
        target = self.random.choice([self.path(), ArrayOf((self.leaf(), self.leaf()))])
        return Call(Member(target, "includes"), (self.expression(depth),))

    def each(self, depth):
        body = self.random.choice([self.expression, self.chosen])(depth)
        return Call(Name("each"), (self.path(), Arrow(("item",), body)))

    def chosen(self, depth):
        """A conditional whose code begins with an object, which an arrow must not show first."""
        test = chain(self.random.choice(["??", "==="]), [self.object(0), self.path()])
        return Conditional(test, self.expression(depth - 1), self.leaf())

    def operators(self, depth):
        count = self.random.choice([2, 2, 3, 4, 6])
        operator = self.random.choice(OPERATORS if count == 2 else ["??", "&&", "||", "+"])
        operands = [self.expression(depth - 1) for _ in range(count)]
        if self.random.random() < 1 / 10:
            operands[0] = chain(self.random.choice(["<", ">="]), [self.path(), operands[0]])
        return chain(operator, operands)

    def list(self, depth):
        numbers = [Number(self.random.randrange(1000)) for _ in range(self.random.randrange(40))]
        items = [self.expression(depth) for _ in range(self.random.randrange(4))]
        return ArrayOf(tuple(self.random.choice([numbers, items, items])))

    def object(self, depth):
        keys = self.random.sample([*KEYS, self.long()], self.random.randrange(4))
        return ObjectOf(tuple(Property(key, self.value(key, depth)) for key in keys))

    def value(self, key, depth):
        same = is_identifier(key) and self.random.random() < 1 / 8
        return Name(key) if same else self.expression(depth)

    def conditional(self, depth):
        return Conditional(*(self.expression(depth - 1) for _ in range(3)))

    def unary(self, depth):
        operand = self.expression(depth - 1)
        return self.random.choice([negated(operand), Unary("typeof", operand)])

    def statement(self, depth):
        value = self.expression(depth)
        name = self.random.choice([*WORDS, *[self.long()] * 8])
        kinds = [Const(name, value), Return(value), Do(self.call(depth - 1))]
        short = self.random.choice([self.leaf(), Call(Name(self.random.choice(WORDS)), ())])
        kinds.append(Const(self.long(), Call(Name(self.random.choice(WORDS)), (short,))))
        return self.random.choice([*kinds, If(negated(value), Return(self.path()))])


class Payloads:
    """Random JSON, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def value(self, depth):
        kinds = [self.text, self.text, self.number, self.word]
        if depth > 0:
            kinds = [*kinds, self.list, self.numbers, self.map, self.map]
        return self.random.choice(kinds)(depth - 1)

    def text(self, _depth=0):
        alphabet = "aaabcdefgh iklmnoprstu AEZ019_$-.\"'\\\n</!{}éßж日本語🎉👩‍💻❤️\u200b\u2028\ufeff"
        count = self.random.choice([0, 1, 3, 8, 8, 20, 60, 90])
        return "".join(self.random.choice(alphabet) for _ in range(count))

    def number(self, _depth):
        numbers = [0, 1, -1, 0.1, -2.5, 1e21, 1e-7, 123456789012345, -1e300, 5e-324]
        return self.random.choice(numbers)

    def word(self, _depth):
        return self.random.choice([None, True, False])

    def list(self, depth):
        return [self.value(depth) for _ in range(self.random.randrange(5))]

    def numbers(self, depth):
        return [self.number(depth) for _ in range(self.random.randrange(20))]

    def map(self, depth):
        keys = [*KEYS, "constructor", "0", "1.5", "01", "1e3", self.text(), self.text()]
        return {
            key: self.value(depth) for key in self.random.sample(keys, self.random.randrange(6))
        }


def program(statement):
    return "async function route(event) {\n  " + render(statement, indent=2) + "\n}\n"


def changed(programs, run_node):
    formatted = run_node("format.mjs", programs)
    return [
        (ours, theirs) for ours, theirs in zip(programs, formatted, strict=True) if ours != theirs
    ]


@pytest.mark.node
def test_random_code_is_as_prettier_prints_it(run_node):
    programs = [program(Trees(seed).statement(seed % 5)) for seed in range(1000)]
    assert changed(programs, run_node) == []


@pytest.mark.node
def test_random_payloads_are_as_prettier_prints_them(run_node):
    programs = [program(Const("payload", literal(Payloads(seed).value(3)))) for seed in range(1000)]
    assert changed(programs, run_node) == []


@pytest.mark.node
def test_columns_are_counted_as_prettier_counts_them(run_node):
    codes = [*range(0x20, 0xD800), *range(0xE000, 0x10000), *range(0x1F000, 0x1FB00)]
    assigned = [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]
    pictures = ["1️⃣", "❤️", "👩‍💻", "🇩🇪", "👋🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "☺", "☺️", "©", "©️", "⚡"]
    texts = assigned + [picture + "x" for picture in pictures]
    counted = run_node("width.mjs", texts)
    ours = list(map(width, texts))
    assert [each for each in zip(texts, ours, counted, strict=True) if each[1] != each[2]] == []


def test_a_tree_is_printed_from_the_column_where_it_begins():
    path = chain("??", [Name("firstChoiceOfAll"), Name("secondChoiceOfAll")])
    assert render(path, indent=2, column=50) == "firstChoiceOfAll ??\n    secondChoiceOfAll"
    assert render(path, indent=2, column=40) == "firstChoiceOfAll ?? secondChoiceOfAll"
