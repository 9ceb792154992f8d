async function onIdentify(event, settings) {
  const response = await fetch("https://api.example.com/people", {
//                       ^^^^^ F162 object-as-body: send `JSON.stringify(...)`
    method: "PUT",
    body: { id: event.userId },
// right:    body: JSON.stringify({ id: event.userId }),
    timeout: 4000,
  }).catch(() => {
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
