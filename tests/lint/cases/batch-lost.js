async function onTrack(event, settings) {
  if (!event.userId) throw new InvalidEventPayload("userId is missing");
  await send("POST", "track", { id: event.messageId, user: event.userId });
}

async function onBatch(events, settings) {
//             ^^^^^^^ F143 batch-lost: return a status for each event
  await Promise.all(events.map((event) => onTrack(event, settings)));
// right:  const one = (event) => onTrack(event, settings).then(() => ({ status: 200 }), told);
// right:  return Promise.all(events.map(one));
}

function told(error) {
  return { status: error.name === "RetryError" ? 500 : 400, errormessage: error.message };
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
