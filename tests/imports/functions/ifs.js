// A chain of ifs, early returns, includes, a condition on a setting, errors of Segment.
const QUIET = ["Heartbeat", "Page Scrolled"];

async function onTrack(event, settings) {
  if (!event.userId) throw new InvalidEventPayload("no user");
  if (QUIET.includes(event.event)) return;
  if (event.properties && event.properties.environment !== settings.environment) return;

  let workflow;
  if (event.event === "Signed Up") workflow = "welcome";
  else if (event.event === "Trial Ended" || event.event === "Trial Cancelled") {
    workflow = event.properties?.plan === "enterprise" ? "tell-account-manager" : "trial-ended";
  }
  if (!workflow) throw new EventNotSupported("no workflow");

  const payload = { ...(event.properties || {}), when: event.timestamp };
  const overrides = {};
  if (event.properties.locale) overrides.locale = event.properties.locale;
  const response = await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name: workflow, to: { subscriberId: event.userId }, payload, overrides }),
  });
  if (!response.ok) {
    const text = await response.text();
    throw new Error(text);
  }
  return response.json();
}

async function onIdentify(event, settings) {
  const t = event.traits || {};
  const body = {
    firstName: t.firstName || t.first_name,
    lastName: t.lastName || t.last_name || null,
    email: t.email && t.email.toLowerCase(),
    phone: t.phone,
    data: { plan: t.plan ?? "free" },
  };
  let res = await fetch(`https://api.novu.co/v2/subscribers/${encodeURIComponent(event.userId)}`, {
    method: "PATCH",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify(body),
  });
  if (res.status >= 500) throw new RetryError("later");
}
