"""Providers: folders of data and templates, read into values.

A provider is `templates/providers/<name>/`. A project may keep its own beside ours; its
`templates/` folder is looked at first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from generator import schema, source
from generator.diagnostics import Report, Span, did_you_mean, error
from generator.expressions.scope import Scope
from generator.model import Setting
from generator.source import MapNode
from generator.types import ANY, SCALARS, FieldSpec, Type
from generator.values import read_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from generator.model import Json

UNKNOWN_PROVIDER = error(
    "P101",
    "unknown-provider",
    """There is no provider of this name.

    `segfn providers` lists those that there are. A project can add its own as a folder
    `templates/providers/<name>/`.

    ```yaml
    provider: Novu            # wrong: names are lower case
    ```

    ```yaml
    provider: novu
    ```
    """,
)
BROKEN_PROVIDER = error(
    "P102",
    "broken-provider",
    """A provider's folder does not hold together.

    A type or a set of fields is named that is not there, or a template or helper file is
    missing.

    ```yaml
    actions:
      message:
        summary: Send a message
        fields:
          to: { type: emial }      # wrong: no such type or shape
    ```

    ```yaml
    actions:
      message:
        summary: Send a message
        fields:
          to: { type: email }
    ```
    """,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """What whoever uses an action or option should know: a warning."""

    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Option:
    """An option that only one provider has; its caution is about any value but the default."""

    name: str
    type: str
    default: Json
    description: str
    choices: tuple[str, ...] = ()
    caution: Caution | None = None


@dataclass(frozen=True, slots=True)
class Dedupe:
    """Where a request carries its key, and what the provider does with a key it has seen.

    Either `header` or `field` is set. `window` is how long a key is known, as `24h`, empty for
    ever; `repeated` the status of a request whose key is known, None for that of the first;
    `keeps_failures` says that a first answer is kept even if it was a failure.
    """

    header: str = ""
    field: str = ""
    window: str = ""
    repeated: int | None = None
    keeps_failures: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What a route can ask of a provider: one kind of call."""

    name: str
    summary: str
    fields: tuple[FieldSpec, ...]
    main: str | None = None
    docs: str = ""
    profile: bool = False
    keyed: bool = False
    caution: Caution | None = None
    dedupe: Dedupe | None = None

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name."""
        return next((spec for spec in self.fields if spec.name == name), None)


@dataclass(frozen=True, slots=True)
class Statuses:
    """What a status means: see `provider.json`."""

    retried: tuple[int, ...]
    permanent: tuple[int, ...]
    settings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider; `folder` holds its templates and `helpers/`."""

    name: str
    title: str
    summary: str
    docs: str
    settings: tuple[Setting, ...]
    expressible: tuple[str, ...]
    options: tuple[Option, ...]
    actions: tuple[Action, ...]
    default_action: str | None
    statuses: Statuses
    constants: dict[str, Json]
    responses: list[dict[str, Json]]
    folder: Traversable = field(compare=False)

    def action(self, name: str) -> Action | None:
        """The action of that name."""
        return next((action for action in self.actions if action.name == name), None)


def folders(root: Path | None) -> list[Traversable]:
    """The template folders in the order in which they are looked at."""
    own = [root / "templates"] if root is not None and (root / "templates").is_dir() else []
    return [*own, files("generator.templates")]


def names(root: Path | None = None) -> list[str]:
    """The names of all providers, sorted."""
    found = {
        folder.name
        for templates in folders(root)
        if templates.joinpath("providers").is_dir()
        for folder in templates.joinpath("providers").iterdir()
        if folder.joinpath("provider.yaml").is_file()
    }
    return sorted(found)


def load(name: str, root: Path | None, report: Report, asked: Span) -> Provider | None:
    """The provider of that name; `asked` is where it was asked for."""
    known = names(root)
    if name not in known:
        help_ = did_you_mean(name, known) or f"use one of {', '.join(known)}"
        report.add(UNKNOWN_PROVIDER, asked, f'there is no provider "{name}"', help=help_)
        return None
    homes = [templates.joinpath("providers", name) for templates in folders(root)]
    home = next(folder for folder in homes if folder.joinpath("provider.yaml").is_file())
    raw = home.joinpath("provider.yaml").read_bytes()
    provider = _READ.get((str(home), raw))
    if provider is None:
        path = f"templates/providers/{name}/provider.yaml"
        provider = _read([home, *folders(root)], raw, path, report)
    if provider is not None:
        _READ[str(home), raw] = provider
    return provider


def load_all(root: Path | None, report: Report) -> list[Provider]:
    """Every provider that can be read, sorted by name."""
    found = (load(name, root, report, Span.start_of(name)) for name in names(root))
    return [provider for provider in found if provider is not None]


_READ: dict[tuple[str, bytes], Provider] = {}
"""Providers that were read, since every mapping of a project asks for one of a few."""


