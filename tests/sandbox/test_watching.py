"""What is seen of a function that is watched: places in its code, what it reads and keeps."""

from __future__ import annotations

TRACK = {"type": "track", "event": "E", "userId": "u"}
CODE = """\
let kept;
async function send(url, settings) {
  await fetch(url, { method: "POST", headers: { Authorization: settings.apiKey } });
}
async function onTrack(event, settings) {
  kept = [new Map([[1, { key: settings.apiKey }]])];
  console.log(event.properties?.plan, "region" in settings);
  leaked = await cache.load("key", 60, async () => 1);
  await send("https://api.example.com/a", settings);
  throw new RetryError("late");
}
"""
WATCH = {
    "reads": True,
    "settings": {"1": {"apiKey": "other-key"}},
    "answers": {},
    "names": ["kept", "send", "event"],
    "kept": ["first-key", "other-key"],
    "assigned": ["leaked"],
}


def test_what_a_call_does_is_seen_where_it_does_it(run):
    first, second = run(CODE, TRACK, TRACK, settings={"apiKey": "first-key"}, watch=WATCH)
    seen = first["seen"]
    assert seen["requests"] == [[[3, 9, "send"], [9, 9, "onTrack"]]]
    assert seen["logs"] == [[[7, 11, "onTrack"]]]
    assert seen["threw"] == [[10, 9, "onTrack"]]
    assert seen["lives"] == [[60, [[8, 24, "onTrack"]]]]
    assert seen["placed"] == {"leaked": [[8, 10, "onTrack"]]}
    assert seen["added"] == ["leaked"]
    assert seen["settings"] == [[["apiKey"], True], [["region"], False]]
    assert seen["event"] == [[["properties"], False]]
    assert (seen["keeping"], second["seen"]["keeping"]) == ([["kept", 0]], [["kept", 1]])
    assert second["requests"][0]["headers"]["authorization"] == "other-key"


def test_only_who_asks_is_watched(run):
    (result,) = run(CODE)
    assert "seen" not in result
