// Novu's published Segment guide as of 2026, rebuilt: one map of events, profile by POST,
// triggers without a transactionId, 429 and 5xx retried, an unmapped event an error.
const BASE_URL = "https://api.novu.co";
const WORKFLOWS = {
  "Signed Up": "welcome",
  "Order Completed": "order-receipt",
  "Team Invited": "invitation",
};

async function callNovu(path, body, settings) {
  const response = await fetch(BASE_URL + path, {
    method: "POST",
    headers: {
      Authorization: `ApiKey ${settings.apiKey}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  if (response.status === 429 || response.status >= 500) {
    throw new RetryError(`Novu answered ${response.status}`);
  }
  if (!response.ok) throw new Error(`Novu answered ${response.status}`);
}

async function onIdentify(event, settings) {
  if (!event.userId) throw new Error("userId is required");
  const { firstName, lastName, email, phone, avatar } = event.traits || {};
  const subscriber = { subscriberId: event.userId };
  for (const [key, value] of Object.entries({ firstName, lastName, email, phone, avatar })) {
    if (value !== undefined) subscriber[key] = value;
  }
  if (event.traits && event.traits.data) subscriber.data = event.traits.data;
  await callNovu("/v2/subscribers", subscriber, settings);
}

async function onTrack(event, settings) {
  if (!event.userId) throw new Error("userId is required");
  const name = WORKFLOWS[event.event];
  if (!name) throw new Error(`no workflow for ${event.event}`);
  const to = event.event === "Team Invited" ? event.properties.members : event.userId;
  await callNovu("/v1/events/trigger", { name, to, payload: event.properties }, settings);
}
