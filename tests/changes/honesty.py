"""Random mutations of mappings, and what must hold of every difference between two.

    python tests/changes/honesty.py 2000

No request differs without a change that says so; a mapping does not differ from itself;
the order of keys is cosmetic; looking from the other side shows the same changes.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from generator.changes import KINDS, Class, compare
from generator.changes.evidence import Trial, explain
from generator.changes.made import chosen, made_events
from generator.changes.pair import Pair
from generator.compiler import emit, read_mapping
from generator.diagnostics import Report
from generator.project import Project
from generator.sandbox.runner import Target
from generator.sandbox.runtime import Runtime
from generator.sandbox.versions import Occasion, different, run_one

ROOT = Path(__file__).parents[2]
EVENTS = (ROOT / "tests/data/events.ndjson").read_text("utf-8").splitlines()
MOST_MADE = 60
RECORDED = 10
SETTINGS = {"apiKey": "test-key", "token": "test-token", "environment": "production"}
PROJECT = Project.at(ROOT / "tests")
MIRROR = [
    ("added", "removed"),
    ("on", "off"),
    ("narrowed", "widened"),
    ("required", "optional"),
    ("hidden", "shown"),
    ("rejected", "omitted"),
    ("cleared", "omitted"),
]

NOVU = {
    "version": 1,
    "name": "honest",
    "description": "Product notifications",
    "provider": "novu",
    "settings": {"environment": {"label": "Environment", "required": True}},
    "when": "properties.environment = null or properties.environment = settings.environment",
    "identify": {
        "subscriber": {
            "firstName": "$.traits.firstName ?? $.traits.first_name",
            "email": "$.traits.email",
            "phone": "$.traits.phone | e164",
            "data": {"plan": "$.traits.plan", "seats": "$.traits.seats | number ?? 1"},
        }
    },
    "track": {
        "User Registered": "welcome",
        "Order Completed": {
            "first": [
                {
                    "when": "properties.total >= 100",
                    "workflow": {
                        "name": "vip-order",
                        "payload": {
                            "orderId": "$.properties.order_id",
                            "greeting": 'Hi {{ context.traits.firstName ?? "there" }}',
                            "items": {
                                "$each": "$.properties.products",
                                "$map": {"sku": "$.sku", "quantity": "$.quantity ?? 1"},
                            },
                        },
                    },
                },
                {"workflow": "order-receipt"},
            ]
        },
        "Trial Ended": [
            {"workflow": "trial-ended"},
            {
                "when": 'properties.plan = "enterprise" and !contains(properties.tags, "test")',
                "require": ["properties.accountManager"],
                "workflow": {"name": "tell", "to": "$.properties.accountManager"},
            },
        ],
        "Internal Heartbeat": [],
        "*": {
            "when": 'properties.level in ["high", "low"] or length(properties.note) > 3',
            "workflow": {"name": "catch-all", "payload": {"name": "$.event"}},
        },
    },
    "page": {"Pricing": {"workflow": {"name": "priced", "payload": {"url": "$.context.page.url"}}}},
    "delete": {"delete-subscriber": "$.userId"},
}
KNOCK = {
    "version": 1,
    "name": "honest",
    "provider": "knock",
    "identify": {"user": {"name": "$.traits.name", "email": "$.traits.email"}},
    "group": [{"tenant": {"name": "$.traits.name"}}, {"subscription": {"collection": "teams"}}],
    "track": {
        "Order Completed": {
            "workflow": {
                "key": "receipt",
                "recipients": {"id": "$.userId", "email": "$.context.traits.email"},
                "data": {
                    "total": {
                        "$if": "properties.total > 10",
                        "$then": "$.properties.total",
                        "$else": "small",
                    },
                    "all": {"$merge": ["$.properties", {"source": "segment"}]},
                },
            }
        },
        "Order Cancelled": {"cancel": {"key": "receipt", "cancellation_key": "$.properties.id"}},
    },
}
HTTP = {
    "version": 1,
    "name": "honest",
    "provider": "http",
    "settings": {"token": {"label": "Token", "required": True, "sensitive": True}},
    "track": {
        "Alert Raised": {
            "request": {
                "url": "https://api.example.com/alerts/{{ userId }}",
                "auth": {"hmac": {"secret": "$settings.token"}},
                "query": {"a": "$.properties.a", "b": "$.properties.b"},
                "body": {"text": "$.properties.text", "level": "$.properties.level ?? 1"},
            }
        }
    },
}
SUPRSEND = {
    "version": 1,
    "name": "honest",
    "provider": "suprsend",
    "options": {"user_update": "event"},
    "identify": {
        "user": {
            "properties": {"plan": "$.traits.plan", "seats": None, "old": None},
            "channels": {"sms": "$.traits.phone", "email": "$.traits.email"},
        }
    },
    "track": {
        "Order Completed": {
            "workflow": {
                "workflow": "receipt",
                "recipients": [
                    {
                        "is_transient": True,
                        "channels": {"email": "$.properties.email", "sms": "$.properties.phone"},
                    }
                ],
            }
        }
    },
}
BASES = (NOVU, KNOCK, HTTP, SUPRSEND)

VALUES = (
    *("$.properties.plan", "$.properties.total", "$.traits.email", "$.userId", "$.anonymousId"),
    *("fixed", "other", "", 1, 2, True, False, None, ["a", "b"], {"x": "$.properties.x"}),
    *('$.properties.a ?? "none"', "$.properties.a | uppercase", "Hello {{ properties.name }}"),
    *("$.properties.total | fixed(2)", '$.properties.when | date("day")', "$.messageId"),
)
CONDITIONS = (
    *("properties.total >= 100", "properties.total > 99", "properties.total < 10"),
    *('properties.plan = "pro"', 'properties.plan != "pro"', "properties.vip"),
    *('contains(properties.tags, "test")', 'match(properties.sku, "a-*")', "!(properties.x = 1)"),
    *('properties.plan in ["a", "b"]', 'typeof(properties.x) = "string"'),
    *("properties.a = 1 and properties.b = 2", "properties.b = 2 and properties.a = 1"),
    *("length(properties.list) >= 2", 'lowercase(properties.plan) = "pro"'),
)
NAMES = ("User Registered", "User Signed Up", "Order Completed", "Trial Ended", "Cart Left")


# --- mutations ---------------------------------------------------------------------------


def spots(part, path=()):
    """Every place in the data, with what stands there."""
    yield path, part
    for key, inner in (
        part.items()
        if isinstance(part, dict)
        else enumerate(part if isinstance(part, list) else ())
    ):
        yield from spots(inner, (*path, key))


def at(part, path):
    for key in path:
        part = part[key]
    return part


def mutated(mapping, dice):
    """The mapping after one to three small changes."""
    found = copy.deepcopy(mapping)
    for _ in range(dice.randint(1, 3)):
        dice.choice(MUTATIONS)(found, dice)
    return found


def _replace(found, dice):
    path = dice.choice(
        [path for path, part in spots(found) if len(path) > 1 and not isinstance(part, dict)]
    )
    at(found, path[:-1])[path[-1]] = copy.deepcopy(dice.choice(VALUES))


def _condition(found, dice):
    routes = [part for _, part in spots(found) if isinstance(part, dict) and _is_route(part)]
    owner = dice.choice([found, *routes])
    if "when" in owner and dice.random() < 0.4:
        joined = f"({owner['when']}) {dice.choice(['and', 'or'])} ({dice.choice(CONDITIONS)})"
        owner["when"] = dice.choice([joined, None]) or owner.pop("when")
    else:
        owner["when"] = dice.choice(CONDITIONS)


def _is_route(part):
    return bool(part.keys() & {"workflow", "subscriber", "user", "request", "cancel", "tenant"})


def _remove(found, dice):
    path = dice.choice([path for path, _ in spots(found) if len(path) > 1])
    del at(found, path[:-1])[path[-1]]


def _add(found, dice):
    maps = [part for path, part in spots(found) if isinstance(part, dict) and len(path) > 3]
    if maps:
        name = dice.choice(["extra", "title", "amount"])
        dice.choice(maps)[name] = copy.deepcopy(dice.choice(VALUES))


def _rename(found, dice):
    track = found.get("track") or {}
    if track:
        old, new = dice.choice(list(track)), dice.choice(NAMES)
        if new not in track:
            track[new] = track.pop(old)


def _copy_route(found, dice):
    track = found.get("track") or {}
    if track:
        track[dice.choice(NAMES)] = copy.deepcopy(dice.choice(list(track.values())))


def _ignore(found, dice):
    found.setdefault("track", {})[dice.choice(NAMES)] = []


def _switch(found, dice):
    routes = [part for _, part in spots(found) if isinstance(part, dict) and _is_route(part)]
    if routes:
        dice.choice(routes)["enabled"] = dice.random() < 0.2


def _also(found, dice):
    routes = [
        part
        for part in (found.get("track") or {}).values()
        if isinstance(part, dict) and _is_route(part)
    ]
    if routes:
        dice.choice(routes)["also"] = [dice.choice(NAMES)]


def _group(found, dice):
    for name, value in list((found.get("track") or {}).items()):
        if isinstance(value, list) and value:
            found["track"][name] = {"first": value}
        elif isinstance(value, dict) and "first" in value and dice.random() < 0.5:
            found["track"][name] = value["first"]


def _turn(found, dice):
    lists = [part for _, part in spots(found) if isinstance(part, list) and len(part) > 1]
    if lists:
        dice.choice(lists).reverse()


def _option(found, dice):
    options = found.setdefault("options", {})
    name, value = dice.choice(
        [
            *(("unmapped", "reject"), ("invalid", "reject"), ("nulls", "clear"), ("timeout", "2s")),
            *(("max_event_age", "1d"), ("batch", False), ("merge_data", False)),
        ]
    )
    options[name] = value


def _words(found, dice):
    found[dice.choice(["description", "name"])] = dice.choice(["honest", "words", "others"])


def _setting(found, dice):
    settings = found.setdefault("settings", {})
    settings[dice.choice(["environment", "color"])] = {
        "label": dice.choice(["One", "Two"]),
        "required": dice.random() < 0.3,
    }


def _shuffle(found, dice):
    found.update(shuffled(found, dice))


MUTATIONS = (
    *(_replace, _replace, _condition, _condition, _remove, _add, _add, _rename, _copy_route),
    *(_ignore, _switch, _also, _group, _turn, _option, _words, _setting, _shuffle),
)


def shuffled(part, dice):
    """The same with the keys of every map in another order."""
    if isinstance(part, dict):
        items = [(key, shuffled(value, dice)) for key, value in part.items()]
        dice.shuffle(items)
        return dict(items)
    return [shuffled(item, dice) for item in part] if isinstance(part, list) else part


# --- what must hold ------------------------------------------------------------------------


@lru_cache(maxsize=64)
def compiled(text):
    """The model with its provider, and the target; None where a mapping is not valid."""
    read = model(text)
    output = None if read is None else emit(read, PROJECT, Report())
    return None if output is None else (read, Target.of(output))


def model(text):
    """The model of a mapping with its provider."""
    return read_mapping(text, "honest.yaml", PROJECT, Report())


def pair_of(old, new):
    return Pair(old.mapping, new.mapping, old.provider, new.provider, texts_differ=True)


def mirrored(kind):
    """The kinds that a change may be from the other side."""
    found = {kind}
    for one, two in MIRROR:
        for here, there in ((one, two), (two, one)):
            if kind.endswith(f"-{here}"):
                found.add(kind.removesuffix(here) + there)
    return frozenset(found & KINDS.keys())


def seen(changes, *, turned):
    return Counter(
        (
            min(mirrored(change.kind)),
            *((change.after, change.before) if turned else (change.before, change.after)),
        )
        for change in changes
    )


def check(runtime, seed):
    """One case; the classes of its changes, or None where the mutation is not valid."""
    dice = random.Random(seed)
    base = dice.choice(BASES)
    if dice.random() < 0.3:
        base = mutated(base, dice)
    changed = mutated(base, dice)
    before, after = (compiled(json.dumps(mapping, indent=1)) for mapping in (base, changed))
    if before is None or after is None:
        return None
    same = replace(pair_of(before[0], before[0]), texts_differ=False)
    assert compare(same) == [], f"seed {seed}: not equal to itself"
    changes = compare(pair_of(before[0], after[0]))
    back = compare(pair_of(after[0], before[0]))
    assert seen(changes, turned=False) == seen(back, turned=True), f"seed {seed}: no mirror"
    streams = [
        stream
        for read, _ in (before, after)
        for stream in made_events(read.mapping, read.provider, SETTINGS)
    ]
    named = {made.text: made.name for made in chosen(streams, MOST_MADE)}
    named |= {text: text for text in dice.sample(EVENTS, RECORDED)}
    occasions = [
        Occasion(name, (text,), batch=False, settings=SETTINGS) for text, name in named.items()
    ]
    results = [run_one(runtime, target, occasions) for _, target in (before, after)]
    trials = [Trial(*found) for found in different(occasions, *results)]
    explained = explain(changes, trials)  # raises where nothing explains a difference
    assert len(explained) == len(changes)
    if "also" not in json.dumps(base):  # with it the order of keys is the order of routes
        other = model(json.dumps(shuffled(base, dice), indent=1))
        classes = {change.class_ for change in compare(pair_of(before[0], other))}
        assert classes <= {Class.COSMETIC}, f"seed {seed}: the order of keys matters"
    return [change.class_ for change in explained], sum(trial.differs for trial in trials)


def main(cases, first=0):
    """Check so many cases in one child; how many were valid, and how many differed."""
    counted = Counter()
    with Runtime() as runtime:
        seed = first
        while counted["cases"] < cases:
            result = check(runtime, seed)
            seed += 1
            if result is not None:
                counted["cases"] += 1
                counted["with differences"] += bool(result[1])
                counted.update(map(str, result[0]))
    return counted


if __name__ == "__main__":
    print(dict(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
