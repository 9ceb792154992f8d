const KEY = "made-up-4711";

async function onTrack(event, settings) {
  const response = await fetch("https://api.example.com/track", {
//                       ^^^^^ F107 redirect-followed: takes the key along, and the event counts as delivered
    method: "POST",
    headers: { "X-Api-Key": KEY },
    body: JSON.stringify({ id: event.messageId, name: event.event }),
    timeout: 4000,
// right:    timeout: 4000,
// right:    redirect: "manual",
  }).catch(() => {
    throw new RetryError("no answer");
  });
  if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
  if (!response.ok) throw new InvalidEventPayload(`status ${response.status}`);
}
