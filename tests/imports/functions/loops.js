// Lists that are made of lists of the event, by loops and by map.
const URL = "https://api.novu.co/v1/events/trigger";

async function onTrack(event, settings) {
  const { properties } = event;
  const lines = [];
  for (const item of properties.items || []) {
    lines.push({
      sku: item.sku,
      many: item.count > 1,
      label: `${item.sku} for ${event.userId} in ${settings.environment}`,
      order: properties.order_id ?? "none",
      plan: item.count > 2 ? properties.plan : "one",
    });
  }
  const counted = [];
  for (const { sku, count } of properties.items || []) if (count && event.userId) counted.push({ sku, count });
  const names = [];
  for (const name of properties.members || []) names.push(name);
  const marked = [];
  for (const name of properties.members || []) marked.push(name === "ada" ? "first" : name.trim());
  const wrapped = (properties.items || []).map((item) => ({ sku: item.sku, total: properties.total }));
  const placed = ["a", "b"].map((letter, at) => [letter, at]);
  placed.push("c", "d");
  const known = properties.members?.includes("ada") ? "ada" : "nobody";
  Object.assign(properties, { seen: true });
  const body = JSON.stringify({
    name: "loops",
    to: event.userId,
    payload: { lines, counted, names, marked, wrapped, placed, known, seen: event.properties.seen },
  });
  const headers = { Authorization: `ApiKey ${settings.apiKey}` };
  if (properties.items) await fetch(URL, { method: "POST", headers, body });
}
