async function onTrack(event, settings) {
  if ((event.event = "Order Completed")) {
//          ^^^^^^^^ F151 event-renamed: every event becomes "Order Completed"
// right:  if (event.event === "Order Completed") {
    await send("POST", "orders", { id: event.messageId, total: event.properties?.total });
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
