// What Node.js has and Segment does not document.
async function onTrack(event) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 900);
  try {
    const response = await fetch("https://api.example.com/abort", { signal: controller.signal });
    console.log(response.status);
  } catch (error) {
    if (error.name === "AbortError") throw new RetryError("aborted");
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const bytes = new TextEncoder().encode(event.event);
  console.log(bytes.length, new TextDecoder().decode(bytes), structuredClone({ a: [1] }));
}

async function onIdentify(event) {
  await new Promise((resolve) => setImmediate(resolve));
  queueMicrotask(() => console.log("soon"));
  await null;
  console.log(structuredClone(event.traits));
}
