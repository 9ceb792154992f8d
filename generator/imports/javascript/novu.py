"""Requests to Novu as actions of the provider."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.imports.javascript.conditions import NotSaid
from generator.imports.javascript.symbols import (
    Arr,
    Choice,
    Const,
    Fallback,
    JsonText,
    Missing,
    Obj,
    Ref,
    Text,
    Unread,
    unread,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.imports.javascript.machine import Request
    from generator.imports.javascript.symbols import Value

HOLE = "\0"
"""Stands in an address for what is not a text of the code."""
SERVER = re.compile(r"(?:https?://[^/\0]*)?")
"""The beginning of an address, before its path."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An action with its fields; `lost` are members of the body that the action does not have."""

    action: str
    fields: dict[str, Value]
    lost: tuple[str, ...] = ()


@dataclass(slots=True)
class Account:
    """What all requests tell about the account: the settings for its key and its address."""

    key: str = ""
    base: str = ""
    endpoint: str = ""
    hosts: set[str] = field(default_factory=set)
    written_key: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    """A request, taken apart: `ids` are the values of the holes of its path."""

    method: str
    path: str
    ids: tuple[Value, ...]
    body: Obj


def actions(request: Request, account: Account) -> list[Sent]:
    """The actions of a request; raises NotSaid for one that Novu's provider does not have."""
    options = request.options if isinstance(request.options, Obj) else Obj()
    lost = unread(request.url) or unread(options.members.get("headers", Missing()))
    if lost is not None:
        raise NotSaid(lost.why, lost.node)
    method = _told(options.members.get("method"), "GET").upper()
    address, holes, chosen = _address(request.url)
    body = _body(options)
    if address == HOLE and isinstance(holes[0], Ref) and method == "POST":
        made = _endpoint(body)
        _learn(account, options, address, holes, chosen)
        return made
    base = re.match(rf"(https?://[^/\s{HOLE}]+|{HOLE}+)(?=/)", address)
    path = address[base.end() :] if base else address
    skipped = address[: base.end()].count(HOLE) if base else 0
    call = _Call(method, path.split("?")[0].rstrip("/"), tuple(holes[skipped:]), body)
    for methods, pattern, make in CALLS:
        if method in methods.split() and re.fullmatch(pattern, call.path):
            _learn(account, options, address, holes, chosen)
            return make(call)
    shown = address.replace(HOLE, "...")
    raise NotSaid(f"{method} {shown} is no request to Novu that segfn knows")


def _told(value: Value | None, default: str) -> str:
    return str(value.value) if isinstance(value, Const) else default


def _address(url: Value) -> tuple[str, list[Value], list[Value]]:
    """An address as a text with holes, what is in them, and what chooses the server."""
    parts = url.parts if isinstance(url, Text) else (url,)
    text, holes, chosen = "", [], []
    for part in parts:
        known = part.value if isinstance(part, Const) else None
        if not isinstance(known, str) and SERVER.fullmatch(text):
            known = _server(part)
            chosen += [part] if known is not None else []
        if isinstance(known, str):
            text += known
        else:
            text += HOLE
            holes.append(part)
    return text, holes, chosen


def _server(part: Value) -> str | None:
    """Of two servers by region the first; None where a setting alone says it."""
    if any(isinstance(one, Ref) and one.root == "event" for one in walk(part)):
        raise NotSaid("a server that the event chooses is not read")
    match part:
        case Const(str(text)):
            return text
        case Choice(_, then, _) | Fallback(Ref("settings"), then):
            return _server(then)
    return None


def _learn(
    account: Account, options: Obj, address: str, holes: list[Value], chosen: list[Value]
) -> None:
    """Remember the settings for the key and for the address."""
    headers = options.members.get("headers")
    if isinstance(headers, Obj):
        for name, told in headers.members.items():
            if name.lower() == "authorization":
                _learn_key(account, told)
    host = re.match(r"https?://([^/]+)", address)
    if host and not chosen:
        account.hosts.add(host[1])
    asked = holes[:1] if address.startswith(HOLE) else []
    asked += [part.first for part in chosen if isinstance(part, Fallback)]
    for part in chain.from_iterable(map(walk, asked)):
        if isinstance(part, Ref) and part.keys and address == HOLE:
            account.endpoint = part.keys[0]
        elif isinstance(part, Ref) and part.keys:
            account.base = part.keys[0]


def _learn_key(account: Account, told: Value) -> None:
    parts = told.parts if isinstance(told, Text) else (told,)
    for part in parts:
        if isinstance(part, Ref) and part.root == "settings" and part.keys:
            account.key = part.keys[0]
    account.written_key = account.written_key or isinstance(told, Const)


