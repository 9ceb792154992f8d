async function onTrack(event, settings) {
  const body = JSON.stringify({ id: event.messageId, name: event.event });
  const options = { method: "POST", body, timeout: 4000 };
  const response = await fetch("https://api.example.com/track", options).catch(() => {
//                       ^^^^^ F102 failure-hidden: after 400, 401, 403, 404 or 422 the event counts as delivered
    throw new RetryError("no answer");
  });
  if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
  if (!response.ok) console.warn("status", response.status);
// right:  if (!response.ok) throw new InvalidEventPayload(`status ${response.status}`);
}
