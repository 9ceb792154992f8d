const PLANS = { pro: "large" };

async function onIdentify(event) {
  const plan = event.traits?.plan ? PLANS[event.traits.plan] : "no";
// right:  const plan = PLANS[event.traits?.plan] ?? "no";
  const response = await fetch("https://api.example.com/people", {
//                       ^^^^^ F161 undefined-in-request: the body's `text` says "undefined" for an event whose `traits.plan` is "pro-seg/fn?of=lint"
    method: "PUT",
    body: JSON.stringify({ id: event.userId, text: `has ${plan} plan` }),
    redirect: "manual",
    timeout: 4000,
  }).catch((error) => {
    throw error.name === "FetchError" ? new RetryError("no answer") : error;
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
