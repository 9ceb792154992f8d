"""The door to Jinja: an environment in which user text cannot become code.

Everything that a template prints is either `Js`, which the emitter made, or is turned
into a JavaScript literal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2

from generator.emit.js import Js, literal, render

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def environment(folders: list[Traversable]) -> jinja2.Environment:
    """An environment whose templates are looked up in these folders, the first first."""

    def find(name: str) -> str | None:
        for folder in folders:
            file = folder.joinpath(*name.split("/"))
            if file.is_file():
                return file.read_text(encoding="utf-8")
        return None

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(find),
        autoescape=True,
        finalize=_as_code,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.clear()
    made.tests.clear()
    made.globals.clear()
    return made


def _as_code(value: Any) -> Js:  # noqa: ANN401 - whatever a template prints
    """The value itself if it is code, else its literal."""
    return value if isinstance(value, Js) else Js(render(literal(value)))
