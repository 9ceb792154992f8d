// Ids made by chance and by the clock.
function uuid() {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (letter) => {
    const chance = (Math.random() * 16) | 0;
    return (letter === "x" ? chance : (chance & 3) | 8).toString(16);
  });
}

async function onTrack(event) {
  await fetch("https://api.example.com/id", {
    method: "POST",
    headers: { "Idempotency-Key": crypto.randomUUID(), "X-Id": uuid() },
    body: JSON.stringify({ at: Date.now(), day: new Date().toISOString().slice(0, 10) }),
  });
  console.log(crypto.randomBytes(8).toString("hex"), new Date(event.timestamp).getTime());
}
