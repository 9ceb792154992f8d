"""`segfn lint`: what it is given, what it says beside its findings, and how it ends."""

from __future__ import annotations

import json

import pytest

LOGS = """\
async function onIdentify(event, settings) {
  console.log(event.traits?.email);
}
"""
WANTS = """\
async function onTrack(event, settings) {
  if (event.properties?.plan?.tier !== "gold-" + settings.tier) return;
  const options = { method: "POST", body: JSON.stringify(event.properties), timeout: 4000 };
  if (settings.apiKey !== "sk-98765432") return;
  console.log(event.properties.plan.owner.email, event.properties.plan.owner.phone);
  const answer = await fetch("https://api.example.com/plans", options);
  if ((await answer.json()).queue === "main") throw new Error(settings.apiKey);
}
"""
ONE_WAY = """\
async function onTrack(event, settings) {
  const codes = event.properties.codes;
  if (event.event === "Order Completed") codes.find((code) => code === 7).toFixed();
  if (event.event === "Order Completed" || event.event === "Signed Up") {
    await fetch("https://api.example.com/plans", { method: "POST" });
  }
}
"""
PICKY = """\
async function onTrack(event, settings) {
  if (!settings.crm.token.startsWith("token-lint")) return;
  const { price, extra, contactEmail, host, mobile } = event.properties;
  const told = [price.toFixed(2), extra.tier.trim()];
  if (!/@example/.test(contactEmail) || !/example\\.com$/.test(host)) return;
  if (!/^\\+\\d+$/.test(mobile)) return;
  if (event.userId[5] !== "a" || settings.dryRun) return;
  await fetch("https://api.example.com/prices", {
    method: "POST",
    body: JSON.stringify({ told, key: Math.random() }),
    timeout: 4000,
  });
}
"""
DEEP = """\
async function onTrack(event) {
  if (!event.properties.a.b.c.d.e.f.g.h.i.j.startsWith("j-ada")) return;
  await fetch("https://api.example.com/deep", { method: "POST", timeout: 4000 });
}
"""


def slugs(answer):
    return {found["slug"] for found in json.loads(answer.out)["diagnostics"]}


def test_errors_end_with_1_and_warnings_only_if_strict(folder, segfn):
    folder.write("logs.js", LOGS)
    answer = segfn("lint", "logs.js")
    assert answer.code == 0
    assert answer.out.startswith(
        "logs.js:2:3: warning[F182 personal-data-shown]: this log shows `traits.email`\n"
    )
    assert answer.err.startswith("logs.js: onIdentify; ")
    assert segfn("lint", "logs.js", "--strict").code == 1
    folder.write("slip.js", "async function onTrack(event) { evnt; }")
    answer = segfn("lint", "logs.js", "slip.js", "--format", "github")
    assert (answer.code, answer.out.count("::error file=slip.js")) == (1, 1)


def test_events_settings_and_answers_of_the_user_reach_further(folder, segfn):
    folder.write("wants.js", WANTS)
    answer = segfn("lint", "wants.js", "--format", "json")
    assert (slugs(answer), "calls of onTrack send nothing" in answer.err) == (set(), True)
    plan = {"tier": "gold-eu", "owner": {"email": "grace@example.org"}}
    event = {"type": "track", "event": "E", "properties": {"plan": plan}}
    folder.write("events.ndjson", json.dumps(event))
    folder.write("settings.json", '{"apiKey": "sk-98765432"}')
    folder.write("answers.yaml", "- json: { queue: main }")
    given = ("--events", "events.ndjson", "--settings", "settings.json", "--set", "tier=eu")
    answer = segfn("lint", "wants.js", *given, "--format", "json")
    assert {"transient-lost", "personal-data-shown"} <= slugs(answer)
    assert "this log shows `properties.plan.owner.email`" in answer.out
    answer = segfn("lint", "wants.js", *given, "--responses", "answers.yaml", "--format", "json")
    assert "secret-shown" in slugs(answer)
    assert "sk-98765432" not in answer.out + answer.err


def test_what_a_function_asks_of_settings_and_events_is_learned(folder, segfn):
    """Each of them returns before its request unless all that it reads is as it wants it."""
    folder.write("picky.js", PICKY)
    folder.write("deep.js", DEEP)
    answer = segfn("lint", "picky.js", "deep.js", "--format", "json")
    assert "send nothing" not in answer.err
    found = {(each["path"], each["slug"]) for each in json.loads(answer.out)["diagnostics"]}
    expected = ("fragile", "transient-lost", "failure-hidden", "no-dedupe-key")
    assert found == {(path, slug) for path in ("picky.js", "deep.js") for slug in expected}


def test_a_name_that_never_reaches_a_request_is_told(folder, segfn):
    folder.write("one.js", ONE_WAY)
    told = 'note: calls of onTrack with "Order Completed" send nothing: TypeError: '
    assert told in segfn("lint", "one.js").err
    event = {"type": "track", "event": "Order Completed", "properties": {"codes": [7]}}
    folder.write("events.ndjson", json.dumps(event))
    assert told not in segfn("lint", "one.js", "--events", "events.ndjson").err


def test_what_it_cannot_judge_is_told(folder, segfn):
    folder.write("source.js", "function onRequest(request, settings) {}")
    folder.write("moment.js", "async function onTrack(event) { moment(event.timestamp); }")
    answer = segfn("lint", "source.js", "moment.js")
    assert (answer.code, answer.out) == (0, "")
    assert "note: source.js is a source function, which is not looked at\n" in answer.err
    assert "note: moment is not available in the embedded runtime" in answer.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["mine.js"], "there is no file mine.js"),
        (["."], ". is no .js file"),
        (["mapping.yaml"], "mapping.yaml is no .js file"),
        (["logs.js", "--set", "apiKey"], "a --set has no name or no value"),
        (["logs.js", "--settings", "none.json"], "there is no file none.json"),
        (["logs.js", "--events", "bad.ndjson"], "bad.ndjson:2: this is no event"),
        (["logs.js", "--events", "empty.ndjson"], "empty.ndjson holds no events"),
    ],
)
def test_what_cannot_be_read_is_usage(folder, segfn, args, message):
    folder.write("logs.js", LOGS)
    folder.write("bad.ndjson", '{"type": "track"}\n{"type": "trick"}\n')
    folder.write("empty.ndjson", "")
    answer = segfn("lint", *args)
    assert (answer.code, answer.out) == (2, "")
    assert f"error: {message}" in answer.err
