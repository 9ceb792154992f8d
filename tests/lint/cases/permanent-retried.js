async function onTrack(event, settings) {
  try {
    const response = await fetch("https://api.example.com/track", {
      method: "POST",
      body: JSON.stringify({ id: event.messageId, name: event.event }),
      timeout: 4000,
    });
    if (response.status === 429 || response.status >= 500) throw new Error("busy");
// right:    if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
    if (!response.ok) throw new InvalidEventPayload(`status ${response.status}`);
  } catch (error) {
    throw new RetryError(error.message);
//        ^^^^^^^^^^^^^^ F103 permanent-retried: throw ValidationError for 401 and 403
// right:    throw error.name === "FetchError" ? new RetryError("no answer") : error;
  }
}
