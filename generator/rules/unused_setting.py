"""Settings that nothing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import warning
from generator.model import Path, walk

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider

NEEDS_WHOLE = True
UNUSED_SETTING = warning(
    "L107",
    "unused-setting",
    """A setting is declared and never read.

    Whoever sets up the function has to fill it in for nothing.

    ```yaml
    settings:
      environment:               # nothing reads it
        label: Environment
    ```

    ```yaml
    settings:
      environment:
        label: Environment
    when: properties.environment = settings.environment
    ```
    """,
)


def check(mapping: Mapping, provider: Provider, report: Report) -> None:  # noqa: ARG001
    """Compare the mapping's own settings with those that values and conditions read."""
    if not any(setting.span for setting in mapping.settings):
        return
    parts = walk((mapping.when, mapping.sections))
    paths = [part for part in parts if isinstance(part, Path) and part.root == "settings"]
    read = {path.keys[0] for path in paths if path.keys}
    everything = any(not path.keys for path in paths)
    own = set(dict(mapping.renamed).values())
    for setting in mapping.settings:
        if setting.name not in read | own and not everything and setting.span is not None:
            report.add(
                UNUSED_SETTING,
                setting.span,
                f'the setting "{setting.name}" is never read',
                help="remove it, or read it as $settings." + setting.name,
            )
