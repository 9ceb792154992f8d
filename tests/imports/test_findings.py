"""`segfn import function`: what is said about what it cannot read, and each request that it can."""

from __future__ import annotations

import re

import yaml
from click.testing import CliRunner

from generator.cli import main

LINES = """
fetch(URL, sent({ x: /x/.source })); // segfn does not read regex
fetch(URL, sent({ x: .5 })); // this number is not read
fetch(URL, sent({ x: { [plan]: 1 } })); // the name of this member is not known
fetch(URL, sent({ x: { [plan]() {} } })); // the name of this member is not known
fetch(URL, sent({ x: tag`x` })); // a tagged template is not read
fetch(URL, sent({ x: (plan && ((_, x) => x))(...[1], ...plan) })); // this list is not known
fetch(URL, sent({ x: (plan || tag)(1) })); // what is called here is not known
fetch(URL, sent({ x: plan() })); // what is called here is not known
fetch(URL, sent({ x: nobody(1) })); // nobody is not known
fetch(URL, sent({ x: this })); // this is not known
fetch(URL, sent({ x: tag })); // a function cannot be sent
fetch(URL, sent({ x: -plan })); // this operator is not read
fetch(URL, sent({ x: +"5" })); // this cannot be a part of an expression
fetch(URL, sent({ x: `a ${-plan}` })); // this operator is not read
fetch(URL, sent({ x: total - 1 })); // - is not read
fetch(URL, sent({ x: total + 1 })); // this may be a sum of numbers
fetch(URL, sent({ x: plan in total })); // in is not read
fetch(URL, sent({ x: plan in { ...total } })); // the members of this object are not known
fetch(URL, sent({ x: [plan, 1].includes(total) })); // .includes() is not read
fetch(URL, sent({ x: [1, 2].filter((each) => each > total) })); // .filter() is not read
fetch(URL, sent({ x: [1].every(tag) })); // .every() is not read
fetch(URL, sent({ x: [1, ...plan] })); // this list is not known
fetch(URL, sent({ x: plan.map((each) => fetch(each)) })); // a request for each item of a list is not read
fetch(URL, sent({ x: plan.split(total) })); // .split() is not read
fetch(URL, sent({ x: Object.keys(plan) })); // the members of this object are not known
fetch(URL, sent({ x: Object.fromEntries([[plan, 1]]) })); // these members are not known
fetch(URL, sent({ x: Object.fromEntries(plan) })); // these members are not known
fetch(URL, sent({ x: _.get(event.traits, plan) })); // this path is not known
fetch(URL, sent({ x: _.omit(event.traits, plan) })); // these names are not known
fetch(URL, sent({ x: Math.max(1, 2) })); // Math.max is not read
fetch(URL, sent({ x: new Thing(1) })); // new Thing is not read
fetch(URL, sent({ x: new Thing })); // new Thing is not read
fetch(URL, sent({ x: parseInt(plan) })); // parseInt is not known
fetch(URL, sent({ x: Object.create(plan) })); // Object.create is not read
fetch(URL, sent({ x: JSON.parse(plan) })); // not known
fetch(URL, sent({ x: null.y })); // this is read of undefined
fetch(URL, sent({ x: tag.length })); // this member is not known
fetch(URL, sent({ x: `${plan}` ? 1 : 2 })); // this cannot stand in a condition
fetch(URL, sent({ x: typeof plan })); // this cannot be said
fetch(URL, sent({ x: String(plan ?? "x") })); // this cannot be a part of an expression
fetch(URL, sent({ x: answer })); // what a server answers cannot be sent on
fetch(URL, sent({ x: answer?.id || 1, y: (answer ? answer : 1) })); // what a server answers cannot be sent on
fetch(URL, sent({ x: answer() })); // what a server answers cannot be sent on
{ const { a, ...rest } = 1; fetch(URL, sent({ x: rest })); } // the rest is not known
{ const [...rest] = plan; } // this pattern is not read
{ const list = []; list.push(list); fetch(URL, sent({ x: list })); } // what holds itself is not read
{ const made = {}; made.made = made; } // what holds itself is not read
plan.made = 1; tag.made = 1; // what is changed here is not known
[made.one] = [1]; // this assignment is not read
if (total) leaked = plan; fetch(URL, sent({ x: leaked })); // leaked may hold what an earlier event has left
kept += 1; fetch(URL, sent({ x: kept })); // kept may hold what an earlier event has left
{ let sum = 1; sum -= 1; fetch(URL, sent({ x: sum })); } // this operator is not read
nobody(plan); // nobody is not known
for (const each of total) fetch(URL, sent({})); // a loop over what comes is not read
for (const each of total) { each.x = 1; } // a loop over what comes is not read
for (const each in total) { list.push(each); } // a loop over what comes is not read
{ const list = [1]; for (const each of total) list.push(each); } // a loop over what comes is not read
{ const list = [], other = list; for (const each of total) list.push(each); } // a loop over what comes is not read
{ const list = []; for (const each of total) if (each) list.push(each); else tag(); } // a loop over what comes is not read
{ const list = []; for (const each of total) list.push(tag(each)); } // a loop over what comes is not read
{ const list = []; for (const each of total) list.push(list); } // a loop over what comes is not read
{ const list = []; for (const each of total) list.push(-each); fetch(URL, sent({ x: list })); } // this operator is not read
fetch(URL, sent({ x: plan.map((each) => each.map((one) => [each.id, one])) })); // what is asked of an item outside of its list is not read
fetch(URL, sent({ x: plan.map((each, at) => ({ each, at })) })); // the place of an item is not known
{ const list = []; for (const each of total) list.push(list.length); } // a loop over what comes is not read
{ const list = []; for (let at = 0; at < total.length; at++) list.push(total[at]); fetch(URL, sent({ x: list })); } // what a loop counts through is not read
{ const list = []; let at = 0; while (at < 9) { list.push(total[at]); at += 1; } fetch(URL, sent({ x: list })); } // what a loop counts through is not read
delete event.traits.plan; // a member that is deleted is not read
fetch(URL, sent({ x: total > true ? 1 : 2 })); // a comparison with what is no number is not read
fetch(URL, sent({ x: plan.map((each) => each.map((one) => (each.id > 1 ? one : 1))) })); // what is asked of an item outside of its list is not read
if (-plan > 2) fetch(URL, sent({ x: 3 })); // this operator is not read
outer: for (;;) { break; } // segfn does not read labeled statement
if (answer.status > 299) { fetch(URL, sent({})); } // a request that depends on an answer is not read
if (answer.ok) fetch(URL, sent({})); else { tag(); } // a request that depends on an answer is not read
try { tag(); } catch { fetch(plan); } // a request after a failure is not read
{ class Local {} } // nothing
fetch("https://example.com/x"); // GET https://example.com/x is no request to Novu that segfn knows
fetch(nobody); // nobody is not known
fetch(settings.all, to({ x: 1 })); // what this address takes is not known
fetch(`${plan}/v1/events/trigger`, to({ name: "x", to: "u" })); // a server that the event chooses is not read
fetch(URL, to(plan)); // the members of this body are not known
fetch(URL, to(nobody)); // nobody is not known
fetch(URL + "/bulk", to({ events: plan })); // the triggers of this request are not known
fetch(URL, to({ ...{ name: "x", to: "u" }, age: 1 })); // the action workflow has no field "age"
"""  # noqa: E501 - what is told stands behind its line
HEAD = """
const URL = "https://api.novu.co/v1/events/trigger";
export const tag = (x) => x;
let kept = 0;
export { tag as other };
const to = (body) => ({ method: "POST", body: JSON.stringify(body) });
const sent = (payload) => to({ name: "x", to: "u", payload });
export async function onGroup(event, settings) {
  const { plan, total } = event.traits;
  const answer = await fetch(URL + "/broadcast", to({ name: "x", payload: {} }));
"""
REQUESTS = """
POST /v1/events/trigger/bulk {"events": [{"name": "a", "to": "u"}]}
POST /v1/events/trigger/broadcast {"name": "news", "payload": {"x": 1}}
DELETE /v1/events/trigger/t-1
PATCH /v2/subscribers/${event.userId} {"firstName": "Ada"}
DELETE /v2/subscribers/a%20b
PUT /v1/subscribers/u-${plan}/credentials {"providerId": "fcm", "credentials": {"channel": "a"}}
PATCH /v1/subscribers/u/credentials {"providerId": "apns", "credentials": {"channel": "a"}}
PATCH /v2/subscribers/u/preferences {"channels": {"email": true}}
POST /v2/topics/t/subscriptions {"subscriptions": ["u"]}
DELETE /v2/topics/t/subscriptions {"subscriptions": ["u"]}
POST /v1/topics/t/subscribers/removal {"subscribers": ["v"]}
"""
ACTIONS = [
    {"workflow": {"name": "a", "to": "u", "payload": {}}},
    {"broadcast": {"name": "news", "payload": {"x": 1}}},
    {"cancel": "t-1"},
    {"subscriber": {"firstName": "Ada"}},
    {"delete-subscriber": "a b"},
    {
        "credentials": {
            "subscriberId": "u-{{ traits.plan }}",
            "providerId": "fcm",
            "credentials": {"channel": "a"},
            "operation": "replace",
        }
    },
    {
        "credentials": {
            "subscriberId": "u",
            "providerId": "apns",
            "credentials": {"channel": "a"},
        }
    },
    {"preferences": {"subscriberId": "u", "channels": {"email": True}}},
    {"topic": {"key": "t", "subscribe": ["u"]}},
    {"topic": {"key": "t", "unsubscribe": ["u"]}},
    {"topic": {"key": "t", "unsubscribe": ["v"]}},
]


