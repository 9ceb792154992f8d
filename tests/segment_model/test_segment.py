import itertools

import pytest

from segment_model import Clock, Segment, Thrown

HOURS = 3600.0


def event(number):
    return {"type": "track", "messageId": f"m{number}"}


def ids(events):
    return [sent["messageId"] for sent in events]


def segment(deliver, **options):
    return Segment(deliver, options.pop("clock", Clock()), **({"repeat": 0.0} | options))


def fate(result, **options):
    """The one event's fate in words, and how often it was tried."""
    destination = segment(lambda _: result, **options)
    destination.send(event(1))
    report = destination.run()
    gone = [*report.discarded, *report.undelivered]
    return (gone[0].reason if gone else "delivered"), len(report.attempts)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (None, "delivered"),
        ([{"status": 400}], "delivered"),
        (Thrown("EventNotSupported", "x"), "Unsupported Event Type: EventNotSupported: x"),
        (Thrown("InvalidEventPayload", "x"), "Message Rejected: InvalidEventPayload: x"),
        (Thrown("ValidationError", "x"), "Message Rejected: ValidationError: x"),
        (Thrown("TypeError", "x"), "Bad Request: TypeError: x"),
    ],
)
def test_a_single_handler_is_final_unless_it_asks_for_a_retry(result, expected):
    assert fate(result) == (expected, 1)


@pytest.mark.parametrize("name", ["RetryError", "Timeout", "TooManyRequests"])
def test_retries_go_on_for_about_nine_tries_in_four_hours(name):
    reason, tries = fate(Thrown(name, "later"))
    assert reason == f"{name}: later"
    assert 7 <= tries <= 12


def test_waits_double_at_random_and_end_within_four_hours():
    destination = segment(lambda _: Thrown("RetryError"), reorder=0, seed=3)
    destination.send(event(1), at=100.0)
    times = [attempt.at for attempt in destination.run().attempts]
    waits = [late - early for early, late in itertools.pairwise(times)]
    assert all(28 * 2**n <= wait <= 84 * 2**n for n, wait in enumerate(waits))
    assert 100.0 == times[0] < times[-1] <= 100.0 + 4 * HOURS


def test_an_event_recovers_when_the_destination_does():
    clock = Clock()
    broken = segment(lambda _: Thrown("RetryError") if clock() < HOURS else None, clock=clock)
    broken.send(event(1), event(2))
    assert ids(broken.run().delivered) == ["m1", "m2"]
    assert HOURS <= clock() <= 4 * HOURS


def test_more_than_five_seconds_are_a_timeout_whatever_the_answer():
    clock = Clock()
    slow = segment(lambda _: clock.advance(5.1), clock=clock)
    slow.send(event(1))
    assert slow.run().undelivered[0].reason == "Timeout: no end within 5 s"
    assert fate(None, clock=clock) == ("delivered", 1)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((status, "delivered") for status in (200, 204)),
        *((status, "discarded") for status in (302, 400, 401, 404, 409, 422, 501, 505)),
        *((status, "undelivered") for status in (408, 410, 429, 460, 500, 502, 503)),
    ],
)
def test_the_status_of_a_batch_entry_decides_for_its_event_only(status, expected):
    destination = segment(
        lambda events: [
            {"status": status if sent["messageId"] == "m2" else 200, "errormessage": "why"}
            for sent in events
        ],
        batch=20,
    )
    destination.send(event(1), event(2), event(3))
    report = destination.run()
    fates = {
        "delivered": report.delivered,
        "discarded": [dropped.event for dropped in report.discarded],
        "undelivered": [dropped.event for dropped in report.undelivered],
    }
    assert "m2" in ids(fates[expected])
    assert {"m1", "m3"} <= set(ids(report.delivered))
    assert [dropped.reason for dropped in (*report.discarded, *report.undelivered)] in (
        [],
        [f"{status}: why"],
    )


def test_only_the_failed_entries_of_a_batch_come_again():
    seen = []

    def on_batch(events):
        seen.append(sorted(ids(events)))
        return [
            {"status": 500 if len(seen) == 1 and sent["messageId"] == "m2" else 200}
            for sent in events
        ]

    destination = segment(on_batch, batch=20)
    destination.send(event(1), event(2), event(3))
    assert len(destination.run().delivered) == 3
    assert seen == [["m1", "m2", "m3"], ["m2"]]


