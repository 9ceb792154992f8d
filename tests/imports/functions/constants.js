// Names by constants, a guard clause that throws for everything else, spread defaults, no braces.
const EVENTS = Object.freeze({ SIGNED_UP: "Signed Up", TRIAL: "Trial Ended" });
const WORKFLOWS = { [EVENTS.SIGNED_UP]: "welcome", [EVENTS.TRIAL]: "trial-ended" };
const DEFAULTS = { channel: "app", version: 2 };

function keyOf({ apiKey }) {
  if (!apiKey) throw new ValidationError("apiKey is missing");
  return apiKey;
}

async function post(path, body, settings) {
  const res = await fetch("https://api.novu.co" + path, {
    method: "POST",
    headers: { Authorization: ["ApiKey", keyOf(settings)].join(" ") },
    body: JSON.stringify(body),
  });
  if (res.ok) return res.json();
  if (res.status === 429 || res.status >= 500) throw new RetryError("later");
  throw new InvalidEventPayload(await res.text());
}

async function onIdentify({ userId, traits = {}, context }, settings) {
  if (!userId) return;
  const { email = null, plan, ...others } = traits;
  const [firstName, lastName] = [traits.firstName, traits.lastName];
  const subscriber = { subscriberId: userId, firstName, lastName, email };
  if (plan !== undefined) {
    subscriber.data = { plan: String(plan).toUpperCase() };
  }
  await post("/v1/subscribers", subscriber, settings);
}

async function onTrack(event, settings) {
  if (!Object.hasOwn(WORKFLOWS, event.event))
    throw new EventNotSupported(`nothing for ${event.event}`);
  const properties = _.omit(event.properties, ["user", "members"]);
  await post(
    "/v1/events/trigger",
    {
      name: WORKFLOWS[event.event],
      to: _.get(event, "properties.user.subscriberId") || event.userId,
      payload: { ...DEFAULTS, ...properties, source: "segment" },
    },
    settings,
  );
}

async function onScreen(event, settings) {
  await onTrack({ event: "Signed Up" }, settings);
}
