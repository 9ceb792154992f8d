async function onTrack(event, settings) {
  send("POST", "track", { id: event.messageId, name: event.event });
// right:  await send("POST", "track", { id: event.messageId, name: event.event });
}

async function send(method, path, body) {
  const options = { method, body: JSON.stringify(body), timeout: 4000 };
  const response = await fetch(`https://api.example.com/${path}`, options).catch(() => {
//                       ^^^^^ F101 transient-lost: it counts as delivered
//                       ^^^^^ F102 failure-hidden
//                       ^^^^^ F164 not-awaited: no failure is ever seen
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
