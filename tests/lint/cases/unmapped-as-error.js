async function onPage(event, settings) {
  switch (event.name) {
    case "Pricing":
      return send("POST", "visits", { id: event.messageId, name: event.name });
    default:
      throw new Error("this page is not tracked");
//          ^^^^^^^^^ F153 unmapped-as-error: throw EventNotSupported, or return
// right:      throw new EventNotSupported("this page is not tracked");
  }
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
