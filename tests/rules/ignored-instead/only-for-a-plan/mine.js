async function onTrack(event, settings) {
  if (event.properties.plan !== "pro") {
// expect 2:3 I111 ignored-instead: what this rejects is ignored
    throw new InvalidEventPayload("only for pro");
  }
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name: "welcome", to: event.userId, payload: {} }),
  });
}