def _body(options: Obj) -> Obj:
    """The object that is sent."""
    body = options.members.get("body", Missing())
    told = body.value if isinstance(body, JsonText) else body
    if isinstance(told, Missing):
        return Obj()
    if isinstance(told, Obj) and not any(key.startswith("...") for key in told.members):
        return told
    lost = unread(told)
    if isinstance(lost, Unread) and not isinstance(told, Obj):
        raise NotSaid(lost.why, lost.node)
    raise NotSaid("the members of this body are not known")


# --- one function for each kind of request -------------------------------------------------

WORKFLOW = ("name", "to", "payload", "overrides", "actor", "tenant", "context")
PERSON = ("subscriberId", "firstName", "lastName", "email", "phone", "avatar", "locale", "timezone")
OWN = {"transactionId"}
"""What segfn makes itself."""


def _taken(action: str, body: Obj, names: tuple[str, ...], **more: Value) -> Sent:
    """An action with the members of a body that are its fields."""
    fields = {name: told for name, told in body.members.items() if name in names}
    lost = tuple(name for name in body.members if name not in (*names, *OWN))
    return Sent(action, {**more, **fields}, lost)


def _trigger(call: _Call) -> list[Sent]:
    return [_taken("workflow", call.body, WORKFLOW)]


def _bulk(call: _Call) -> list[Sent]:
    events = call.body.members.get("events")
    if not isinstance(events, Arr) or not all(isinstance(item, Obj) for item in events.items):
        raise NotSaid("the triggers of this request are not known")
    return [_taken("workflow", item, WORKFLOW) for item in events.items if isinstance(item, Obj)]


def _endpoint(body: Obj) -> list[Sent]:
    """A request whose whole address is a setting: what it is, its body tells."""
    if {"name", "to"} <= body.members.keys():
        return [_taken("workflow", body, WORKFLOW)]
    raise NotSaid("what this address takes is not known")


def _broadcast(call: _Call) -> list[Sent]:
    names = tuple(name for name in WORKFLOW if name not in {"to", "tenant"})
    return [_taken("broadcast", call.body, names)]


def _cancel(call: _Call) -> list[Sent]:
    return [Sent("cancel", {"transactionId": _id(call)})]


def _subscriber(call: _Call) -> list[Sent]:
    return [_taken("subscriber", call.body, (*PERSON, "data"))]


def _known_subscriber(call: _Call) -> list[Sent]:
    return [_taken("subscriber", call.body, (*PERSON, "data"), subscriberId=_id(call))]


def _delete(call: _Call) -> list[Sent]:
    return [Sent("delete-subscriber", {"subscriberId": _id(call)})]


def _credentials(call: _Call) -> list[Sent]:
    names = ("providerId", "integrationIdentifier", "credentials")
    operation = Const("replace" if call.method == "PUT" else "append")
    return [_taken("credentials", call.body, names, subscriberId=_id(call), operation=operation)]


def _preferences(call: _Call) -> list[Sent]:
    names = ("channels", "workflowId", "schedule")
    return [_taken("preferences", call.body, names, subscriberId=_id(call))]


def _topic(call: _Call) -> list[Sent]:
    told = next(
        (
            call.body.members[name]
            for name in ("subscriptions", "subscriberIds", "subscribers")
            if name in call.body.members
        ),
        Arr(),
    )
    leaves = call.method == "DELETE" or call.path.endswith("removal")
    return [Sent("topic", {"key": _id(call), "unsubscribe" if leaves else "subscribe": told})]


def _id(call: _Call) -> Value:
    """The id in a path: texts of the code, and what stands in its holes."""
    head, after = re.split(r"/(?:subscribers|topics|trigger)/", call.path, maxsplit=1)
    before = head.count(HOLE)
    parts: list[Value] = []
    for piece in re.findall(f"{HOLE}|[^{HOLE}]+", after.split("/")[0]):
        hole = piece == HOLE
        parts.append(call.ids[before] if hole else Const(unquote(piece)))
        before += hole
    return parts[0] if len(parts) == 1 else Text(tuple(parts))


ID = "[^/]+"
CALLS: tuple[tuple[str, str, Callable[[_Call], list[Sent]]], ...] = (
    ("POST", "/v1/events/trigger", _trigger),
    ("POST", "/v1/events/trigger/bulk", _bulk),
    ("POST", "/v1/events/trigger/broadcast", _broadcast),
    ("DELETE", f"/v1/events/trigger/{ID}", _cancel),
    ("POST", "/v[12]/subscribers", _subscriber),
    ("PATCH PUT", f"/v[12]/subscribers/{ID}", _known_subscriber),
    ("DELETE", f"/v[12]/subscribers/{ID}", _delete),
    ("PUT PATCH", f"/v[12]/subscribers/{ID}/credentials", _credentials),
    ("PATCH", f"/v[12]/subscribers/{ID}/preferences", _preferences),
    ("POST DELETE", f"/v2/topics/{ID}/subscriptions", _topic),
    ("POST", f"/v1/topics/{ID}/subscribers(?:/removal)?", _topic),
)
"""The requests that are known: methods, path, what they are."""
