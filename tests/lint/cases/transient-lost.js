async function onTrack(event, settings) {
  try {
    const response = await fetch("https://api.example.com/track", {
//                         ^^^^^ F101 transient-lost: after 429, 500, 503, a refused connection or a lost connection it is discarded
      method: "POST",
      body: JSON.stringify({ id: event.messageId, name: event.event }),
      timeout: 4000,
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
// right:    const { status } = response;
// right:    if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
// right:    if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
  } catch (error) {
    throw new InvalidEventPayload("not sent");
// right:    throw error.name === "FetchError" ? new RetryError("no answer") : error;
  }
}
