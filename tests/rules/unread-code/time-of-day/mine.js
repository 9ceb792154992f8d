async function onTrack(event, settings) {
  const hour = new Date().getHours();
//             ^^^^^^^^^^^^^^^^^^^^^ I110 unread-code: new Date is not read
  if (hour < 8) return;
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name: "welcome", to: event.userId, payload: {} }),
  });
}
