"""What a provider's own folder warns about: actions and options with a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import warning

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider

PROVIDER_CAUTION = warning(
    "L110",
    "provider-caution",
    """The provider behaves in a way here that surprises people.

    A provider's folder says so of an action, or of a value of an option that is not the
    default. It is told once a file, where the action is first used.

    ```yaml
    provider: suprsend
    track:
      User Registered:
        event:
          name: User Registered     # SuprSend drops events of users whom it does not know
    ```

    ```yaml
    provider: suprsend
    track:
      User Registered:
        workflow: welcome           # its recipients are created
    ```

    If it is meant, say so: `# segfn: ignore[L110] our back end creates every user first`.
    """,
)


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Tell the cautions of the actions and options that a mapping uses."""
    told = set()
    for route in mapping.routes():
        action = provider.action(route.action)
        if action and action.caution and route.action_span and action.name not in told:
            told.add(action.name)
            caution = action.caution
            report.add(PROVIDER_CAUTION, route.action_span, caution.message, help=caution.help)
    written = dict(mapping.options.provider)
    for option in provider.options:
        value = written.get(option.name)
        if option.caution and value and value.span and value.value != option.default:
            caution = option.caution
            report.add(PROVIDER_CAUTION, value.span, caution.message, help=caution.help)
