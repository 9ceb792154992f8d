async function onTrack(event, settings) {
  const sentAt = new Date().toISOString();
// right:  const sentAt = event.timestamp;
  await send("POST", "trigger", { name: event.event, key: event.messageId, sentAt });
//      ^^^^ F112 changes-on-retry: is made from the clock
}

async function send(method, path, body) {
  let response;
  try {
    response = await fetch(`https://api.example.com/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual",
      timeout: 4000,
    });
  } catch (error) {
    throw new RetryError("no answer");
  }
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
