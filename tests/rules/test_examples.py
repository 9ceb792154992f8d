"""The examples in the page of a code: the first is wrong in just that way, the last is right.

Values, conditions and directives (E, Q, K) are judged in tests/unit/test_values.py; changes (D)
take two versions of a mapping. Functions written by hand (F) are judged in tests/lint.
"""

from __future__ import annotations

import re
import shlex
from inspect import cleandoc
from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner
from marks import printed

from generator.catalogue import all_codes
from generator.cli import main
from generator.model import SECTIONS

NOT_RUN = {
    "not-utf8": "a page is UTF-8 itself",
    "refused-character": "it is shown by its name",
    "too-large": "16 MiB teach nobody",
    "nested-too-deep": "65 brackets teach nobody",
    "empty-file": "what is empty cannot be put anywhere",
    "same-name": "it takes two mappings",
    "uncovered-route": "it takes a mapping and its fixtures",
    "broken-provider": "a fragment of a folder",
    "engines-differ": "it takes Node.js",
}
ALL = [code for code in all_codes() if code.code[0] not in "EQKDF" and code.slug not in NOT_RUN]
MAPPING = "version: 1\nprovider: novu\ntrack:\n  User Registered: welcome\n"
FIXTURE = """\
- name: a new user is welcomed
  event: { type: track, event: User Registered, userId: u1, messageId: m1 }
  expect:
    outcome: delivered
"""
EVENT = '{"type": "track", "event": "User Registered", "userId": "u1", "messageId": "m1"}\n'
TOP = {"version", "provider", "name", "settings", "options", "defaults", "when", *SECTIONS}
ROUTE = {"workflow", "topic", "credentials", "preferences"}


def blocks(code):
    return re.findall(r"^```(\w+)\n(.*?)^```$", cleandoc(code.doc), re.MULTILINE | re.DOTALL)


CODES = [code for code in ALL if blocks(code)[0][0] not in {"console", "text"}]


@pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.slug)
def test_a_page_has_a_wrong_and_a_right_example(code):
    assert len(blocks(code)) >= 2


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.slug)
def test_the_first_example_is_wrong_and_the_last_is_right(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = blocks(code)
    assert [found(code, *told[0]), found(code, *told[-1])] == [{code.slug}, set()]


def found(code, kind, text):
    """What segfn says about an example that is put where it belongs."""
    files = {"mappings/novu.yaml": MAPPING, "events.ndjson": EVENT}
    command = "validate --format json"
    match kind, code.code[0]:
        case "yaml", "T":
            files["mappings/novu.fixtures.yaml"] = fixtures(text)
            command = "test --format json" if code.code >= "T110" else command
        case "yaml", "G":
            files["mappings/novu.yaml"] = mapping(text)
            command = "generate --format json"
        case "yaml", _:
            files["mappings/novu.yaml"] = mapping(text)
        case "toml", _:
            files["segfn.toml"] = text
            command = "validate"
        case "js", "I":
            files["mine.js"] = text
            command = "import function mine.js --out x.yaml --force --format json"
        case "js", _:
            files["mine.js"] = text
            command = "run mine.js --events events.ndjson"
        case "json", "I":
            files["export.json"] = text
            command = "import actions export.json --out x.yaml --force --format json"
        case "json", _:
            files["events.ndjson"] = EVENT + text
            command = "run mappings/novu.yaml --events events.ndjson --set apiKey=k"
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")
    ran = CliRunner().invoke(main, shlex.split(command))
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return {finding.code.split()[1] for finding in printed(ran.stdout, ran.stderr)}


def mapping(text):
    """A whole mapping around a fragment."""
    first = re.match(r"[^:]*", text)[0]
    section = ("identify",) if "traits." in text else ("track", "Example Sent")
    if text.startswith("- ") or first in ROUTE:
        text = below(section, text)
    elif first == "subscriber":
        text = below(["identify"], text)
    elif first == "payload":
        text = below([*section, "workflow"], f"name: example\n{text}")
    elif first[:1].isupper():
        text = below(["track"], text)
    elif first not in TOP:
        text = below([*section, "workflow"], f"name: example\npayload:\n{indent(text, '  ')}")
    if "version:" in text:
        return text
    provider = "" if "provider:" in text else "provider: novu\n"
    more = "" if "track:" in text or "identify:" in text or "page:" in text else "track:\n  A: a\n"
    return f"version: 1\n{provider}{text}{more}"


def fixtures(text):
    """A whole file of fixtures around a fragment."""
    if text.startswith("absent:"):
        text = FIXTURE + indent(text, "    ")
    if text.startswith("- "):
        text = below(["fixtures"], text)
    if "fixtures:" not in text:
        text += below(["fixtures"], FIXTURE)
    return text if "settings:" in text else f"settings:\n  apiKey: k\n{text}"


def below(keys, text):
    for key in reversed(keys):
        text = f"{key}:\n{indent(text, '  ')}"
    return text
