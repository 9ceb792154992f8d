// Headers, for the request and of the answer.
async function onTrack(event, settings) {
  const headers = new Headers();
  headers.append("Accept", "application/json");
  headers.set("x-api-key", settings.apiKey);
  headers.append("X-Tag", event.type);
  headers.append("x-tag", event.anonymousId);
  const response = await fetch("https://api.example.com/h", { method: "POST", headers });
  const names = [];
  response.headers.forEach((value, name) => names.push(name));
  console.log(names, response.headers.get("Retry-After"), response.headers.has("content-type"));
  const wait = response.headers.get("retry-after");
  if (response.status === 429) throw new RetryError("again in " + wait + " s");
  for (const [name, value] of headers) console.log(name, value);
}

async function onPage(event) {
  await fetch("https://api.example.com/h", {
    headers: [
      ["x-path", event.context.page.path],
      ["x-title", event.name],
    ],
  });
}
