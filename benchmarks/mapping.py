"""What a mapping costs for an event, and what it costs to generate it.

    python benchmarks/mapping.py

One run prints, under Node.js and in the embedded V8, the code of a mapping with 20 fields beside
Segment's own engine, the same by hand, and `JSON.parse` of the event; a condition of four clauses
beside Segment's own reader; the lookup of a route among more and more events; and the time and
memory of `segfn generate`. The machine may be busy: time is that of the CPU, rounds are
interleaved, the best counts, and the ratio is the thing.
It needs Node.js and installs the packages that `tests/peers` locks.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.compiler import compile_text, read_mapping
from generator.diagnostics import Report
from generator.emit import statements
from generator.emit.js import render
from generator.emit.tree import Member, Name, Return
from generator.project import Project
from generator.sandbox.runtime import _context

PEERS = ROOT / "tests" / "peers"
HARNESS = Path(__file__).parent / "peers" / "mapping.js"
ROUTES = (10, 1_000, 10_000)
GENERATED = (100, 1_000, 10_000)
EVENTS, ROUNDS, MILLISECONDS = 64, 20, 30
ALONE = ("mapping", "byHand", "parse", "condition", *(f"lookup {count}" for count in ROUTES))
SEGMENT = ("transform", "validate")

MAPPING = """\
version: 1
provider: novu
track:
  Order Completed:
    when: >-
      type = "track" and (event = "Order Completed" or event = "Order Updated")
      and properties.total >= 100 and userId != null
    workflow:
      name: order
      payload:
        orderId: $.properties.order_id
        total: $.properties.total
        currency: $.properties.currency ?? "USD"
        coupon: $.properties.coupon
        shipping: $.properties.shipping ?? 0
        tax: $.properties.tax
        discount: $.properties.discount
        affiliation: $.properties.affiliation
        title: Order {{ properties.order_id }} at {{ properties.affiliation }}
        firstName: $.context.traits.firstName ?? $.context.traits.first_name
        lastName: $.context.traits.lastName
        plan: $.context.traits.plan ?? "free"
        locale: $.context.locale
        timezone: $.context.timezone
        page: $.context.page.path
        referrer: $.context.page.referrer
        campaign: $.context.campaign.name ?? $.context.campaign.source
        sku: $.properties.products[0].sku
        items:
          $each: $.properties.products
          $map:
            sku: $.sku
            quantity: $.quantity
            price: $.price
        address:
          city: $.properties.address.city
          country: $.properties.address.country ?? "US"
"""


def path(text):
    return {"@path": f"$.{text}"}


def first(text, otherwise):
    return {"@if": {"exists": path(text), "then": path(text), "else": otherwise}}


DIRECTIVES = {
    "orderId": path("properties.order_id"),
    "total": path("properties.total"),
    "currency": first("properties.currency", "USD"),
    "coupon": path("properties.coupon"),
    "shipping": path("properties.shipping"),
    "tax": path("properties.tax"),
    "discount": path("properties.discount"),
    "affiliation": path("properties.affiliation"),
    "title": {"@template": "Order {{properties.order_id}} at {{properties.affiliation}}"},
    "firstName": first("context.traits.firstName", path("context.traits.first_name")),
    "lastName": path("context.traits.lastName"),
    "plan": first("context.traits.plan", "free"),
    "locale": path("context.locale"),
    "timezone": path("context.timezone"),
    "page": path("context.page.path"),
    "referrer": path("context.page.referrer"),
    "campaign": first("context.campaign.name", path("context.campaign.source")),
    "sku": path("properties.products[0].sku"),
    "items": {
        "@arrayPath": [
            "$.properties.products",
            {name: path(name) for name in ("sku", "quantity", "price")},
        ]
    },
    "address": {
        "city": path("properties.address.city"),
        "country": first("properties.address.country", "US"),
    },
}


def event(number, chance):
    """A track call of about 1.5 KB, as Segment's libraries send it; now and then a gap."""
    products = [
        {"product_id": f"p-{chance.randrange(10**6)}", "sku": f"G-{line}", "quantity": line + 1}
        | {"price": chance.randrange(1000) / 10, "category": "games"}
        for line in range(3)
    ]
    some = {"coupon": "SPRING", "currency": "SEK", "tax": 12.5, "discount": 5}
    given = {name: value for name, value in some.items() if chance.random() < 0.5}
    return {
        "type": "track",
        "event": "Order Completed",
        "messageId": f"{chance.getrandbits(128):032x}",
        "userId": f"user-{number}",
        "anonymousId": f"{chance.getrandbits(128):032x}",
        "channel": "client",
        "context": {
            "ip": "192.0.2.1",
            "library": {"name": "analytics.js", "version": "next-1.66.0"},
            "locale": "en-GB",
            "timezone": "Europe/London",
            "campaign": {"name": "spring", "source": "newsletter", "medium": "email"},
            "page": {"path": "/checkout", "title": "Checkout", "url": "https://shop.example/a"}
            | {"referrer": "https://search.example/", "search": ""},
            "traits": {"firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com"}
            | ({"plan": "pro"} if number % 3 else {}),
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0",
        },
        "integrations": {},
        "properties": {
            "order_id": f"o-{number}",
            "total": chance.randrange(250),
            "shipping": 4,
            "affiliation": "Online shop",
            "address": {"city": "London", "country": "GB", "postal": "NW1 6XE"},
            "products": products,
            **given,
        },
        "originalTimestamp": "2026-01-01T00:00:00.000Z",
        "receivedAt": "2026-01-01T00:00:01.000Z",
        "sentAt": "2026-01-01T00:00:00.500Z",
        "timestamp": "2026-01-01T00:00:00.400Z",
        "version": 2,
    }


