"""Addresses that are settings, in a mapping that lists no host for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.diagnostics import error
from generator.fields import LAST_PORT
from generator.model import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Report, Span
    from generator.model import Json, Mapping
    from generator.providers import Provider

NEEDS_WHOLE = True
UNLISTED_HOST = error(
    "L111",
    "unlisted-host",
    """An address is a setting, and the mapping does not say to which hosts it may point.

    Whoever fills in the setting decides where events go; the mapping, which is reviewed, names
    the hosts that are right.

    ```yaml
    provider: http
    settings:
      webhook: { label: Address of the webhook, sensitive: true }
    track:
      Order Completed:
        request: $settings.webhook       # wrong: any host?
    ```

    ```yaml
    provider: http
    settings:
      webhook: { label: Address of the webhook, sensitive: true }
    options:
      hosts: [hooks.slack.com]
    track:
      Order Completed:
        request: $settings.webhook
    ```
    """,
)


HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?P<port>[0-9]{1,6}))?")


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Look for addresses that are settings where no host is listed, and for what is none."""
    listed = dict(mapping.options.provider).get("hosts")
    hosts = listed.value if listed is not None else None
    if isinstance(hosts, list) and hosts:
        _check_hosts(hosts, listed.span if listed else None, report)
        return
    for route in mapping.routes():
        action = provider.action(route.action)
        for field in route.fields:
            spec = action.field(field.name) if action else None
            if spec and spec.fixed_host and isinstance(field.value, Path) and field.value.span:
                report.add(
                    UNLISTED_HOST,
                    field.value.span,
                    f"{field.value.written} may point to no host",
                    help="list its host in the option `hosts`",
                )


def _check_hosts(hosts: Iterable[Json], place: Span | None, report: Report) -> None:
    """Report what is no host, and would never be found in an address."""
    for host in hosts:
        if not isinstance(host, str) or place is None:
            continue
        found = HOST.fullmatch(host)
        if found is None or not 0 < int(found["port"] or 443) <= LAST_PORT:
            help_ = "write a host in lower case, as hooks.slack.com"
            if found is not None:
                help_ = f"write a port from 1 to {LAST_PORT}, or none"
            report.add(UNLISTED_HOST, place, f'"{host}" is no host', help=help_)
