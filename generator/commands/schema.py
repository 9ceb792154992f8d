"""Print a JSON Schema, for editors and other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.diagnostics import Report

if TYPE_CHECKING:
    from generator.commands._session import Session

HOME = Path(__file__).parents[1] / "schemas"
NAMES = ["mapping", *sorted({path.stem for path in HOME.glob("*.json")} - {"mapping"})]


@click.command()
@click.argument("name", type=click.Choice(NAMES), default="mapping")
@click.pass_obj
def command(session: Session, name: str) -> Report:
    """Print the JSON Schema (draft-07) of a kind of file, by default that of a mapping.

    That of a mapping knows every provider, the project's own too. An editor with the YAML
    language server takes it from the mapping's first line:

    \b
    # yaml-language-server: $schema=mapping.schema.json
    """  # noqa: D301 - click's mark for lines that stay as they are
    from generator import providers, published  # noqa: PLC0415 - slow to import

    report = Report()
    if name == "mapping":
        known = providers.load_all(session.project.root, report)
        made = published.mapping(known)
    else:
        made = published.other(name)
    session.show(report, err=True)
    if not report.failed:
        session.out(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
    return report
