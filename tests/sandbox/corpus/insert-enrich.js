// An insert function: what it returns goes on.
async function onTrack(event, settings) {
  if (!event.userId) throw new DropEvent("nobody is known");
  if (event.event === "Internal") return;
  const response = await fetch(`https://enrich.example.com/${event.userId}`);
  if (response.ok) event.context = { ...event.context, enriched: await response.json() };
  delete event.integrations;
  return event;
}

async function onIdentify(event) {
  event.traits.email = event.traits.email.replace(/@.*/, "@hidden.example");
  return event;
}

async function onPage(event) {
  return [event];
}

async function onGroup() {}
