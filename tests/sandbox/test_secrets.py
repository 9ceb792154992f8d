"""Secrets are found in every form, by Python and JavaScript alike."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.sandbox.runtime import Job
from generator.sandbox.secrets import hide, likely_secrets, secrets_of

SECRET = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=8, max_size=40).filter(
    lambda text: text == text.strip() and not text.isspace()
)


@settings(max_examples=200, deadline=None)
@given(secret=SECRET, before=st.text("ab:", max_size=5))
def test_no_form_of_a_secret_survives(secret, before):
    text = before + secret
    coded = base64.b64encode(text.encode()).decode()
    shown = " ".join([text, json.dumps(text), json.dumps(json.dumps(text)), quote(text, safe="")])
    hidden = hide(f"{shown} {coded}", [secret])
    assert secret not in hidden.replace("***", "")
    assert quote(secret, safe="") not in hidden
    rest = hidden.rsplit(" ", 1)[1].split("***")[0]
    whole = base64.b64decode(rest[: len(rest) // 4 * 4])
    assert len(whole) <= len(before.encode())


@pytest.mark.parametrize("user", ["", "a", "an", "ann"])
@pytest.mark.parametrize("secret", ["x", "pw", "s+/", "pa ss", "pässe", "seven77"])
def test_a_short_password_does_not_survive_in_a_header(user, secret):
    coded = base64.b64encode(f"{user}:{secret}".encode()).decode()
    shown = f"Basic {coded}, a Basic plan, {base64.b64encode(secret.encode()).decode()}"
    start, *rest = hide(shown, [secret]).removeprefix("Basic ").split("***")
    assert len(base64.b64decode(start[: len(start) // 4 * 4])) <= len(user)
    assert rest == [", a Basic plan, ", ""]
    key = base64.b64encode(f"{secret}:".encode()).decode()
    assert hide(f"Basic {key}", [secret]) == "Basic ***"


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    secrets=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=3),
    rest=st.text(max_size=20),
)
def test_python_and_javascript_hide_the_same(runtime, secrets, rest):
    texts = [*secrets, *(f"{rest}{secret}{rest}" for secret in secrets), "-".join(secrets)]
    code = "function onTrack(event) { for (const text of event.texts) console.log(text) }"
    job = Job(code=code, secrets=tuple(secrets))
    (result,) = runtime.run(job, [{"type": "track", "texts": texts}])
    found = [log["text"] for log in result["logs"]]
    assert found == [hide(text, secrets) for text in texts]


def test_settings_that_sound_like_a_secret():
    known = {"apiKey": "a", "region": "eu", "Token": "b", "my_password": "c", "clientSecret": "d"}
    assert likely_secrets(known) == ["apiKey", "Token", "my_password", "clientSecret"]


def test_secrets_are_found_in_lists_and_maps():
    told = {"key": ["one", {"a": "two", "b": 3}], "flag": True, "empty": ""}
    assert secrets_of(told, ["key", "flag", "empty", "none", "key"]) == ("one", "two", "3")
