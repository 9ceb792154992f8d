async function onTrack(event, settings) {
  const found = await fetch(`https://users.example.com/${event.userId}`);
//                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ I110 unread-code: GET https://users.example.com/...
  const user = await found.json();
  await fetch("https://api.novu.co/v1/events/trigger", {
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ I110 unread-code: what a server answers
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name: "welcome", to: user.id, payload: {} }),
  });
}