@pytest.mark.parametrize(
    ("error", "delivered", "discarded", "undelivered"),
    [
        (None, 2, 0, 0),
        (Thrown("RetryError"), 0, 0, 2),
        (Thrown("TypeError"), 0, 2, 0),
        (Thrown("EventNotSupported"), 0, 2, 0),
    ],
)
def test_what_on_batch_throws_or_leaves_out_holds_for_the_whole_batch(
    error, delivered, discarded, undelivered
):
    destination = segment(lambda _: error, batch=20)
    destination.send(event(1), event(2))
    report = destination.run()
    counts = (len(report.delivered), len(report.discarded), len(report.undelivered))
    assert counts == (delivered, discarded, undelivered)


def test_a_batch_closes_when_full_or_after_ten_seconds():
    sizes = []
    clock = Clock()
    destination = segment(
        lambda events: sizes.append((clock(), len(events))), clock=clock, batch=20, reorder=0
    )
    destination.send(*map(event, range(45)), at=100.0)
    destination.send(event(99), at=109.0)
    destination.send(event(100), at=110.5)
    destination.run()
    assert sizes == [(100.0, 20), (100.0, 20), (110.0, 6), (120.5, 1)]


def test_some_batches_go_to_the_single_handler_one_by_one():
    batches, singles = [], []
    destination = segment(batches.append, batch=20, fallback=singles.append, alone=0.5)
    destination.send(*map(event, range(400)))
    assert len(destination.run().delivered) == 400
    assert {len(events) for events in singles} == {1}
    assert {len(events) for events in batches} == {20}
    assert len(batches) > 3
    assert len(singles) > 60


def test_some_delivered_events_come_again():
    seen = []
    destination = segment(seen.append, repeat=0.2)
    destination.send(*map(event, range(100)))
    assert len(destination.run().delivered) == 100
    assert 110 < len(seen) < 150


def test_a_delivered_event_stays_delivered_when_its_repetition_fails():
    answers = iter([None, Thrown("TypeError")])
    destination = segment(lambda _: next(answers), repeat=1.0)
    destination.send(event(1))
    report = destination.run()
    assert (len(report.delivered), len(report.discarded), len(report.attempts)) == (1, 0, 2)


def test_events_overtake_each_other_and_a_seed_repeats_the_order():
    def order(**options):
        seen = []
        destination = segment(lambda events: seen.extend(ids(events)), **options)
        for number in range(50):
            destination.send(event(number), at=float(number))
        destination.run()
        return seen

    assert order(reorder=0) == [f"m{number}" for number in range(50)]
    assert order(seed=1) == order(seed=1) != order(seed=2)
    assert sorted(order(seed=1)) == sorted(order(reorder=0)) != order(seed=1)


def test_every_delivery_gets_the_identical_payload():
    seen = []

    def spoil(events):
        seen.append(dict(events[0]))
        events[0].clear()
        return Thrown("RetryError") if len(seen) == 1 else None

    destination = segment(spoil)
    destination.send(event(1))
    assert destination.run().delivered == [event(1)]
    assert seen == [event(1), event(1)]


def test_a_run_may_stop_early_and_go_on():
    destination = segment(lambda _: None, reorder=0)
    destination.send(event(1), at=10.0)
    destination.send(event(2), at=20.0)
    early = destination.run(until=15.0)
    assert (ids(early.delivered), early.undelivered[0].reason) == (["m1"], "not tried yet")
    assert ids(destination.run().delivered) == ["m1", "m2"]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ([], "0 statuses for 1 events"),
        ([{"status": 200}] * 2, "2 statuses for 1 events"),
        ([{}], "without a status"),
        ([{"status": "200"}], "without a status"),
        ([{"status": 400, "errorMessage": "x"}], "unknown keys"),
    ],
)
def test_a_malformed_batch_answer_is_loud(answer, complaint):
    destination = segment(lambda _: answer, batch=20)
    destination.send(event(1))
    with pytest.raises(AssertionError, match=complaint):
        destination.run()


def test_a_batch_has_at_most_400_events():
    with pytest.raises(AssertionError, match="400"):
        segment(lambda _: None, batch=401)
