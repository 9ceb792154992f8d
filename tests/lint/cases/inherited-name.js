const WORKFLOWS = { "Signed Up": "welcome" };

async function onTrack(event, settings) {
  const name = WORKFLOWS[event.event];
// right:  const name = Object.hasOwn(WORKFLOWS, event.event) ? WORKFLOWS[event.event] : null;
  if (!name) throw new EventNotSupported("not mapped");
  await send("POST", "trigger", { name, key: event.messageId });
}

async function send(method, path, body) {
  const options = { method, body: JSON.stringify(body), timeout: 4000 };
  const response = await fetch(`https://api.example.com/${path}`, options).catch(() => {
//                       ^^^^^ F152 inherited-name: an event named "constructor" is sent
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
