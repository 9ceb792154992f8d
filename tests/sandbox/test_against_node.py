"""Our fetch, URL and built-ins beside those of Node.js 20 and node-fetch 2.6.0."""

# ruff: noqa: E501 - a piece of JavaScript reads best on one line

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

ANSWERS = {
    "/ok": {"status": 201, "headers": {"content-type": "application/json"}, "text": '{"a":"é"}'},
    "/empty": {"status": 200},
    "/html": {"status": 503, "headers": {"content-type": "text/html"}, "text": "<html>down"},
    "/none": {"status": 204},
    "/odd": {"status": 299, "headers": {"x-a": "1", "X-B": "two"}, "text": "\ufeff{}"},
    "/away": {"status": 302, "headers": {"location": "/ok?moved=1"}},
    "/kept": {"status": 307, "headers": {"location": "/ok"}},
    "/see": {"status": 303, "headers": {"location": "ok"}},
    "/loop": {"status": 302, "headers": {"location": "/loop"}},
    "/lost": {"status": 302},
    "/reset": {"fault": "reset"},
    "/cut": {"status": 200, "text": "{", "fault": "truncated"},
}
BODIES = [
    "const r = await fetch(base + '/ok'); return [r.status, r.ok, r.statusText, r.url, r.redirected, await r.json()]",
    "const r = await fetch(base + '/ok'); return [r.bodyUsed, await r.text(), r.bodyUsed]",
    "const r = await fetch(base + '/ok'); await r.text(); return r.json()",
    "const r = await fetch(base + '/ok'); const c = r.clone(); return [await r.json(), await c.text(), c.status]",
    "const r = await fetch(base + '/ok'); await r.text(); return r.clone()",
    "const r = await fetch(base + '/ok'); return [...(await r.buffer())]",
    "const r = await fetch(base + '/ok'); return (await r.arrayBuffer()).byteLength",
    "return (await fetch(base + '/empty')).json()",
    "return (await fetch(base + '/empty')).text()",
    "return (await fetch(base + '/html')).json()",
    "const r = await fetch(base + '/html'); return [r.ok, r.status, r.statusText, await r.text()]",
    "const r = await fetch(base + '/none'); return [r.ok, r.status, await r.text()]",
    "const r = await fetch(base + '/odd'); return [r.ok, r.headers.get('X-A'), r.headers.get('x-b'), r.headers.get('no'), r.headers.has('X-b')]",
    "return (await fetch(base + '/odd')).json()",
    "const r = await fetch(base + '/away', { method: 'POST', body: 'x', headers: { authorization: 'k' } }); return [r.url, r.redirected, r.status]",
    "const r = await fetch(base + '/kept', { method: 'POST', body: '{}', headers: { authorization: 'k' } }); return [r.url, r.status]",
    "const r = await fetch(base + '/see', { method: 'PUT', body: 'x' }); return [r.url, r.status]",
    "const r = await fetch(base + '/away', { redirect: 'manual' }); return [r.status, r.headers.get('location'), r.redirected]",
    "return fetch(base + '/away', { redirect: 'error' })",
    "return fetch(base + '/loop')",
    "return fetch(base + '/loop', { follow: 2 })",
    "const r = await fetch(base + '/lost'); return [r.status, r.url]",
    "return fetch(base + '/reset')",
    "const r = await fetch(base + '/cut'); return r.status",
    "return (await fetch(base + '/cut')).text()",
    "return (await fetch(base + '/cut', { timeout: 200 })).text()",
    "return fetch('/ok')",
    "return fetch('')",
    "return fetch()",
    "return fetch('ok')",
    "return fetch('ftp://a.b/c')",
    "return fetch('mailto:a@b.c')",
    "return fetch('localhost:3000/x')",
    "return fetch(base + '/ok?q=日本')",
    "return (await fetch(base + '/ok?a b=\"c\"')).url",
    "return (await fetch(base + '/ok?a={b}|c^`')).url",
    "return (await fetch(new URL(base + '/ok?q=é'))).url",
    "return fetch(base + '/ok', { body: 'x' })",
    "return fetch(base + '/ok', { method: 'HEAD', body: 'x' })",
    "const r = await fetch(base + '/ok', { method: 'HEAD' }); return [r.status, await r.text()]",
    "await fetch(base + '/ok', { method: 'post', body: { a: 1 } })",
    "await fetch(base + '/ok', { method: 'POST', body: 5 })",
    "await fetch(base + '/ok', { method: 'POST', body: '' })",
    "await fetch(base + '/ok', { method: 'POST', body: null })",
    "await fetch(base + '/ok', { method: 'POST', body: ['a', 'b'] })",
    "await fetch(base + '/ok', { method: 'POST', body: 'é😀\\ud800' })",
    "await fetch(base + '/ok', { method: 'POST', body: new URLSearchParams({ a: 'b c', d: 'é' }) })",
    "await fetch(base + '/ok', { method: 'POST', body: new Uint8Array([104, 105]) })",
    "await fetch(base + '/ok', { method: 'POST', body: Buffer.from('hi') })",
    "await fetch(base + '/ok', { method: 'PATCH', body: '{}', headers: { 'Content-Type': 'application/json' } })",
    "await fetch(base + '/ok', { method: 'DELETE', body: '{}' })",
    "await fetch(base + '/ok', { method: 'bad method' })",
    "await fetch(base + '/ok', { method: 5 })",
    "await fetch(base + '/ok', { headers: { a: undefined, b: null, c: 5, d: ['x', 'y'], e: {} } })",
    "await fetch(base + '/ok', { headers: { a: 'é' } })",
    "await fetch(base + '/ok', { headers: { a: '日' } })",
    "await fetch(base + '/ok', { headers: { a: 'x\\n' } })",
    "await fetch(base + '/ok', { headers: { 'a b': 'x' } })",
    "await fetch(base + '/ok', { headers: { '': 'x' } })",
    "await fetch(base + '/ok', { headers: [['a', 'b'], ['A', 'c']] })",
    "await fetch(base + '/ok', { headers: [['a']] })",
    "await fetch(base + '/ok', { headers: ['ab'] })",
    "await fetch(base + '/ok', { headers: 'ab' })",
    "await fetch(base + '/ok', { headers: new Map([['a', 'b']]) })",
    "await fetch(base.replace('//', '//user:p%40ss@') + '/ok')",
    "const h = new Headers({ B: '1', a: '2' }); h.append('b', '3'); h.set('C', '4'); h.delete('A'); return [[...h], [...h.keys()], [...h.values()], h.get('B'), h.raw()]",
    "const h = new Headers([['x', 1]]); const seen = []; h.forEach((value, name) => seen.push(name, value)); return seen",
    "return new Headers().get('a b')",
    "const r = new Request(base + '/ok', { method: 'POST', body: 'x', headers: { a: 'b' } }); return [r.method, r.url, r.redirect, [...r.headers], await (await fetch(r)).text()]",
    "const r = new Request(base + '/ok', { method: 'POST', body: 'x' }); await fetch(r, { method: 'PUT', headers: { z: '1' } })",
    "const r = new Response('x', { status: 404, headers: { a: 'b' } }); return [r.status, r.ok, r.statusText, await r.text(), [...r.headers], r.url]",
    "return new Response('{').json()",
    "const r = new Response(); return [r.status, await r.text(), r.body]",
    "return [fetch.isRedirect(302), fetch.isRedirect(304), typeof fetch.FetchError, fetch.name]",
    "try { await fetch(base + '/reset') } catch (error) { return [error instanceof Error, error instanceof fetch.FetchError, Object.keys(error), String(error)] }",
    "return JSON.stringify(await fetch(base + '/ok', { redirect: 'follow', compress: false }))",
    "return Object.prototype.toString.call(await fetch(base + '/ok'))",
]
BASE = "http://127.0.0.1:9"
TRANSPORT = {"accept", "accept-encoding", "user-agent", "connection", "host", "content-length"}


