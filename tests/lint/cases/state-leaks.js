let profile = null;

async function onIdentify(event, settings) {
  if (profile === null) profile = { id: event.userId, plan: event.traits?.plan };
// right:  const profile = { id: event.userId, plan: event.traits?.plan };
  await send("PUT", "people", profile);
}

async function send(method, path, body) {
  const options = { method, body: JSON.stringify(body), timeout: 4000 };
  const response = await fetch(`https://api.example.com/${path}`, options).catch(() => {
//                       ^^^^^ F121 state-leaks: this request depends on the user of the call before
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
