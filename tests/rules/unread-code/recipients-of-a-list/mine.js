async function onTrack(event, settings) {
  if (event.event === "Team Invited") {
    for (const member of event.properties.members) {
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ I110 unread-code: a loop over what comes
      await trigger(settings, "invitation", member.id);
    }
  }
  if (event.event === "Signed Up") {
    await trigger(settings, "welcome", event.userId);
  }
}

async function trigger(settings, name, to) {
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name, to, payload: {} }),
  });
}
