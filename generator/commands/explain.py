"""Explain a code that stands in a message, or list them all."""

from __future__ import annotations

import re
import sys
from inspect import cleandoc
from itertools import groupby
from typing import TYPE_CHECKING

import click

from generator.commands._layout import Painter, markdown, table
from generator.commands._session import Session, is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.shell_completion import CompletionItem

    from generator.diagnostics import Code


def _complete(
    ctx: click.Context,  # noqa: ARG001 - click's interface
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """Slugs, or codes where an upper-case letter was begun with."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    from generator.catalogue import all_codes  # noqa: PLC0415

    return [
        CompletionItem(word, help=_first_line(code))
        for code in all_codes()
        for word in (code.slug, code.code)
        if word.startswith(incomplete) and (incomplete or word == code.slug)
    ]


@click.command()
@click.argument("code", required=False, nargs=-1, shell_complete=_complete)
@click.pass_obj
def command(session: Session, code: tuple[str, ...]) -> None:
    """Explain a finding by its CODE or its slug; without one, list all codes.

    \b
    segfn explain M102
    segfn explain duplicate-route
    """  # noqa: D301 - click's mark for lines that stay as they are
    paint = Painter(colour=session.colour(sys.stdout))
    lines = _page(_find(" ".join(code)), paint) if code else _list(paint)
    session.out("".join(f"{line}\n" for line in lines))


def _find(asked: str) -> Code:
    """The code that is meant; what stands in a message may be pasted whole."""
    from generator.catalogue import all_codes  # noqa: PLC0415
    from generator.diagnostics import did_you_mean  # noqa: PLC0415
    from generator.project import Unusable  # noqa: PLC0415

    known = {name: code for code in all_codes() for name in (code.code, code.slug)}
    folded = {name.lower(): code for name, code in known.items()}
    for word in re.findall(r"[a-z0-9-]+", asked.lower()):
        if word in folded:
            return folded[word]
    advice = did_you_mean(asked, known) or "see all codes with `segfn explain`"
    raise Unusable(f'there is no code "{asked}"', advice)


def _page(code: Code, paint: Painter) -> Iterator[str]:
    """The page of one code; Markdown where no person reads it."""
    doc = cleandoc(code.doc)
    if not is_terminal(sys.stdout) and not paint.colour:
        yield f"# {code} ({code.severity.value})\n\n{doc.rstrip()}"
        return
    style = "red" if code.severity.value == "error" else "head"
    yield f"{paint('bold', str(code))} {paint(style, code.severity.value)}"
    yield ""
    yield from markdown(doc.rstrip(), paint)


def _list(paint: Painter) -> Iterator[str]:
    """All codes by stage, each with its first sentence."""
    from generator.catalogue import STAGES, all_codes  # noqa: PLC0415

    for letter, codes in groupby(all_codes(), key=lambda code: code.code[0]):
        yield paint("head", STAGES.get(letter, letter))
        rows = [(code.code, code.slug, _first_line(code)) for code in codes]
        yield from table(rows, 2, paint)
        yield ""
    yield "Explain one with `segfn explain CODE`."


def _first_line(code: Code) -> str:
    return cleandoc(code.doc).split("\n", 1)[0]
