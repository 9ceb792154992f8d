"""What is written as YAML is read again as it was, by our reader and by PyYAML."""

from __future__ import annotations

from random import Random

import yaml
from reference.generators import random_json
from yamllint import linter
from yamllint.config import YamlLintConfig

from generator import source, yaml_text
from generator.diagnostics import Report

LINT = YamlLintConfig(
    "{extends: default, rules: {document-start: disable, line-length: disable, "
    "braces: {max-spaces-inside: 1}}}"
)
LONG = "properties.total >= 100 and " * 6 + "!(properties.plan = 'free')"


def documents():
    """Maps of hostile texts, nested, long and short."""
    for index in range(400):
        rng = Random(f"yaml/{index}")
        found = random_json(rng, 4)
        yield {"value": whole(found), "when": LONG[: rng.randrange(len(LONG))].strip(), "- x": 1}


def whole(value):
    """A value without halves of surrogate pairs, which no YAML holds, and without big numbers."""
    match value:
        case str():
            return "".join(sign for sign in value if not 0xD800 <= ord(sign) <= 0xDFFF)
        case list():
            return [whole(part) for part in value]
        case dict():
            return {whole(key): whole(part) for key, part in value.items()}
        case int() | float() if abs(value) >= 2**53 or value == 0:
            return 7
    return value


def test_what_is_written_is_read_again():
    for told in documents():
        text = yaml_text.document(["A comment: #1"], told)
        report = Report()
        document = source.parse(text, "x.yaml", report)
        assert list(report) == [], text
        assert source.to_data(document.root) == told
        assert yaml.safe_load(text) == told, text
        assert [str(problem) for problem in linter.run(text, LINT)] == [], text


def test_a_comment_cannot_be_left():
    told = {"a": yaml_text.Remark(1, ("x\nb: 2", "y\u2028b: 2", "word " * 60))}
    text = yaml_text.document([], told)
    assert yaml.safe_load(text) == {"a": 1}
    assert max(map(len, text.splitlines())) < 100
