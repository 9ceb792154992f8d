"""Hashes, buffers and the console as Python and Node.js have them."""

# ruff: noqa: E501 - a piece of JavaScript reads best on one line

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sandbox.runtime import Job, Runtime

HASHES = ["md5", "sha1", "sha256", "sha512"]
ANSWER = """
  async function onTrack(event) {{
    const answer = (input) => {{ {body} }};
    const found = event.inputs.map(answer);
    await fetch("https://a.b/", {{ method: "POST", body: JSON.stringify(found) }});
  }}
"""
TEXTS = st.lists(st.text(max_size=200), min_size=20, max_size=20)


@pytest.fixture(scope="module")
def answers():
    """What a piece of code returns for each input."""
    with Runtime() as runtime:

        def ask(body, inputs):
            job = Job(code=ANSWER.format(body=body))
            (result,) = runtime.run(job, [{"type": "track", "inputs": inputs}])
            assert result["outcome"] == "delivered", result["error"]
            return json.loads(result["requests"][0]["body_text"])

        yield ask


@settings(max_examples=25, deadline=None)
@given(texts=TEXTS, key=st.text(max_size=150))
def test_hashes_are_those_of_hashlib(answers, texts, key):
    body = f"""
      const [text, key] = input;
      return {json.dumps(HASHES)}.flatMap((name) => [
        crypto.createHash(name).update(text).digest("hex"),
        crypto.createHmac(name, key).update(text.slice(0, 3)).update(text.slice(3)).digest("base64"),
      ]);
    """
    expected = [
        [
            digest
            for name in HASHES
            for digest in (
                hashlib.new(name, text.encode()).hexdigest(),
                base64.b64encode(hmac.new(key.encode(), text.encode(), name).digest()).decode(),
            )
        ]
        for text in texts
    ]
    # A pair of surrogates that is cut hashes as two U+FFFD, in Node.js too.
    whole = [
        place for place, text in enumerate(texts) if all(ord(letter) < 0x10000 for letter in text)
    ]
    found = answers(body, [[text, key] for text in texts])
    assert [found[place] for place in whole] == [expected[place] for place in whole]


@pytest.mark.parametrize("length", [0, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 1000])
def test_hashes_pad_at_every_edge(answers, length):
    text = "x" * length
    body = f"return {json.dumps(HASHES)}.map((name) => crypto.createHash(name).update(input).digest('hex'))"
    assert answers(body, [text]) == [
        [hashlib.new(name, text.encode()).hexdigest() for name in HASHES]
    ]


def test_hashes_say_what_node_says(value):
    body = """
      const message = (run) => { try { return run() } catch (error) { return `${error.code} ${error.message}` } };
      const hash = crypto.createHash("sha256");
      hash.update("a").digest();
      return [
        message(() => hash.update("b")),
        message(() => crypto.createHash("sha256").update(undefined)),
        message(() => crypto.createHash("nonsense")),
        crypto.createHash("SHA256").update("a").digest().length,
        crypto.createHash("sha256").update(Buffer.from("ff", "hex")).digest("base64url"),
        crypto.createHash("sha256").update("ff", "hex").copy().digest("base64url"),
      ];
    """
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"\xff").digest()).decode().rstrip("=")
    assert value(body) == [
        "ERR_CRYPTO_HASH_FINALIZED Digest already called",
        'ERR_INVALID_ARG_TYPE The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received undefined',
        "undefined Digest method not supported",
        32,
        digest,
        digest,
    ]


def test_the_rest_of_crypto_is_unavailable(track):
    result = track("crypto.createSign('RSA-SHA256')")
    assert result["error"]["message"].startswith("crypto.createSign is not available")
    assert track("crypto.createHash('sha3-256')")["outcome"] == "unavailable"


@settings(max_examples=25, deadline=None)
@given(inputs=st.lists(st.binary(max_size=100), min_size=20, max_size=20))
def test_bytes_become_text_as_in_python(answers, inputs):
    body = """
      const buffer = Buffer.from(input, "hex");
      return ["hex", "base64", "base64url", "latin1", "utf8"].map((form) => buffer.toString(form));
    """
    expected = [
        [
            data.hex(),
            base64.b64encode(data).decode(),
            base64.urlsafe_b64encode(data).decode().rstrip("="),
            data.decode("latin1"),
            data.decode("utf-8", "replace"),
        ]
        for data in inputs
    ]
    assert answers(body, [data.hex() for data in inputs]) == expected


@settings(max_examples=25, deadline=None)
@given(texts=TEXTS)
def test_text_becomes_bytes_and_returns(answers, texts):
    body = """
      return ["utf8", "utf16le"].map((form) => Buffer.from(input, form).toString(form)).concat(
        Buffer.from(input).toString("hex"),
        Buffer.from(Buffer.from(input).toString("base64"), "base64").toString(),
        atob(btoa(input)),
      );
    """
    expected = [
        [
            text,
            text,
            text.encode().hex(),
            text,
            bytes(byte for byte in text.encode("utf-16-le")[::2]).decode("latin1"),
        ]
        for text in texts
    ]
    assert answers(body, texts) == expected


def test_buffers_do_what_old_code_expects(value):
    body = """
      const one = Buffer.from("abc");
      return [
        Buffer.isBuffer(one), one instanceof Buffer, one instanceof Uint8Array, one.length,
        Buffer.concat([one, new Buffer("d")]).toString(), one.slice(1).toString(), one.equals(Buffer.from([97, 98, 99])),
        Buffer.byteLength("é"), Buffer.alloc(3, "ab").toString(), JSON.stringify(Buffer.from("a")),
        Buffer.from(JSON.parse('{"type":"Buffer","data":[98]}')).toString(), `${one}`, Buffer.compare(one, one),
      ];
    """
    assert value(body) == [
        *(True, True, True, 3, "abcd", "bc", True, 2, "aba"),
        *('{"type":"Buffer","data":[97]}', "b", "abc", 0),
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("console.log('a', 1, null, undefined, true, 5n, -0)", "a 1 null undefined true 5n -0"),
        (
            "console.log({ a: 'x', 'b c': [1, [2, [3, [4]]]] })",
            "{ a: 'x', 'b c': [ 1, [ 2, [Array] ] ] }",
        ),
        (
            "console.log([], {}, new Map([['k', 1]]), new Set([1]))",
            "[] {} Map(1) { 'k' => 1 } Set(1) { 1 }",
        ),
        ("const a = {}; a.me = a; console.log(a)", "{ me: [Circular *1] }"),
        ("console.log(new TypeError('no'))", "TypeError: no"),
        ("console.log('%s is %d of %j%%', 'a', 5, { b: 1 }, 'rest')", 'a is 5 of {"b":1}% rest'),
        (
            "console.log(new Date(0), /x/g, () => 1, class A {})",
            "1970-01-01T00:00:00.000Z /x/g [Function (anonymous)] [Function: A]",
        ),
        ("console.log(Symbol('s'), Promise.resolve(1))", "Symbol(s) Promise { <pending> }"),
    ],
)
def test_the_console_prints_as_node_does(track, code, text):
    assert track(code)["logs"] == [{"level": "log", "text": text}]


def test_the_console_has_levels(track):
    body = (
        "for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace']) console[name](name)"
    )
    levels = [log["level"] for log in track(body)["logs"]]
    assert levels == ["log", "info", "warn", "error", "debug", "error"]
