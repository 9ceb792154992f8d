async function onTrack(event, settings) {
  const properties = event.properties ?? {};
  switch (event.event) {
    case "Signed Up":
      return send({ name: "welcome", to: event.userId, key: event.messageId });
    case "Order Completed": {
      const items = properties.products?.map((product) => ({ sku: product?.sku }));
      return send({ name: "receipt", to: event.userId, items });
//           ^^^^ F111 no-dedupe-key: send a key made from `event.messageId`
// right:      return send({ name: "receipt", to: event.userId, items, key: event.messageId });
    }
    default:
      throw new EventNotSupported("no call of this name");
  }
}

async function send(body) {
  let response;
  try {
    response = await fetch("https://api.example.com/trigger", {
      method: "POST",
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
