// The function of Novu's article and scripts repository of 2023, rebuilt: the workflow
// comes from the event, 4xx counts as success, nothing keeps a retry from notifying again.
async function onTrack(event, settings) {
  const names = { "Signed Up": "welcome", "Order Completed": "order-receipt", "Team Invited": "invitation" };
  const to = event.event === "Team Invited" ? event.properties.members : event.userId;
  let response;
  try {
    response = await fetch("https://api.novu.co/v1/events/trigger", {
      method: "POST",
      headers: {
        Authorization: `ApiKey ${settings.apiKey}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ name: names[event.event], to, payload: { payload: event.properties } }),
    });
  } catch (error) {
    throw new RetryError(error.message);
  }
  if (response.status >= 500 || response.status === 429) {
    throw new RetryError(`Failed with ${response.status}`);
  }
}
