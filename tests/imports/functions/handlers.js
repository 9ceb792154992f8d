// Handlers in an object, one for each event; pages by name; a workflow from a table by plan.
const BY_PLAN = { pro: "pro-welcome", enterprise: "call-me" };
const handlers = {
  "Signed Up": async (event, settings) => {
    await send(settings, { name: BY_PLAN[event.properties.plan] || "welcome", to: event.userId });
  },
  async Upgraded({ userId, properties: { plan, seats } }, settings) {
    await send(settings, { name: "upgraded", to: userId, payload: { plan, seats: Number(seats) } });
  },
};

async function send(settings, { name, to, payload = {} }) {
  const options = { method: "POST" };
  options.headers = { Authorization: `ApiKey ${settings["apiKey"]}` };
  options.body = JSON.stringify({ name: name, to: to, payload: payload });
  const response = await fetch("https://api.novu.co/v1/events/trigger", options);
  if (response.status !== 201) {
    throw new Error("not sent");
  }
}

async function onTrack(event, settings) {
  const handler = handlers[event.event];
  if (typeof handler !== "function") {
    return;
  }
  await handler(event, settings);
}

async function onPage(event, settings) {
  if (event.name === "Pricing" && !(event.properties.plan === "free" || !event.userId)) {
    await send(settings, { name: "pricing-seen", to: event.userId, payload: { url: event.context.page.url } });
  }
}
