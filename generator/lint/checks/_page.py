"""Pages of `segfn explain` about one function: as it should be, and with one part changed."""

from __future__ import annotations

from inspect import cleandoc

CHECKED_KEY = """\
  const key = String(settings.apiKey ?? "").trim();
  if (!key) throw new ValidationError("the setting apiKey is missing");
"""
BODY = "    body: JSON.stringify({ id: messageId, name, at: timestamp }),\n"
BUSY = "  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);\n"
REFUSED = "  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);\n"
REFERENCE = f"""\
async function onTrack(event, settings) {{
{CHECKED_KEY}\
  const {{ event: name, messageId, timestamp }} = event;
  const response = await fetch("https://api.example.com/track", {{
    method: "POST",
    headers: {{ Authorization: `Bearer ${{key}}` }},
{BODY}\
    redirect: "manual",
    timeout: 4000,
  }}).catch(() => {{
    throw new RetryError("no answer");
  }});
  const {{ status }} = response;
{BUSY}{REFUSED}\
}}
"""


def page(text: str, right: str, wrong: str) -> str:
    """A page with two examples: the function with a part of it made wrong, and as it is."""
    before, after = REFERENCE.split(right)
    examples = (f"{before}{wrong}{after}", REFERENCE)
    return "\n\n".join([cleandoc(text), *(f"```js\n{example}```" for example in examples)]) + "\n"
