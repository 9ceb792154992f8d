async function onTrack(event, settings) {
  const name = { "Signed Up": "welcome", "Order Completed": "receipt" }[event.event];
  if (typeof name !== "string") throw new EventNotSupported(`no ${event.type} call of this name`);
  await send("POST", "trigger", { name, to: event.userId });
//      ^^^^ F111 no-dedupe-key: send a key made from `event.messageId`
// right:  await send("POST", "trigger", { name, to: event.userId, key: event.messageId });
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
