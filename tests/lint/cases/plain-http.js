const URL = "http://api.example.com/groups";
// right:const URL = "https://api.example.com/groups";

async function onGroup(event, settings) {
  const options = { method: "PUT", body: JSON.stringify({ id: event.groupId }), timeout: 4000 };
  const response = await fetch(URL, options).catch(() => {
//                       ^^^^^ F166 plain-http: write `https://`
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
