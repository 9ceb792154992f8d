"""Addresses that are settings, in a mapping that lists no host for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import error
from generator.model import Path

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider

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


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Look for addresses that are settings where no host is listed."""
    options = dict(mapping.options.provider)
    if "hosts" in options and options["hosts"].value:
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
