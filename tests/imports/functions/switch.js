// One `switch` over the name, a helper for the request, fallthrough, a default that returns.
const API = "https://eu.api.novu.co/v1";

const trigger = async (settings, name, to, payload = {}) => {
  const res = await fetch(`${API}/events/trigger`, {
    method: "post",
    headers: { authorization: "ApiKey " + settings.novuKey, "content-type": "application/json" },
    body: JSON.stringify({ name, to, payload }),
  });
  if (res.status === 429 || res.status >= 500) throw new RetryError("later");
};

async function onTrack(event, settings) {
  const p = event.properties || {};
  switch (event.event) {
    case "Order Completed":
    case "Order Paid":
      await trigger(settings, "receipt", event.userId, { id: p.order_id, total: p.total });
      if (p.total >= 100 && p.currency === "EUR") {
        await trigger(settings, "vip", { subscriberId: event.userId, email: p.email }, {
          ...event.properties,
          greeting: `Hi ${p.name}, order ${p.order_id}`,
        });
      }
      break;
    case "Team Invited": {
      const [first] = p.members ? [p.members] : [];
      await trigger(settings, "invitation", first || event.userId, { by: event.userId });
      break;
    }
    case "Heartbeat":
      return;
    default:
      return;
  }
}
