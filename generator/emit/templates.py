"""The door to Jinja: an environment in which user text cannot become code.

Everything that a template prints is either `Js`, which the emitter made, or is turned
into a JavaScript literal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2

from generator.emit.js import Js, literal, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable


class BrokenTemplate(Exception):  # noqa: N818 - it is no error of ours
    """A template of a provider or project that cannot be rendered; the text says why."""


def rendered(jinja: jinja2.Environment, template: str, values: dict[str, Any]) -> str:
    """A rendered template; BrokenTemplate where Jinja cannot read or fill it."""
    try:
        return jinja.get_template(template).render(values)
    except jinja2.TemplateSyntaxError as broken:
        place = f"{broken.name or template}, line {broken.lineno}"
        raise BrokenTemplate(f"{place}: {broken.message}") from broken
    except jinja2.TemplateError as broken:
        raise BrokenTemplate(f"{template}: {broken.message}") from broken


def environment(folders: tuple[Traversable, ...]) -> jinja2.Environment:
    """An environment whose templates are looked up in these folders, the first first.

    It keeps the templates whose files say the same as the last time.
    """
    made = _environment(folders)
    known = made.cache if made.cache is not None else {}
    for key, template in list(known.items()):
        if not template.is_up_to_date:
            del known[key]
    return made


@lru_cache(maxsize=16)
def _environment(folders: tuple[Traversable, ...]) -> jinja2.Environment:
    """The environment of these folders, made once."""

    def read(name: str) -> str | None:
        for folder in folders:
            file = folder.joinpath(*name.split("/"))
            if file.is_file():
                return file.read_text(encoding="utf-8")
        return None

    def find(name: str) -> tuple[str, None, Callable[[], bool]] | None:
        text = read(name)
        return None if text is None else (text, None, lambda: read(name) == text)

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(find),
        auto_reload=False,
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
