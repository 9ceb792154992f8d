// What becomes of redirects, by each of the modes.
async function onTrack(event) {
  const response = await fetch("https://api.example.com/moved", {
    method: "POST",
    headers: { Authorization: "secret" },
    body: event.messageId,
  });
  console.log(response.status, response.url, response.redirected);
}

async function onIdentify() {
  const response = await fetch("https://api.example.com/moved", { redirect: "manual" });
  console.log(response.status, response.headers.get("location"), response.ok);
}

async function onPage() {
  await fetch("https://api.example.com/moved", { redirect: "error", method: "PUT", body: "x" });
}
