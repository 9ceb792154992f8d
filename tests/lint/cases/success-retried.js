async function onTrack(event, settings) {
  const body = JSON.stringify({ id: event.messageId, name: event.event });
  const options = { method: "POST", body, timeout: 4000 };
  const response = await fetch("https://api.example.com/track", options).catch(() => {
//                       ^^^^^ F104 success-retried: an empty 204, an empty 201, a 200 with HTML or a 201 that breaks off
    throw new RetryError("no answer");
  });
  if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
  if (!response.ok) throw new InvalidEventPayload(`status ${response.status}`);
  const answer = await response.json().catch(() => null);
// right:  const answer = {};
  if (answer === null) throw new RetryError("no JSON");
}
