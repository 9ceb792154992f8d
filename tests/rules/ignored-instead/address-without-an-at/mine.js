async function onIdentify(event, settings) {
  const { email } = event.traits;
  if (!email.includes("@")) throw new InvalidEventPayload("that is no address");
// expect 3:3 I111 ignored-instead
  await fetch("https://api.novu.co/v2/subscribers", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ subscriberId: event.userId, email }),
  });
}
