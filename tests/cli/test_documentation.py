"""`segfn explain`, `segfn schema` and `segfn providers`: documentation at hand."""

from __future__ import annotations

import json
import re
from inspect import cleandoc

import pytest
from jsonschema import Draft7Validator

from generator.catalogue import STAGES, all_codes

# --- explain -------------------------------------------------------------------------------


def test_every_code_is_documented():
    for code in all_codes():
        first, blank, *rest = cleandoc(code.doc).split("\n")
        assert re.fullmatch(r"\S.{10,120}\.", first), code
        assert blank == "", code
        example = re.search(r"^```\w+\n.+?^```$", "\n".join(rest), re.MULTILINE | re.DOTALL)
        assert example is not None, code
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code.slug), code
        assert code.code[0] in STAGES, code


def test_all_codes_are_listed_by_stage(segfn, folder):
    answer = segfn("explain")
    assert (answer.code, folder.names()) == (0, [])
    for code in all_codes():
        assert re.search(rf"^  {code.code}  {code.slug} ", answer.out, re.MULTILINE)
    assert answer.out.index("Meaning\n") < answer.out.index("Generated files\n")


@pytest.mark.parametrize(
    "asked", ["S101", "s101", "unknown-key", "S101 unknown-key", "error[S101 unknown-key]:"]
)
def test_a_code_is_found_as_it_is_pasted(segfn, asked):
    answer = segfn("explain", asked)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("# S101 unknown-key (error)\n\nA key that this place does not")


def test_a_page_on_a_terminal(segfn, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = segfn("explain", "S101", "--color", "always").out.splitlines()
    assert lines[0] == "\x1b[1mS101 unknown-key\x1b[0m \x1b[31merror\x1b[0m"
    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in lines]
    assert max(map(len, plain)) <= 60
    assert "    track:" in plain
    assert "```" not in "".join(plain)
    assert folder.names() == []


def test_no_such_code(segfn):
    answer = segfn("explain", "unknwon-key")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == 'error: there is no code "unknwon-key"\nhelp: write "unknown-key"\n'
    assert segfn("explain", "S1001").err.endswith('help: write "S101"\n')


# --- schema ----------------------------------------------------------------------------------


def test_schemas_are_schemas(segfn, folder):
    assert folder.names() == []
    for name in ("mapping", "fixtures", "provider"):
        schema = json.loads(segfn("schema", name).out)
        Draft7Validator.check_schema(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert segfn("schema").out == segfn("schema", "mapping").out


def test_the_schema_of_a_mapping_knows_the_actions(segfn, folder):
    assert folder.names() == []
    validator = Draft7Validator(json.loads(segfn("schema").out))
    mapping = {"version": 1, "provider": "novu", "track": {"A": {"workflow": {"name": "x"}}}}
    assert validator.is_valid(mapping)
    mapping["track"]["A"] = {"worklow": {"name": "x"}}
    assert not validator.is_valid(mapping)


def test_no_such_schema(segfn):
    answer = segfn("schema", "mapings")
    assert (answer.code, answer.out) == (2, "")


# --- providers ---------------------------------------------------------------------------------


def test_providers_are_listed(segfn, folder):
    answer = segfn("providers")
    assert (answer.code, folder.names()) == (0, [])
    assert "novu: Traits become subscribers, events trigger workflows\n  subscriber, workflow," in (
        answer.out
    )


def test_all_that_a_provider_can_do(segfn, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    page = segfn("providers", "novu").out
    text = " ".join(page.split())
    assert folder.names() == []
    assert re.search(r"^  apiKey +string, required, sensitive +The secret key", page, re.MULTILINE)
    assert re.search(r"^  merge_data +boolean, default true +Read", page, re.MULTILINE)
    assert "workflow: Trigger a workflow for one or more recipients (a bare text" in page
    assert re.search(r"^  to \* +recipients +A subscriberId, a map", page, re.MULTILINE)
    assert "or a list of these, sent 100 at a time. Default: $.userId." in text
    assert "$.properties in track, page, screen; $.traits in identify, group; {} elsewhere" in text
    assert "https://docs.novu.co/api-reference/events/trigger-event" in page


BARE = """\
name: bare
title: Bare
summary: Events become notes
settings: {}
statuses: { retried: [429], permanent: [501], settings: {} }
actions:
  note:
    summary: Write a note
    main: text
    caution: { message: Notes fade, help: write them twice }
    fields:
      text: { type: string, required: true }
"""
SHAPES = """\
      spots: { type: spots }
      at: { type: at, description: "{ hour }" }
objects:
  place: { town: { type: code, description: Where } }
  time: { hour: { type: number, description: When } }
shapes:
  code: { helper: asCode, like: "22350" }
  at: { helper: asObject, members: [time], description: "{ hour }" }
  spot: { helper: asSpot, main: town, members: [place] }
  spots: { helper: asSpots, list: spot }
"""


def test_a_provider_of_ones_own_with_and_without_types(segfn, folder):
    home = "templates/providers/bare"
    folder.write(f"{home}/connect.js.j2", "function connect() {}\n")
    folder.write(f"{home}/note.js.j2", "  await send(call, fields);\n")
    folder.write(f"{home}/provider.yaml", BARE)
    head = """\
Bare: Events become notes

note: Write a note
  Caution: Notes fade; write them twice.
  text *  string  Main field.
"""
    tail = "\n* required; a default stands in where a mapping does not write the field.\n"
    assert segfn("providers", "bare").out == head + tail
    for name in ("asCode", "asSpot", "asSpots"):
        folder.write(f"{home}/helpers/{name}.js", f"function {name}(value) {{ return value; }}\n")
    folder.write(f"{home}/provider.yaml", BARE + SHAPES)
    assert (
        segfn("providers", "bare").out
        == f"""\
{head}  spots   spots
  at      object  {{ hour }}.

Types
  spots  spot, or a list of spot
  spot   a text (town) or a map of town
  code   a text such as 22350
{tail}"""
    )


def test_no_such_provider(segfn):
    answer = segfn("providers", "nova")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == 'error: there is no provider "nova"\nhelp: write "novu"\n'