def ours(body):
    rules = tuple(
        rule({**told, "url": f"*127.0.0.1:9{path}*", "latency": "1ms"})
        for path, told in ANSWERS.items()
    )
    code = f"""
      const base = "{BASE}";
      async function onTrack() {{
        const run = (async () => {{ {body} }})();
        const told = await run.then(
          (value) => ({{ value: value ?? null }}),
          ({{ name, message, type, code }}) => ({{ error: {{ name, message, type, code }} }}),
        );
        console.log(JSON.stringify(told));
      }}
    """
    with Runtime() as runtime:
        (result,) = runtime.run(Job(code=code, rules=rules), [{"type": "track"}])
    told = json.loads(result["logs"][0]["text"]) if result["logs"] else {"value": "never"}
    seen = [
        [
            request["method"],
            request["url"].removeprefix(BASE),
            request["headers"],
            request["body_text"] or "",
        ]
        for request in result["requests"]
    ]
    return json.loads(json.dumps([told, seen]).replace(BASE, "BASE"))


@pytest.fixture(scope="module")
def node_fetch(run_node):
    results = run_node("fetch.mjs", {"answers": ANSWERS, "bodies": BODIES})
    return dict(zip(BODIES, results, strict=True))


@pytest.mark.node
@pytest.mark.parametrize("body", BODIES)
def test_fetch_is_node_fetch_2_6_0(body, node_fetch):
    theirs = node_fetch[body]
    told = {key: value for key, value in theirs.items() if key != "seen"}
    sent = [
        [
            one["method"],
            one["url"],
            {name: value for name, value in one["headers"].items() if name not in TRANSPORT},
            one["body"],
        ]
        for one in theirs["seen"]
    ]
    mine, seen = ours(body)
    for request in seen:
        request[1] = request[1].replace("http://user:p%40ss@127.0.0.1:9", "")
    assert mine == told
    assert seen == sent


# --- URLs -------------------------------------------------------------------


def words(text):
    return text.split()


