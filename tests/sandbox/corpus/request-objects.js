// Request and Response as objects that are made, cloned and asked.
async function onTrack(event, settings) {
  const request = new Request("https://api.example.com/r", {
    method: "POST",
    headers: { "X-Key": settings.apiKey },
    body: JSON.stringify(event.context),
  });
  const response = await fetch(request);
  const copy = response.clone();
  console.log(request.method, request.url, response.bodyUsed, (await copy.text()).length);
  if (!response.ok) throw new ValidationError(await response.text());
}

async function onPage(event) {
  const made = new Response(JSON.stringify({ name: event.name }), { status: 201 });
  console.log(made.status, made.ok, await made.json(), typeof fetch.Headers);
}
