// Slips of the pen that node-fetch lets pass: an object as body, headers without a value.
async function onTrack(event, settings) {
  await fetch(`https://api.example.com/${settings.missing}/${event.properties?.none}`, {
    method: "POST",
    headers: { Authorization: settings.missing, "X-Null": null, "X-Number": 5 },
    body: { event: event.event },
  });
}

async function onIdentify(event) {
  await fetch("https://api.example.com/users", {
    method: "GET",
    body: JSON.stringify(event.traits),
  });
}

async function onGroup(event) {
  const sized = { "Content-Length": 3, Host: "other.example.com", Connection: "keep-alive" };
  await fetch("https://api.example.com/sized", { method: "POST", headers: sized, body: "héllo" });
  const headers = { "X-Name": event.traits.name, "X-Line": "one\ntwo" };
  await fetch("https://api.example.com/groups", { headers });
}

async function onPage(event) {
  const response = await fetch("https://api.example.com/pages?q=" + event.name);
  await response.json();
  await response.json();
}
