// The usual shape: await, a look at the status, RetryError for what may pass.
const ENDPOINT = "https://api.example.com/v1/events";

async function send(event, settings) {
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers: { Authorization: `Bearer ${settings.apiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: event.event, user: event.userId, at: event.timestamp }),
  });
  if (response.status >= 500 || response.status === 429) {
    throw new RetryError(`Failed with ${response.status}`);
  }
  if (!response.ok) throw new InvalidEventPayload(`${response.status} ${response.statusText}`);
  return response.json();
}

async function onTrack(event, settings) {
  if (!event.event) throw new InvalidEventPayload("no event name");
  const answer = await send(event, settings);
  console.log("sent", answer);
}

async function onIdentify(event, settings) {
  await send({ ...event, event: "identify" }, settings);
}

async function onDelete() {
  throw new EventNotSupported("delete is not supported");
}
