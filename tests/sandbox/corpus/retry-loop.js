// Tries again by itself, waiting longer each time, until Segment's five seconds are over.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function onTrack(event) {
  let last;
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    try {
      const response = await fetch("https://api.example.com/retry", {
        method: "POST",
        headers: { "X-Attempt": attempt },
        body: event.messageId,
      });
      if (response.ok) return;
      last = new Error(`attempt ${attempt}: ${response.status}`);
    } catch (error) {
      last = error;
      console.warn(error.name, error.code, error.type);
    }
    await sleep(2 ** attempt * 250);
  }
  throw last;
}
