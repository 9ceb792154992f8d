"""Settings that are missing, or not as they were meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import warning
from generator.lint.checks._page import CHECKED_KEY, page
from generator.lint.checks.requests import words_of
from generator.sandbox import secrets

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.lint.calls import Call, Frames
    from generator.lint.lab import Lab
    from generator.model import Json

UNCHECKED_SETTING = warning(
    "F131",
    "unchecked-setting",
    page(
        """A setting is not checked: where it is missing, or ends in a line break, it shows late.

        A missing key is sent as the word `undefined`; a key that was pasted with a line break makes
        `fetch` throw an error that shows the key, to everybody who sees Event Delivery. Check
        settings first, and throw ValidationError with the name of the setting.
        """,
        CHECKED_KEY,
        "  const key = settings.apiKey; // wrong: it can be missing\n",
    ),
)


def check(lab: Lab, report: Report) -> None:
    """Run every event without each setting, and with a line break behind it."""
    whole = dict(lab.bench.settings)
    names = [name for name, value in whole.items() if isinstance(value, str) and value]
    pairs = [(name, sample.event()) for name in names for sample in lab.samples]
    others: dict[int, dict[str, Json]] = {}
    for place, (name, _) in enumerate(pairs):
        others[3 * place + 1] = {key: value for key, value in whole.items() if key != name}
        others[3 * place + 2] = {**whole, name: f"{whole[name]}\n"}
    calls = lab.run([event for _, event in pairs for _ in range(3)], others=others)
    for place, (name, _) in enumerate(pairs):
        usual, without, broken = calls[3 * place : 3 * place + 3]
        told = _missing(name, usual, without) or _broken(name, str(whole[name]), broken)
        if told is not None:
            report.add(
                UNCHECKED_SETTING,
                lab.place(without, told[1]),
                told[0],
                help=f"check `settings.{name}` first, and throw ValidationError",
            )


def _missing(name: str, usual: Call, call: Call) -> tuple[str, Frames] | None:
    """What is done without a setting, unless it is refused or left out."""
    if call.error is not None and call.error[0] == "TypeError":
        return f"without `settings.{name}` this throws a TypeError: {call.error[1]}", call.origin
    for before, request in zip(usual.requests, call.requests, strict=False):
        usually = set(words_of(before))
        said = next((each for each in words_of(request) if each not in usually), None)
        if said is not None:
            return f'without `settings.{name}`, {said[0]} says "{said[1]}"', request.frames
    return None


def _broken(name: str, value: str, call: Call) -> tuple[str, Frames] | None:
    """An error that shows a key because of its line break."""
    if call.error is None or secrets.hide(call.error[1], [value]) == call.error[1]:
        return None
    thrown = call.error[0]
    return f"where `settings.{name}` ends in a line break, the {thrown} shows it", call.origin
