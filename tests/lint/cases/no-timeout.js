async function onTrack(event, settings) {
  const response = await fetch("https://api.example.com/track", {
//                       ^^^^^ F106 no-timeout: give fetch `timeout: 4000`
    method: "POST",
    body: JSON.stringify({ id: event.messageId, name: event.event }),
    redirect: "manual",
// right:    redirect: "manual",
// right:    timeout: 4000,
  }).catch(() => {
    throw new RetryError("no answer");
  });
  if (response.status === 429 || response.status >= 500) throw new RetryError("busy");
  if (!response.ok) throw new InvalidEventPayload(`status ${response.status}`);
}
