"""Events of a few hundred users, and what Novu must make of them."""

from __future__ import annotations

from collections import Counter
from random import Random

from novu_server import Workflow

WORKFLOWS = (
    *map(Workflow, ("welcome", "order-receipt", "vip-order", "invitation", "offer")),
    Workflow("trial-ended", status="trigger_not_active"),
)
PERMANENT = ("the workflow is not active", "it does not know the workflow")
"""Why some routes can never notify; every other route of the same event must."""
FIELDS = ("firstName", "lastName", "email")
GUESTS = [f"guest-{number}" for number in range(200)]


def events(count, seed):
    """Identify and track calls; no two identifies of a user name the same field."""
    random = Random(seed)
    users = [f"user-{number}" for number in range(max(3, count // 20))]
    told = Counter()
    for number in range(count):
        user = random.choice(users)
        event = {"messageId": f"m-{number}", "userId": user}
        if random.random() < 0.4:
            yield {**event, "type": "identify", "traits": traits(user, told[user])}
            told[user] += 1
        else:
            yield {**event, "type": "track", **tracked(random, number)}


def traits(user, turn):
    """One field of the profile, or one key of the custom data."""
    if turn >= len(FIELDS):
        return {"data": {f"key{turn}": turn}}
    name = FIELDS[turn]
    return {name: f"{user}@example.com" if name == "email" else f"{name} of {user}"}


def tracked(random, number):
    """A name with properties; `number` is how a notification is traced to its event."""
    names = ["Signed Up", "Order Completed", "Team Invited"]
    name = random.choice(names * 5 + ["Trial Ended", "Account Closed", "Ignored"])
    few = random.choices([1, 2, 150], [6, 6, 1])[0]
    members = random.sample(GUESTS, few) if name == "Team Invited" else []
    return {
        "event": name,
        "properties": {"number": number, "total": random.randrange(200), "members": members},
    }


def wanted(event):
    """The notifications that an event stands for: (workflow, subscriber)."""
    if event["type"] == "identify":
        return []
    user, properties = event["userId"], event["properties"]
    match event["event"]:
        case "Signed Up":
            return [("welcome", user)]
        case "Order Completed":
            vip = [("vip-order", user)] if properties["total"] >= 100 else []
            return [("order-receipt", user), *vip]
        case "Team Invited":
            return [("invitation", member) for member in properties["members"]]
        case "Trial Ended":
            return [("offer", user)]
    return []


def profiles(sent):
    """What the profiles must be when every one of these identifies has arrived."""
    found = {}
    for event in sent:
        if event["type"] == "identify":
            profile, data = found.setdefault(event["userId"], ({}, {}))
            told = dict(event["traits"])
            data |= told.pop("data", {})
            profile |= told
    return found