BITS = [
    *words(
        "http: https: // / \\ ? # @ : 80 443 8080 a B example.com EXAMPLE.com [::1] [1:2::3:4] "
        "127.0.0.1 0x7f.1 256 1.2.3 %41 %2e %2E .. . %zz % é 日本 bücher.de ß ﬀ 。 ' \" < > ` { } "
        "| ^ [ ] = & + a=b user pass ~ ! $ ( ) * , ; 😀 - _ x.y %20 %C3%A9 %ff"
    ),
    *(" ", "\t", "\n", "\u00ad", "\u00a0", "\ufeff", "\ud800"),
]
STARTS = ["http://", "https://", "https://a.com", "http://a.b:80/", "https://u:p@h/", "https:"]
SHOWN = words("href protocol username password host hostname port pathname search hash origin")
URLS = f"""
  async function onTrack({{ cases }}) {{
    const found = cases.map(([input, base]) => {{
      let modern, older;
      try {{
        const url = new URL(input, base ?? undefined);
        modern = {json.dumps(SHOWN)}.map((name) => url[name]);
      }} catch (error) {{
        modern = error.code ?? error.message;
      }}
      try {{
        older = new Request(input).url;
      }} catch (error) {{
        older = error.name;
      }}
      const search = new URLSearchParams(input);
      return [modern, older, [search.toString(), [...search]]];
    }});
    await fetch("https://a.b/", {{ method: "POST", body: JSON.stringify(found) }});
  }}
"""


def awkward(chance):
    text = "".join(chance.choice(BITS) for _ in range(chance.randint(0, 7)))
    start = chance.choice(STARTS) if chance.random() < 0.7 else ""
    return [start + text, chance.choice([None, None, "https://base.com/a/b?c#d", "http://x/y/"])]


@pytest.mark.node
def test_urls_are_those_of_node(run_node, runtime):
    chance = random.Random(20)
    cases = [awkward(chance) for _ in range(3000)]
    theirs = run_node("urls.mjs", cases)
    mine = []
    for start in range(0, len(cases), 100):
        event = {"type": "track", "cases": cases[start : start + 100]}
        (result,) = runtime.run(Job(code=URLS), [event])
        mine += json.loads(result["requests"][0]["body_text"])
    for (text, base), (modern, older, search), found in zip(cases, theirs, mine, strict=True):
        if "is not available" not in str(found[0]):
            assert found[0] == modern, (text, base)
        if isinstance(older, str) or older[1]:
            assert found[1] == (older if isinstance(older, str) else older[4]), text
        assert found[2] == search, text


# --- built-ins --------------------------------------------------------------

SEGMENTS = words(
    "fetch Headers Request Response URL URLSearchParams Buffer atob btoa crypto cache setTimeout "
    "setInterval clearTimeout clearInterval RetryError ValidationError InvalidEventPayload "
    "EventNotSupported DropEvent Segment"
)
NOT_HERE = words(
    "_ AWS FormData OAuth fetchretrylib google https hubspotlib jsforce jsforcelib "
    "jsonwebtoken libphonenumberjslib mailchimplib moment nodemailjet sendgrid skyflowlib stripe "
    "twilio uuidv5 winstonlib xml xml2js zlib"
)
BINDING = {"__timer_manager"}
KEPT = {"Symbol.dispose", "Symbol.asyncDispose"}  # cannot be deleted
# Newer V8 has functions where Intl.Locale had getters, and these are not given back.
LOST = {
    f"Intl.Locale.prototype.{name}"
    for name in (
        *("calendars", "collations", "hourCycles", "numberingSystems"),
        *("textInfo", "timeZones", "weekInfo"),
    )
}


@pytest.mark.node
def test_built_ins_are_those_of_node_20(run_node, runtime):
    theirs = run_node("builtins.mjs", None)
    if theirs["major"] != 20:
        pytest.skip("Segment runs Node.js 20")
    walk = (Path(__file__).parents[1] / "node" / "walk.js").read_text("utf-8")
    names = [name for name in theirs["names"] if name not in {"console", "globalThis"}]
    code = f"""
      async function onTrack() {{
        const NAMES = {json.dumps(names)};
        const found = {walk.split("NAMES.", 1)[1].lstrip()}
        await fetch("https://a.b/", {{ method: "POST", body: JSON.stringify(found) }});
      }}
    """
    (result,) = runtime.run(Job(code=code), [{"type": "track"}])
    mine = json.loads(result["requests"][0]["body_text"])
    assert set(mine["names"]) - set(theirs["names"]) == {*SEGMENTS, *NOT_HERE, *BINDING}
    assert set(theirs["names"]) - set(mine["names"]) == set()
    assert set(mine["paths"]) - set(theirs["paths"]) == KEPT
    assert {
        path for path in set(theirs["paths"]) - set(mine["paths"]) if "WebAssembly" not in path
    } == LOST


@pytest.mark.node
def test_our_javascript_is_formatted_by_prettier(node_modules):
    folder = Path(__file__).parents[2] / "generator" / "sandbox"
    files = [*folder.glob("*.js"), *folder.glob("*.cjs")]
    ran = subprocess.run(
        [node_modules / ".bin" / "prettier", "--print-width", "100", "--check", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
