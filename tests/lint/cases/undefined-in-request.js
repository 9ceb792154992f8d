async function onIdentify(event, settings) {
  const user = encodeURIComponent(event.userId);
// right:  const user = encodeURIComponent(event.userId ?? event.anonymousId ?? "nobody");
  const options = { method: "PUT", timeout: 4000, headers: { "X-Plan": event.traits?.plan } };
// right:  const options = { method: "PUT", timeout: 4000 };
  const response = await fetch(`https://api.example.com/people/${user}`, options).catch((error) => {
//                       ^^^^^ F161 undefined-in-request: the header x-plan says "undefined" for an event without `traits`
//                       ^^^^^ F174 illegal-header: `traits.plan` stands in a header
    throw error.name === "FetchError" ? new RetryError("no answer") : error;
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
