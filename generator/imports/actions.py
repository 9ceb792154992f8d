"""Actions destinations as mappings: a subscription becomes the routes that its trigger asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Report, warning
from generator.imports import triggers
from generator.imports.draft import Draft, Mapping, slug
from generator.imports.targets import is_webhook, target

if TYPE_CHECKING:
    from generator.imports.placed import File
    from generator.imports.subscriptions import Destination, Subscription
    from generator.imports.targets import Target
    from generator.providers import Provider
    from generator.yaml_text import Written

LEFT_OUT = warning(
    "I101",
    "left-out",
    """A subscription of an Actions destination is not in the mapping.

    Its trigger cannot be read, or it reads rows of a warehouse (Reverse ETL), which never pass
    through a function.

    ```json
    {
      "name": "Lapsed customers",
      "modelId": "kw4bJ3QvVt3XwYz1",
      "trigger": "event = \\"new\\"",
      "settings": {"url": "https://example.com/", "data": {"id": {"@path": "$.userId"}}}
    }
    ```

    ```json
    {
      "name": "Lapsed customers",
      "modelId": "",
      "trigger": "type = \\"track\\" and event = \\"Customer Lapsed\\"",
      "settings": {"url": "https://example.com/", "data": {"id": {"@path": "$.userId"}}}
    }
    ```
    """,
)
NOT_KNOWN = warning(
    "I103",
    "not-known",
    """What an action of another destination is at this provider cannot be known.

    So a guess stands in the mapping: calls that identify keep a profile, all others trigger a
    message that is called like the subscription; a value goes into the field that has its name,
    all others together into the field for data. Only of Segment's Webhook is every field known.

    ```json
    {
      "name": "Welcome",
      "actionSlug": "sendEvent",
      "trigger": "type = \\"track\\" and event = \\"Signed Up\\"",
      "settings": {"plan": {"@path": "$.properties.plan"}}
    }
    ```

    ```json
    {
      "name": "Welcome",
      "actionSlug": "send",
      "trigger": "type = \\"track\\" and event = \\"Signed Up\\"",
      "settings": {"url": "https://example.com/", "data": {"plan": {"@path": "$.properties.plan"}}}
    }
    ```
    """,
)
SIGNATURE: Written = {
    "hmac": {"secret": "$settings.sharedSecret", "header": "X-Signature", "algorithm": "sha1"}
}
SECRET: Written = {
    "label": "Shared secret",
    "description": "The secret by which the receiver knows that a request is yours",
    "required": True,
    "sensitive": True,
}


def likely_provider(destination: Destination) -> str:
    """The provider where none is asked for: `http` for Segment's Webhook, else Novu."""
    webhooks = all(is_webhook(told.mapping or {}) for told in destination.subscriptions)
    return "http" if webhooks else "novu"


def mapping(  # noqa: PLR0913 - what a mapping is made of
    destination: Destination,
    file: File,
    provider: Provider,
    name: str,
    report: Report,
    *,
    verbatim: bool = False,
) -> Mapping:
    """The mapping of a destination; the report says what is not in it."""
    made = Mapping(provider, name, [])
    for told in destination.subscriptions:
        made.routes += _routes(told, file, provider, report, verbatim=verbatim)
    requests = [route for route in made.routes if route.action == "request"]
    if provider.name == "http" and destination.signs and requests:
        made.settings["sharedSecret"] = SECRET
        for route in requests:
            route.fields = {**(route.fields or {}), "auth": SIGNATURE}
    known = provider.name == "http" and likely_provider(destination) == "http"
    made.head = _head(destination, file, provider, known=known)
    return made


def _head(destination: Destination, file: File, provider: Provider, *, known: bool) -> list[str]:
    """What a person should know who reads the mapping for the first time."""
    of = f' (the destination "{destination.slug}")' if destination.slug else ""
    lines = [f"Made by `segfn import actions` from {file.path}{of}."]
    if not known:
        lines.append(
            f"What its actions are at {provider.title} cannot be known, so check each route: the "
            "action, the names that were made from the subscription's, and where each field "
            f"belongs. `segfn providers {provider.name}` lists what there is."
        )
    return lines


def _routes(
    told: Subscription, file: File, provider: Provider, report: Report, *, verbatim: bool
) -> list[Draft]:
    """The routes of a subscription."""
    place = file.place(told.trigger)
    if told.model:
        message = f'"{told.name}" reads rows of a warehouse, which never pass through a function'
        report.add(LEFT_OUT, place, message, help="leave it in Segment")
        return []
    if told.mapping is None:
        message = f'"{told.name}" is left out, because its mapping is no JSON'
        report.add(LEFT_OUT, place, message, help="export it again, or write its route by hand")
        return []
    condition = triggers.read(
        told.trigger, lambda start, end: file.place(told.trigger, start, end), report
    )
    if condition is None:
        message = f'"{told.name}" is left out, because its trigger cannot be read'
        report.add(LEFT_OUT, place, message, help="write its route by hand")
        return []
    routes: list[Draft] = []
    for stand in triggers.stands(condition):
        name = slug(told.name) or "message"
        found = target(provider, stand.section, told.mapping, name, verbatim=verbatim)
        remarks = (f'"{told.name}" again.',) if routes else tuple(_remarks(told, found))
        routes.append(
            Draft(
                section=stand.section,
                names=stand.names,
                action=found.action,
                fields=dict(found.fields),
                when=stand.when,
                told=stand.told,
                enabled=told.enabled,
                remarks=remarks,
                title=told.name,
            )
        )
    if routes and not (provider.name == "http" and is_webhook(told.mapping)):
        _doubt(told, routes, file, provider, report)
    return routes


def _doubt(
    told: Subscription, routes: list[Draft], file: File, provider: Provider, report: Report
) -> None:
    """Say what was made of a subscription without knowing."""
    made = []
    for route in routes:
        action = provider.action(route.action)
        main = (route.fields or {}).get(str(action.main if action else ""))
        made.append(f'{route.action} "{main}"' if isinstance(main, str) else route.action)
    report.add(
        NOT_KNOWN,
        file.place(told.name),
        f'what "{told.name}" is at {provider.title} cannot be known; it became '
        + " and ".join(dict.fromkeys(made)),
        help=f"check the route: `segfn providers {provider.name}` lists actions and fields",
    )


def _remarks(told: Subscription, found: Target) -> list[str]:
    """Where a route comes from."""
    action = f" of the action {told.action}" if told.action and told.action != told.name else ""
    lines = [f'The subscription "{told.name}"{action}: {told.trigger}']
    if found.left_out:
        lines.append(f"Left out, being settings of Segment's own: {', '.join(found.left_out)}.")
    if found.homeless:
        lines.append(f"Without a field here, so left out: {', '.join(found.homeless)}.")
    return lines
