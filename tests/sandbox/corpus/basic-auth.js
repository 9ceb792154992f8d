// Basic authentication by btoa, which cuts what is no Latin-1, and atob back.
async function onIdentify(event, settings) {
  const name = (event.traits && event.traits.name) || "nobody";
  const token = btoa(`${name}:${settings.apiKey}`);
  const response = await fetch("https://api.example.com/me", {
    headers: { Authorization: `Basic ${token}`, "X-Back": btoa(atob(token)) },
  });
  if (response.status == 401) throw new ValidationError("wrong key");
}

async function onTrack(event, { user, password }) {
  await fetch("https://api.example.com/", {
    method: "POST",
    headers: { Authorization: "Basic " + btoa(user + ":" + password), "X-Name": event.event },
  });
}
