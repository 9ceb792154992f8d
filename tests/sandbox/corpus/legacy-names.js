// Functions of the developer preview: no `on`, and data returned to tell success.
async function identify(event, settings) {
  const res = await fetch(`https://api.example.com/people/${event.userId}`, {
    method: "POST",
    headers: new Headers({ Authorization: "Basic " + btoa(settings.apiKey + ":") }),
    body: JSON.stringify({ traits: event.traits }),
  });
  return await res.json();
}

async function track(event) {
  if (event.properties.test) return { skipped: true };
  const res = await fetch("https://api.example.com/track", { body: event.event, method: "POST" });
  return res.status;
}

function group(event) {
  return { group: event.groupId };
}
