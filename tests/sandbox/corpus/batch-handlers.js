// onBatch with one status each, and the single handlers that Segment wants besides.
async function deliver(event) {
  const response = await fetch("https://api.example.com/one", {
    method: "POST",
    body: JSON.stringify({ id: event.messageId }),
  });
  return response.status;
}

async function onBatch(events) {
  const results = await Promise.allSettled(events.map(deliver));
  return results.map(({ status, value, reason }) =>
    status === "fulfilled" ? { status: value } : { status: 500, errormessage: String(reason) },
  );
}

async function onTrack(event) {
  const status = await deliver(event);
  if (status >= 500) throw new RetryError(`${status}`);
}
