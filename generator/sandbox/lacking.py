"""Fixtures that fail for want of a setting: told once a file, not at each expectation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Report, Span, error
from generator.source import MapNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Setting
    from generator.sandbox.fixtures import FixtureFile
    from generator.sandbox.runner import Tried

LACKS_SETTING = error(
    "T115",
    "lacks-setting",
    """Fixtures give no value to a setting that the mapping requires, so nothing is sent.

    `segfn test --update` leaves such fixtures alone. A fixture that shows what happens without
    the setting expects it: `outcome: rejected`.

    ```yaml
    settings:                         # wrong: Novu needs an apiKey
      region: eu
    ```

    ```yaml
    settings:
      region: eu
      apiKey: test-key
    ```
    """,
)


def merged(file: FixtureFile, settings: Iterable[Setting], tried: list[Tried]) -> list[Tried]:
    """The fixtures; those that fail for want of a required setting share one finding."""
    required = [setting.name for setting in settings if setting.required]
    found = [_missing(each, required) for each in tried]
    names = [name for name in required if any(name in missing for missing in found)]
    if not names:
        return tried
    finding = Report()
    number = sum(bool(missing) for missing in found)
    who = "1 fixture lacks" if number == 1 else f"{number} fixtures lack"
    what = f"the setting {names[0]}" if len(names) == 1 else f"the settings {', '.join(names)}"
    finding.add(
        LACKS_SETTING,
        _place(file),
        f"{who} {what}, which the mapping requires",
        help=f"add {', '.join(f'`{name}:`' for name in names)} to `settings` of the fixtures",
    )
    shared = list(finding)
    pairs = zip(tried, found, strict=True)
    return [replace(each, differences=shared) if missing else each for each, missing in pairs]


def _missing(tried: Tried, required: list[str]) -> list[str]:
    """The required settings for want of which a fixture fails; it must expect something."""
    if tried.passed or not isinstance(tried.fixture.expect, MapNode):
        return []
    refused = any(text.startswith("ValidationError") for text in _errors(tried.result))
    return [name for name in required if name not in tried.fixture.settings] if refused else []


def _errors(result: dict[str, Any]) -> list[str]:
    """The errors of an event or of a batch, each with its name first."""
    statuses = result["result"] if isinstance(result["result"], list) else []
    own = [result["error"]["name"]] if result["error"] else []
    return [*own, *(str(status.get("errormessage", "")) for status in statuses)]


def _place(file: FixtureFile) -> Span:
    """The key `settings` at the top of the file, or its start."""
    root = file.document.root
    key = root.key("settings") if isinstance(root, MapNode) else None
    return Span.start_of(file.document.path) if key is None else key.span
