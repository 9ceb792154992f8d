// The event is changed before it is sent; a condition by typeof; a text by replaceAll.
async function onTrack(event, settings) {
  const props = event.properties;
  props.source = "segment";
  if (props.email) props.email = props.email.toLowerCase();
  if (typeof props.total === "string") props.total = Number(props.total);
  if (props.name) event.properties.slug = String(props.name).replaceAll(" ", "-");
  if (!["Signed Up", "Order Paid"].includes(event.event)) return;
  const headers = { Authorization: `ApiKey ${settings.apiKey}` };
  const name = event.event === "Signed Up" ? "welcome" : "receipt";
  const body = JSON.stringify({ name, to: event.userId || event.anonymousId, payload: event.properties });
  await fetch("https://api.novu.co/v1/events/trigger", { method: "POST", headers, body });
}
