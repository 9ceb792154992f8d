async function onTrack(event, settings) {
  const body = JSON.stringify({ id: event.messageId, name: event.event });
  const options = { method: "POST", body, timeout: 4000 };
  const response = await fetch("https://api.example.com/track", options).catch(() => {
//                       ^^^^^ F105 success-failed: after an empty 204
    throw new RetryError("no answer");
  });
  if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
  if (response.status !== 200 && response.status !== 201) {
// right:  if (!response.ok) {
    throw new InvalidEventPayload(`status ${response.status}`);
  }
}
