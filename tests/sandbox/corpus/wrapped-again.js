// Every error becomes a RetryError, also the one that was meant to be final.
async function onTrack(event, settings) {
  try {
    const response = await fetch("https://api.example.com/trigger", {
      method: "POST",
      headers: { Authorization: `ApiKey ${settings.apiKey}` },
      body: JSON.stringify({ to: event.userId, payload: event.properties }),
    });
    const result = await response.json();
    if (!response.ok) throw new Error(result.message || "failed");
    return result;
  } catch (error) {
    throw new RetryError(`trigger failed: ${error.message}`);
  }
}

async function onAlias(event) {
  await onTrack({ ...event, properties: { previous: event.previousId } }, {});
}