# --- the code of a mapping --------------------------------------------------


def job():
    """What both engines measure."""
    chance = random.Random(7)
    read = read_mapping(MAPPING, "mapping.yaml", Project.at(ROOT), Report())
    [route] = read.mapping.routes()
    payload = tuple(field for field in route.fields if field.name == "payload")
    alone = replace(route, when=None, fields=payload)
    made = statements.of_route(alone, read.provider.action("workflow"), read.mapping.options)
    made.append(Return(Member(Name("fields"), "payload")))
    helpers = sorted((ROOT / "templates" / "helpers").glob("*.js"))
    return {
        "helpers": "\n".join(file.read_text("utf-8") for file in helpers),
        "mapping": "\n".join(map(render, made)),
        "condition": render(Return(statements.test(route.when, read.mapping.options))),
        "fql": " ".join(MAPPING.partition("when: >-")[2].partition("workflow:")[0].split()),
        "directives": DIRECTIVES,
        "events": [json.dumps(event(number, chance)) for number in range(EVENTS)],
        "tables": {f"lookup {count}": table(count) for count in ROUTES},
    }


def table(count):
    """The generated file of so many events, and names that are looked up in it."""
    lines = [f"  Event {number}: workflow-{number}" for number in range(count)]
    text = "\n".join(["version: 1", "provider: novu", "track:", *lines])
    output = compile_text(text, "mapping.yaml", Project.at(ROOT), Report())
    chance = random.Random(7)
    names = [f"Event {chance.randrange(count)}" for _ in range(EVENTS)]
    return {"code": output.text, "names": names}


