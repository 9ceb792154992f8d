async function onIdentify(event, settings) {
  const { email, firstName } = event.traits ?? {};
  const person = { id: event.userId, email: email ?? null, firstName: firstName || "" };
// right:  const person = { id: event.userId, email, firstName };
  const options = { method: "PUT", body: JSON.stringify(person), timeout: 4000 };
  const response = await fetch("https://api.example.com/people", options).catch(() => {
//                       ^^^^^ F165 absent-as-null: `email` is sent as null for an event without `traits.email`
//                       ^^^^^ F165 absent-as-null: `firstName` is sent as "" for an event without `traits.firstName`
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
