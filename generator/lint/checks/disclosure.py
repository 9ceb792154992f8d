"""What a function tells to everybody who can see Event Delivery or the logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import error, warning
from generator.lint.events import personal_texts, shown, texts
from generator.sandbox import secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report, Span
    from generator.lint.calls import Call
    from generator.lint.lab import Lab

SECRET_SHOWN = error(
    "F181",
    "secret-shown",
    """A secret setting stands in a log or in the text of an error.

    The texts of errors are shown in Event Delivery to everybody in the workspace, and logs to
    everybody who may test the function. Sensitive settings are hidden from these people on
    purpose.

    ```js
    async function onTrack(event, settings) {
      console.log("settings", settings.apiKey);           // wrong
    }
    ```

    ```js
    async function onTrack(event, settings) {
      console.log("apiKey is set:", Boolean(settings.apiKey));
    }
    ```
    """,
)
PERSONAL_DATA_SHOWN = warning(
    "F182",
    "personal-data-shown",
    """Personal data of an event stands in a log or in the text of an error.

    Segment keeps both, where a request to delete a user does not reach, and asks not to log
    personal data. Write what helps to find the event: its `messageId` and `type`.

    ```js
    async function onIdentify(event, settings) {
      console.log("identified", event.traits);            // wrong: all traits
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      console.log("identified", event.messageId);
    }
    ```
    """,
)


def check(lab: Lab, report: Report) -> None:
    """Look at the logs and the errors of all calls."""
    hidden = lab.secret()
    personal: set[str] = set()
    for sample in [*lab.samples, *lab.quiet]:
        personal |= personal_texts(sample)
    told: dict[tuple[Span, str], dict[str, None]] = {}
    for call, _ in lab.calls:
        for span, where, text in _texts(lab, call):
            if secrets.hide(text, hidden) != text:
                advice = "say which setting is wrong, never its value"
                report.add(SECRET_SHOWN, span, f"{where} shows a secret setting", help=advice)
            for path, value in texts(call.event):
                if value in personal and value in text:
                    name = shown(path[1:] if path[0].isdigit() else path)
                    told.setdefault((span, where), {})[name] = None
    for (span, where), paths in told.items():
        message = f"{where} shows {_listed(list(paths))}"
        advice = "write the event's `messageId` instead"
        report.add(PERSONAL_DATA_SHOWN, span, message, help=advice)


def _texts(lab: Lab, call: Call) -> Iterator[tuple[Span, str, str]]:
    """Every log and the error of a call: its place, what it is, what it says."""
    for text, frames in call.logs:
        yield lab.place(call, frames), "this log", text
    if call.error is not None:
        yield lab.place(call, call.origin), "this error", call.error[1]


def _listed(paths: list[str]) -> str:
    shown = ", ".join(f"`{path}`" for path in paths[:3])
    return shown if len(paths) <= 3 else f"{shown} and {len(paths) - 3} more"  # noqa: PLR2004