def _read(homes: list[Traversable], raw: bytes, path: str, report: Report) -> Provider | None:
    """Read the first folder, whose provider.yaml holds `raw`; the others have helpers too."""
    mine = Report()
    document = source.parse(raw, path, mine, begins="`name:` and `title:`")
    if document is not None:
        schema.check(document, schema.base("provider"), mine)
    report.extend(mine.found)
    if document is None or mine.failed:
        return None
    reader = _Reader(document, report, homes)
    provider = reader.provider(homes[0])
    return None if reader.failed else provider


@dataclass(slots=True)
class _Reader:
    """Turns the data of one provider.yaml into values; the schema has judged its shape."""

    document: source.Document
    report: Report
    homes: list[Traversable]
    failed: bool = False
    data: Any = None

    def provider(self, folder: Traversable) -> Provider:
        """Read all of it."""
        data: Any = source.to_data(self.document.root)
        self.data = data
        self.whole(folder)
        statuses = data["statuses"]
        return Provider(
            name=data["name"],
            title=data["title"],
            summary=data["summary"],
            docs=data.get("docs", ""),
            settings=tuple(_setting(name, told) for name, told in data["settings"].items()),
            expressible=tuple(
                name for name, told in data["settings"].items() if told.get("expressions")
            ),
            options=tuple(
                Option(
                    name,
                    told["type"],
                    told["default"],
                    told["description"],
                    tuple(told.get("choices", ())),
                    _caution(told),
                )
                for name, told in data.get("options", {}).items()
            ),
            actions=tuple(self.action(name, folder) for name in data["actions"]),
            default_action=data.get("default_action"),
            statuses=Statuses(
                tuple(statuses["retried"]),
                tuple(statuses["permanent"]),
                tuple((int(status), hint) for status, hint in statuses["settings"].items()),
            ),
            constants=data.get("constants", {}),
            responses=data.get("responses", []),
            folder=folder,
        )

    def whole(self, folder: Traversable) -> None:
        """Report what is missing in the folder, or called by another name."""
        name, default = self.data["name"], self.data.get("default_action")
        if name != folder.name:
            message = f'the provider "{name}" is in the folder "{folder.name}"'
            self.complain(("name",), message, "give both one name")
        if not folder.joinpath("connect.js.j2").is_file():
            self.complain(("name",), "connect.js.j2 is missing", "add the file")
        if default is not None and default not in self.data["actions"]:
            near = did_you_mean(default, self.data["actions"])
            self.complain(("default_action",), f'there is no action "{default}"', near)
        self.addresses()

    def addresses(self) -> None:
        """Report an address to which the key would travel in the open."""
        known = self.data.get("constants", {}).get("BASE_URLS")
        for region, url in known.items() if isinstance(known, dict) else ():
            if not str(url).startswith("https://"):
                where = ("constants", "BASE_URLS", region)
                self.complain(where, f"{url} is no https address", "begin it with https://")

    def action(self, name: str, folder: Traversable) -> Action:
        """Read one action; its template must be there."""
        told = self.data["actions"][name]
        where = ("actions", name)
        if not folder.joinpath(f"{name}.js.j2").is_file():
            message = f'the template {name}.js.j2 of the action "{name}" is missing'
            self.complain(where, message, "add the file beside provider.yaml")
        fields = tuple(self.fields(told["fields"], (*where, "fields")))
        if "dedupe" in told and ("header" in told["dedupe"]) == ("field" in told["dedupe"]):
            message = "a key stands either in a header or in a field"
            self.complain((*where, "dedupe"), message, 'write "header" or "field"')
        main = told.get("main")
        if main is not None and main not in [spec.name for spec in fields]:
            near = did_you_mean(main, [spec.name for spec in fields])
            self.complain((*where, "main"), f'the action "{name}" has no field "{main}"', near)
        return Action(
            name,
            told["summary"],
            fields,
            main,
            told.get("docs", ""),
            told.get("profile", False),
            told.get("keyed", False),
            _caution(told),
            Dedupe(**told["dedupe"]) if "dedupe" in told else None,
        )

    def fields(self, told: Any, where: tuple[str | int, ...]) -> Iterator[FieldSpec]:  # noqa: ANN401
        """Read fields: a map, or the names of sets of fields."""
        if isinstance(told, list):
            for index, name in enumerate(told):
                known = self.data.get("objects", {})
                if name in known:
                    yield from self.fields(known[name], ("objects", name))
                else:
                    message = f'there is no set of fields "{name}"'
                    self.complain((*where, index), message, did_you_mean(name, known))
            return
        for name, field_ in told.items():
            self.default((*where, name), field_)
            yield FieldSpec(
                name=name,
                type=self.field_type(field_, (*where, name)),
                required=field_.get("required") is True,
                if_written=field_.get("required") == "written",
                description=field_.get("description", ""),
                example=field_.get("example"),
                source=field_.get("source", ""),
                instead_of=field_.get("instead_of", ""),
                literal=field_.get("literal", False),
                secrets=field_.get("secrets", ""),
                fixed_host=field_.get("fixed_host", False),
                defaults=_defaults(field_),
            )

    def field_type(self, told: Any, where: tuple[str | int, ...]) -> Type:  # noqa: ANN401
        """The type of a field, narrowed by what stands beside it."""
        found = self.type(told["type"], (*where, "type"), told.get("maximum"))
        self.pattern(where, told)
        pattern, like = told.get("pattern", found.pattern), told.get("like", found.like)
        if found.kind == "list" and found.items is not None:
            found = replace(found, items=replace(found.items, pattern=pattern, like=like))
        one_of = tuple(tuple(names) for names in told.get("one_of", ()))
        return replace(found, pattern=pattern, like=like, one_of=one_of)

    def type(self, told: Any, where: tuple[str | int, ...], maximum: int | None = None) -> Type:  # noqa: ANN401
        """Read a type."""
        match told:
            case "object":
                return Type("object", open=True)
            case "any":
                return ANY
            case str() if told in SCALARS:
                return Type(told)
            case str() if told in self.data.get("shapes", {}):
                return self.shape(told, maximum)
            case {"list": items, **rest} if not rest:
                return Type("list", items=self.type(items, (*where, "list")), maximum=maximum)
            case {"map": values, **rest} if not rest:
                return Type("object", values=self.type(values, (*where, "map")))
            case {"enum": [*choices], **rest} if not rest:
                return Type("enum", choices=tuple(map(str, choices)))
            case {"object": dict(members), **rest} if not rest:
                return Type("object", members=tuple(self.fields(members, (*where, "object"))))
        known = [*SCALARS, "object", "any", *self.data.get("shapes", {})]
        near = did_you_mean(told, known) if isinstance(told, str) else None
        self.complain(where, f"there is no type {told}", near or f"use one of {', '.join(known)}")
        return ANY

    def shape(self, name: str, maximum: int | None = None) -> Type:
        """Read a type of the provider's own."""
        told = self.data["shapes"][name]
        where = ("shapes", name)
        self.pattern(where, told)
        items = self.type(told["list"], (*where, "list")) if "list" in told else None
        file = f"{told['helper']}.js"
        if not any(home.joinpath("helpers", file).is_file() for home in self.homes):
            message = f"the helper {file} is missing"
            self.complain((*where, "helper"), message, "add the file to helpers/")
        return Type(
            "shape",
            members=tuple(self.fields(told.get("members", {}), (*where, "members"))),
            items=items,
            values=self.type(told["map"], (*where, "map")) if "map" in told else None,
            open=told.get("open", False),
            helper=told["helper"],
            profile=told.get("profile", items is not None and items.profile),
            main=told.get("main", ""),
            maximum=maximum,
            pattern=told.get("pattern", ""),
            like=told.get("like", ""),
            description=told.get("description", ""),
        )

    def pattern(self, where: tuple[str | int, ...], told: dict[str, Any]) -> None:
        """Report a pattern that cannot be read."""
        try:
            re.compile(told.get("pattern", ""))
        except re.error as wrong:
            place = (*where, "pattern")
            self.complain(place, f"the pattern cannot be read: {wrong}", "mend the expression")

    def default(self, where: tuple[str | int, ...], told: dict[str, Any]) -> None:
        """Report what is wrong in a default, which is written in the mapping language."""
        if "default" not in told:
            return
        node = self.document.at((*where, "default"))
        found = Report()
        for each in [value for _, value in node.entries] if isinstance(node, MapNode) else [node]:
            read_value(each, self.document, Scope(section=None), found)
        self.failed = self.failed or found.failed
        self.report.extend(found)

    def complain(
        self, where: tuple[str | int, ...], message: str, help_: str | None = None
    ) -> None:
        """Report a fault of the provider's folder, each once."""
        self.failed = True
        place = self.document.at(where).span
        if not any(found.span == place and found.message == message for found in self.report):
            self.report.add(BROKEN_PROVIDER, place, message, help=help_)


def _defaults(told: dict[str, Any]) -> dict[str, Json]:
    """The defaults by section; one that is not by section stands for all."""
    if "default" not in told:
        return {}
    default = told["default"]
    return default if isinstance(default, dict) else {"*": default}


def _caution(told: dict[str, Any]) -> Caution | None:
    caution = told.get("caution")
    return None if caution is None else Caution(caution["message"], caution["help"])


def _setting(name: str, told: dict[str, Any]) -> Setting:
    return Setting(
        name=name,
        type=told.get("type", "string"),
        label=told["label"],
        description=told["description"],
        required=told.get("required", False),
        sensitive=told.get("sensitive", False),
    )