class Node:
    """Node.js with the packages that `tests/peers` locks, and a loop that it runs on demand."""

    names = (*ALONE, *SEGMENT)

    def __init__(self, asked):
        """Start it, and let it make the candidates."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            sys.exit("Node.js is not installed")
        if not (PEERS / "node_modules").is_dir():
            subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=PEERS, check=True)
        words = [node, HARNESS, PEERS / "node_modules"]
        pipe = subprocess.PIPE
        self.child = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)
        self.ask(asked)

    def ask(self, value):
        """Milliseconds of CPU that an order took."""
        self.child.stdin.write(json.dumps(value) + "\n")
        self.child.stdin.flush()
        return float(self.child.stdout.readline())

    def turns(self, name, count):
        """Milliseconds of CPU for so many turns of a candidate."""
        return self.ask([name, count])

    def close(self):
        """End it."""
        self.child.communicate()


class Embedded:
    """The embedded V8, likewise; nothing can be required there."""

    names = ALONE

    def __init__(self, asked):
        """Start it, and let it make the candidates."""
        self.stack = ExitStack()
        self.context = self.stack.enter_context(_context())
        self.context.eval(HARNESS.read_text("utf-8"))
        self.context.eval(f"prepare({json.dumps(asked)})")

    def turns(self, name, count):
        """Milliseconds of CPU for so many turns of a candidate."""
        began = time.process_time()
        self.context.eval(f"turns({json.dumps(name)}, {count})")
        return 1000 * (time.process_time() - began)

    def close(self):
        """End it."""
        self.stack.close()


def measured(engine, events=EVENTS):
    """Nanoseconds of CPU for one event by candidate: the best of interleaved rounds."""
    counts = {name: repetitions(engine, name) for name in engine.names}
    best = dict.fromkeys(counts, math.inf)
    for _ in range(ROUNDS):
        for name, count in counts.items():
            spent = 1e6 * engine.turns(name, count) / count / events
            best[name] = min(best[name], spent)
    engine.close()
    return best


def repetitions(engine, name):
    """How often all events are given to a candidate so that it takes long enough."""
    count = 1
    while (spent := min(engine.turns(name, count) for _ in range(3))) < MILLISECONDS / 2:
        count *= 2
    return round(count * MILLISECONDS / spent)


def ratios(node, embedded):
    """Rows: our code beside others, in both engines."""
    both = node, embedded
    yield ("20 fields", "Node.js", "V8", "aim")
    yield ("one event", *(f"{told['mapping']:,.0f} ns" for told in both), "")
    yield ("actions-core takes", f"{node['transform'] / node['mapping']:,.0f} x", "-", "200 x")
    hand = (f"{told['mapping'] / told['byHand']:.2f}" for told in both)
    yield ("beside code by hand", *hand, "1.10")
    parse = (f"{100 * told['mapping'] / told['parse']:.1f} %" for told in both)
    yield ("beside JSON.parse", *parse, "5 %")
    yield ("four clauses", *(f"{told['condition']:,.0f} ns" for told in both), "")
    yield ("parseFql, validate", f"{node['validate'] / node['condition']:,.0f} x", "-", "300 x")


def lookups(node, embedded, tables):
    """Rows: the lookup of a route among more and more events, and the size of the file."""
    yield ("events", "lookup in Node.js", "in V8", "aim", "file", "each route")
    (least, first), *_ = tables.items()
    for count, (name, told) in zip(ROUTES, tables.items(), strict=True):
        flat = (f"{each[name] / each[least]:.2f} x" for each in (node, embedded))
        more, size = count - ROUTES[0], len(told["code"])
        each = f"{(size - len(first['code'])) / more:.0f} B" if more else ""
        yield (f"{count:,}", *flat, "flat", f"{size / 1000:,.0f} kB", each)


# --- generating -------------------------------------------------------------

PLACES = ("properties", "context.traits", "context.page", "context.campaign")
WORDS = "amount brand category code color count currency date level name option price size title"


def mapping_of(count):
    """A mapping of so many events, each with five payload fields of its own choice."""
    chance = random.Random(7)
    paths = [f"{place}.{word}" for place in PLACES for word in WORDS.split()]
    lines = ["version: 1", "provider: novu", "track:"]
    for number in range(count):
        lines += [f"  Event {number}:", "    workflow:", f"      name: workflow-{number}"]
        lines.append("      payload:")
        for place, text in enumerate(chance.sample(paths, 5)):
            written = (f"$.{text}", f'$.{text} ?? "none"', f"Hi {{{{ {text} }}}}")[place % 3]
            lines.append(f"        {text.rpartition('.')[2]}{place}: {written}")
    return "\n".join(lines) + "\n"


def generating():
    """Rows: seconds and memory of `segfn generate` for more and more events."""
    yield ("events", "segfn generate", "each event", "of CPU", "peak memory", "aim")
    segfn = Path(sys.executable).with_name("segfn")
    for count in GENERATED:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder, "mappings")
            home.mkdir()
            (home / "large.yaml").write_text(mapping_of(count), "utf-8")
            began = time.perf_counter()
            with subprocess.Popen(
                [segfn, "generate"], cwd=folder, stderr=subprocess.DEVNULL
            ) as ran:
                _, status, used = os.wait4(ran.pid, 0)
                ran.returncode = os.waitstatus_to_exitcode(status)
            spent = time.perf_counter() - began
        assert ran.returncode == 0
        aim = "5 s, 500 MB" if count == max(GENERATED) else ""
        cpu = used.ru_utime + used.ru_stime
        each = f"{1000 * cpu / count:.2f} ms"
        peak = f"{used.ru_maxrss / 1024:,.0f} MB"
        yield (f"{count:,}", f"{spent:.1f} s", each, f"{cpu:.1f} s", peak, aim)


def show(rows):
    """Rows as aligned columns."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    print()


def main():
    """Print the three tables."""
    asked = job()
    node, embedded = measured(Node(asked)), measured(Embedded(asked))
    show(ratios(node, embedded))
    show(lookups(node, embedded, asked["tables"]))
    show(generating())


if __name__ == "__main__":
    main()