def imported(tmp_path, code, name="mine.js"):
    (tmp_path / name).write_text(code, "utf-8")
    ran = CliRunner().invoke(main, ["import", "function", str(tmp_path / name)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return yaml.safe_load(ran.stdout), ran.stderr


def test_each_line_that_cannot_be_read_is_told(tmp_path):
    lines = [line.rsplit(" // ", 1) for line in LINES.strip().splitlines()]
    code = HEAD + "\n".join(line for line, _ in lines) + "\n}\n"
    _, said = imported(tmp_path, code)
    found = {}
    for at, words in re.findall(r"mine\.js:(\d+):\d+: warning\[I11\d [a-z-]+\]: (.*)", said):
        found.setdefault(int(at), []).append(words)
    before = HEAD.count("\n")
    wrong = [
        (line, words, found.get(at, ["nothing"]))
        for at, (line, words) in enumerate(lines, before + 1)
        if found.get(at, ["nothing"]) != [words]
    ]
    assert wrong == []
    assert min(found) > before


def test_each_request_to_novu_becomes_its_action(tmp_path):
    calls = [line.split(" ", 2) for line in REQUESTS.strip().splitlines()]
    code = "async function onGroup(event, settings) {\n  const { plan } = event.traits;\n"
    for method, path, *body in calls:
        sent = f", body: JSON.stringify({body[0]})" if body else ""
        key = 'headers: { "Content-Type": "a/b", authorization: "ApiKey 123" }'
        code += f'await fetch(`${{settings.novu}}{path}`, {{ method: "{method}", {key}{sent} }});\n'
    mapping, said = imported(tmp_path, code + "}\n")
    assert said == ""
    told = [{k: v for k, v in route.items() if k != "id"} for route in mapping["group"]]
    assert told == ACTIONS
    assert mapping["settings"] == {"baseUrl": {"name": "novu"}}


def test_what_a_lost_loop_makes_is_lost(tmp_path):
    code = (
        HEAD
        + """
      const made = [], lines = {};
      for (const each of total) { lines.last = each; made.push(each); }
      fetch(URL, sent({ made }));
      fetch(URL, to({ name: "y", to: "u", payload: lines }));
    }"""
    )
    mapping, said = imported(tmp_path, code)
    assert "mine.js:13:7: warning[I110 unread-code]: a loop over what comes is not read" in said
    asked = [route for route in mapping["group"] if "workflow" in route]
    assert [route.get("enabled") for route in asked] == [False, False]


LONG = """
const again = () => again();
async function onGroup(event) { again(); }
async function onIdentify(event) { NESTED }
async function onAlias(event) { break; }
throw new Error("at the end");
"""


def test_what_does_not_end_is_told(tmp_path):
    tests = "".join(f"if (event.traits.a{at}) await fetch('x');" for at in range(12))
    _, said = imported(tmp_path, LONG.replace("NESTED", tests))
    assert "onGroup has too many ways to be followed" in said
    assert "onIdentify has too many ways to be followed" in said
    assert "a loop is left that is none" in said
    assert "the file does not come to its end" in said
