"""docs/command-line.md: it knows every command and option, and its examples do what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import console
import pytest

from generator import cli, schema
from generator.project import OPTIONS
from generator.reporters import formats

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!^## ).*\n?)*)", PAGE, re.MULTILINE))
EXAMPLES = console.examples(PAGE)
FILES = console.files(PAGE)


def commands(group=cli.main, path=()):
    """Every command by its name: `validate`, `import function`."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands())
EVERYWHERE = [param for param in cli.main.params if param.name != "version"]
SHARED = {param.name for param in EVERYWHERE}


def own_options(command):
    """The options that only this command has."""
    return [
        param
        for param in command.params
        if isinstance(param, click.Option) and param.name not in SHARED
    ]


def names(options):
    return {name for option in options for name in (*option.opts, *option.secondary_opts)}


def rows(text):
    """The first cells of a section's tables of options."""
    found = re.findall(r"^\| (`-.+?) \| (.+) \|$", text, re.MULTILINE)
    return [
        (re.findall(r"(?<=`)--?[a-z][a-z-]*", first), f"{first} {rest}") for first, rest in found
    ]


# --- commands and options ------------------------------------------------------------------


def test_every_command_has_a_section_and_every_section_a_command():
    told = {title.removeprefix("segfn ") for title in SECTIONS if title.startswith("segfn ")}
    assert told == set(COMMANDS)


def test_the_first_table_leads_to_every_command():
    head = PAGE[: PAGE.index("\n## ")]
    assert set(re.findall(r"\(#segfn-([a-z-]+)\)", head)) == {
        name.replace(" ", "-") for name in COMMANDS
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_told(name):
    assert all(option.help for option in own_options(COMMANDS[name]))
    told = {option for options, _ in rows(SECTIONS.get(f"segfn {name}", "")) for option in options}
    assert told == names(own_options(COMMANDS[name]))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_choice_is_told(name):
    for option in own_options(COMMANDS[name]):
        if isinstance(option.type, click.Choice):
            line = next(
                line for told, line in rows(SECTIONS[f"segfn {name}"]) if option.opts[0] in told
            )
            given = re.findall(r"`(?:--[a-z-]+ )?([a-z0-9]+)`", line.split(" `--", 1)[0])
            assert set(option.type.choices) <= set(given)


def test_the_options_of_every_command_are_told():
    told = {
        option for options, _ in rows(SECTIONS["What all commands share"]) for option in options
    }
    assert told == names(EVERYWHERE) | {"--help", "-h", "--version"}


def test_no_other_option_is_spoken_of():
    known = names([option for command in COMMANDS.values() for option in own_options(command)])
    spoken = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE))
    assert spoken <= known | names(EVERYWHERE) | {"--help", "--version"}


# --- formats and keys ----------------------------------------------------------------------------


def test_every_format_of_findings_is_told():
    assert re.findall(r"^\| `([a-z]+)` \|", SECTIONS["Findings"], re.MULTILINE) == formats()


def test_every_key_of_fixtures_is_told():
    shapes = schema.base("fixtures")["definitions"]
    keys = {
        key
        for name in ("fixture", "expect", "request", "response")
        for key in shapes[name]["properties"]
    }
    told = SECTIONS["Fixtures"] + SECTIONS["segfn run"]
    assert {key for key in keys if f"`{key}`" not in told} == set()


def test_every_outcome_and_fault_is_told():
    shapes = schema.base("fixtures")["definitions"]
    words = [
        *shapes["expect"]["properties"]["outcome"]["enum"],
        *shapes["response"]["properties"]["fault"]["enum"],
    ]
    assert [word for word in words if f"`{word}`" not in SECTIONS["segfn run"]] == []


def test_every_option_of_the_project_is_told(segfn, folder):
    (block,) = re.findall(r"```toml\n(.*?)```", SECTIONS["The project's file"], re.DOTALL)
    folder.write("segfn.toml", block)
    for name, text in FILES.items():
        folder.write(name, text)
    assert segfn("validate").code == 0
    assert set(re.findall(r"^([a-z-]+) =", block, re.MULTILINE)) == set(OPTIONS)


# --- examples ------------------------------------------------------------------------------------


@pytest.fixture
def shop(folder):
    """The project of the page."""
    assert len(FILES) == 3
    for name, text in FILES.items():
        folder.write(name, text)
    return folder


@pytest.mark.skipif(console.BASH is None, reason="needs a shell")
@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_do_what_the_page_says(example, shop):
    console.run(example, shop.root)


def test_the_example_of_fixtures_passes(shop, segfn):
    (block,) = re.findall(r"```yaml\n(.*?)```", SECTIONS["Fixtures"], re.DOTALL)
    shop.write("mappings/shop.fixtures.yaml", block)
    answer = segfn("test", "--format", "json")
    assert json.loads(answer.out)["summary"] == {"passed": 3, "failed": 0}
