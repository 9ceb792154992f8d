const BASE = "https://api.example.com";

async function call(path, options) {
  try {
    return await fetch(BASE + path, { ...options, timeout: 4000 });
//               ^^^^^ F101 transient-lost: it counts as delivered
  } catch (error) {
    throw new RetryError("no answer");
  }
}

async function onTrack(event, settings) {
  const token = await (await call("/token", { method: "POST" })).text();
  const response = await call("/track", {
    method: "POST",
    headers: { Token: encodeURIComponent(token) },
    body: JSON.stringify({ id: event.messageId, name: event.event }),
  });
  if (response.status === 429) throw new RetryError("busy");
// right:  if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
  if (response.status >= 400 && response.status < 500) throw new InvalidEventPayload("refused");
}
