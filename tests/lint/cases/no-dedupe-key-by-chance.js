async function onTrack(event, settings) {
  const key = crypto.randomUUID();
// right:  const key = crypto.createHash("sha256").update(event.messageId).digest("hex");
  await send("POST", "trigger", { to: event.userId, name: event.event, key });
//      ^^^^ F111 no-dedupe-key: is done twice
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
