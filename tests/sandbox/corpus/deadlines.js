// node-fetch's own timeout, and a race against the clock.
const late = (ms) =>
  new Promise((_, reject) => setTimeout(() => reject(new RetryError(`${ms} ms are over`)), ms));

async function onTrack() {
  const response = await fetch("https://api.example.com/slow", { timeout: 1000 });
  console.log(response.status, await response.text());
}

async function onIdentify() {
  const response = await Promise.race([fetch("https://api.example.com/slow"), late(1500)]);
  await Promise.race([response.text(), late(500)]);
}

async function onPage() {
  const start = Date.now();
  const every = setInterval(() => console.log("tick", Date.now() - start), 100);
  await fetch("https://api.example.com/slow");
  clearInterval(every);
}
