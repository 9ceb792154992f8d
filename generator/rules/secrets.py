"""Secrets: written in YAML, or sent where they do not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import SECRETS, error
from generator.model import Literal, Path, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report, Span
    from generator.model import Mapping, Route
    from generator.providers import Provider

SECRET_IN_MAPPING = error(
    "L105",
    "secret-in-mapping",
    """A text in the mapping looks like a key, a token or a password.

    A mapping is kept in a repository and copied into a file that people read. A secret is a
    setting of the function: Segment hides it.

    ```yaml
    payload:
      token: sk_live_0123456789abcdef     # wrong
    ```

    ```yaml
    provider: http
    settings:
      token:
        label: Token of the shop
        sensitive: true
    track:
      Order Completed:
        request:
          url: https://shop.example.com/orders
          auth:
            bearer: $settings.token
    ```
    """,
)
SENSITIVE_SETTING = error(
    "L106",
    "sensitive-setting",
    """A sensitive setting is sent in a field that is not made for it.

    What is sent in a payload is stored and shown by the provider.

    ```yaml
    payload:
      key: $settings.apiKey               # wrong
    ```

    A setting that is no secret is declared without `sensitive: true`.

    ```yaml
    settings:
      environment:
        label: Environment
    track:
      User Registered:
        workflow:
          name: welcome
          payload:
            environment: $settings.environment
    ```
    """,
)


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Look at every literal and at every setting that is read."""
    for part in walk((mapping.when, *((route.fields, route.when) for route in mapping.routes()))):
        if isinstance(part, Literal) and part.span and SECRETS.search(part.json):
            report.add(
                SECRET_IN_MAPPING,
                part.span,
                "this text looks like a secret",
                help="make it a sensitive setting, and change the secret",
            )
    sensitive = {setting.name for setting in mapping.settings if setting.sensitive}
    renamed = dict(mapping.renamed)
    sensitive -= {renamed.get(name, name) for name in provider.expressible}
    for route in mapping.routes():
        allowed = set(_allowed(route, provider))
        for part in walk((route.fields, route.when)):
            if isinstance(part, Path) and part.root == "settings" and part.span:
                name = part.keys[0] if part.keys else None
                if part.span in allowed and name is not None:
                    continue
                if name in sensitive or (name is None and sensitive):
                    report.add(
                        SENSITIVE_SETTING,
                        part.span,
                        f"{part.written} is sensitive and would be sent to {provider.title}",
                        help="send something else"
                        if name in renamed.values()
                        else "send something else, or declare the setting as not sensitive",
                    )


def _allowed(route: Route, provider: Provider) -> Iterator[Span]:
    """The places of a route where a sensitive setting may be sent."""
    action = provider.action(route.action)
    for field in route.fields:
        spec = action.field(field.name) if action else None
        if spec is None or not spec.secrets:
            continue
        for part in [field.value] if spec.secrets == "alone" else walk(field.value):
            if isinstance(part, Path) and part.span is not None:
                yield part.span
