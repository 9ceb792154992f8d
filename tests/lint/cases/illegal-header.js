async function onTrack(event, settings) {
  const response = await fetch("https://api.example.com/track", {
//                       ^^^^^ F174 illegal-header: `event` stands in a header
    method: "POST",
    headers: { "X-Event": event.event },
// right:    headers: { "X-Event": encodeURIComponent(event.event) },
    body: JSON.stringify({ id: event.messageId }),
    timeout: 4000,
  }).catch((error) => {
    throw error.name === "FetchError" ? new RetryError("no answer") : error;
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
