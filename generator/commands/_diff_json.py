"""`segfn diff --format json`: a contract, see `segfn schema diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.reporters._shown import json_text

if TYPE_CHECKING:
    from generator.changes import Change
    from generator.commands.diff import View
    from generator.diagnostics import Span

MOST = 5
SETTING = ("name", "type", "required", "sensitive")
REQUEST = ("method", "url", "headers", "body")


def render(view: View) -> str:
    """One JSON document in ASCII."""
    return json_text(
        {
            "version": 1,
            "changes": [_change(change, view) for change in view.changes],
            "requests": [
                {
                    "event": trial.event,
                    "route": route,
                    "before": [_request(each) for each in trial.before["requests"]],
                    "after": [_request(each) for each in trial.after["requests"]],
                }
                for comparison in view.comparisons
                for route, trial in comparison.telling(MOST)
            ],
            "settings": [
                {name: getattr(each, name) for name in SETTING}
                for comparison in view.comparisons
                for each in comparison.settings
            ],
            "events": sum(comparison.tried for comparison in view.comparisons),
        }
    )


def _change(change: Change, view: View) -> dict[str, Any]:
    return {
        "class": str(change.class_),
        "privacy": bool(change.leaves),
        "kind": change.kind,
        "message": change.message,
        "before": _place(change.before),
        "after": _place(change.after),
        "fingerprint": change.fingerprint,
        "mapping": change.mapping,
        "leaves": list(change.leaves),
        "evidence": change.evidence,
        "approved": view.is_approved(change),
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"path": span.path, "line": span.line}


def _request(request: dict[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in REQUEST}
