"""The whole tour: from the text of a mapping to the text of a JavaScript file."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import builder, providers, rules, schema, source, suppressions
from generator.borrowed import Lender
from generator.diagnostics import Report, Span, error, warning
from generator.source import Document, MapNode, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Json, Mapping
    from generator.project import Project
    from generator.providers import Provider

BROKEN_OUTPUT = error(
    "G901",
    "broken-output",
    """segfn made a file that V8 cannot read, so nothing is written.

    A template in the project's own `templates/` folder is the cause, or else it is a bug of
    segfn: please report it with the mapping that shows it.

    ```text
    async function {{ handler.function }}(event) {     # wrong: nothing closes the brace
    ```

    ```text
    async function {{ handler.function }}(event) {}
    ```
    """,
)
LARGE_OUTPUT = warning(
    "G902",
    "large-output",
    """The generated file has more than 2 MiB.

    Segment documents no limit, and nobody has reported a larger function: try it in a workspace
    where it does no harm, and save it there before you rely on it. Events that go to different
    teams or products are best mapped in files of their own, each a function.

    ```text
    mappings/everything.yaml        # 3,000 events
    ```

    ```text
    mappings/shop.yaml
    mappings/community.yaml
    ```

    If it is meant, say so in the first line: `# segfn: ignore[G902] it was saved and runs`.
    """,
)
LARGEST_REPORTED = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Output:
    """A generated file.

    `name` is its name without `.js`, `functions` the function of each enabled route by the
    route's identity, `responses` what the provider answers in a test where no rule does.
    """

    name: str
    text: str
    mapping: Mapping
    functions: dict[str, str]
    responses: list[dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A mapping that was read, with all that its reading needed."""

    document: Document
    provider: Provider
    mapping: Mapping


def compile_file(path: Path, project: Project, report: Report) -> Output | None:
    """Compile one mapping file; None where it has an error, which the report then holds."""
    raw = path.read_bytes()
    return compile_text(raw, os.path.relpath(path).replace(os.sep, "/"), project, report)


def compile_text(raw: bytes | str, path: str, project: Project, report: Report) -> Output | None:
    """Compile the text of a mapping that is shown as `path`."""
    with _without_collecting():
        read = read_mapping(raw, path, project, report)
        return None if read is None else emit(read, project, report)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spare Python the search for garbage cycles: a model has none, and millions of parts."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_mapping(raw: bytes | str, path: str, project: Project, report: Report) -> Compiled | None:
    """Read, check and build one mapping: every problem in one run."""
    mine = Report()
    document = source.parse(raw, path, mine)
    provider = None if document is None else _provider(document, project, mine)
    mapping = None
    if document is not None:
        known = [provider] if provider is not None else []
        lender = None if provider is None else _lender(document, provider, project)
        schema.check(document, schema.mapping_schema(known), mine, lender)
        if provider is not None:
            mapping = builder.build(document, provider, mine)
        if mapping is not None and provider is not None:
            rules.check(mapping, provider, mine)
    if document is not None:
        suppressions.apply(document, mine)
    report.extend(mine)
    if document is None or provider is None or mapping is None or mine.failed:
        return None
    return Compiled(document, provider, mapping)


def emit(
    read: Compiled, project: Project, report: Report, path: str | None = None
) -> Output | None:
    """Generate the file and let V8 parse it before anyone sees it.

    `path` is where the mapping lies, if that is not what is shown.
    """
    from generator.emit.page import page  # noqa: PLC0415 - jinja2 is slow to import
    from generator.emit.templates import BrokenTemplate  # noqa: PLC0415
    from generator.sandbox.runtime import check_syntax  # noqa: PLC0415 - so is V8

    try:
        place = _path_in(project, path or read.mapping.path)
        made = page(read.mapping, read.provider, providers.folders(project.root), place)
        broken = check_syntax(made.text)
    except BrokenTemplate as fault:
        broken = str(fault)
    if broken is not None:
        own = project.root.joinpath("templates").is_dir()
        help_ = "mend the project's own templates" if own else "report it: this is a bug of segfn"
        report.add(BROKEN_OUTPUT, Span.start_of(read.mapping.path), broken, help=help_)
        return None
    _warn_of_size(made.text, read.document, report)
    return Output(
        read.mapping.name, made.text, read.mapping, made.functions, read.provider.responses
    )


def _path_in(project: Project, path: str) -> str:
    """The path of a project's mapping from its root: the same wherever segfn is run."""
    file = Path(os.path.abspath(path))  # noqa: PTH100 - `..` goes, links stay
    inside = file.is_file() and file.is_relative_to(project.root)
    return file.relative_to(project.root).as_posix() if inside else path


def _warn_of_size(text: str, document: Document, report: Report) -> None:
    """Warn of a file that is larger than any that is known to work."""
    size = len(text.encode())
    if size > LARGEST_REPORTED:
        mine = Report()
        message = (
            f"the file has {size / 1024 / 1024:.1f} MiB; nobody has reported a larger function"
        )
        help_ = "split the mapping, or try whether Segment saves the file"
        mine.add(LARGE_OUTPUT, Span.start_of(document.path), message, help=help_)
        suppressions.apply(document, mine, made=True)
        report.extend(mine)


def _lender(document: Document, provider: Provider, project: Project) -> Lender:
    """Who knows the words of the providers that the mapping has not chosen."""
    node = document.at(["provider"])
    return Lender(provider, node.span, project.root)


def _provider(document: Document, project: Project, report: Report) -> Provider | None:
    """The provider that a mapping names."""
    root = document.root
    node = root.get("provider") if isinstance(root, MapNode) else None
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value:
        return None
    return providers.load(node.value, project.root, report, node.span)
