async function onIdentify(event, settings) {
  const response = await fetch("https://api.example.com/people", {
//                       ^^^^^ F131 unchecked-setting: the header authorization says "undefined"
    method: "PUT",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
// right:    headers: { Authorization: `ApiKey ${keyOf(settings)}` },
    body: JSON.stringify({ id: event.userId }),
    redirect: "manual",
    timeout: 4000,
  }).catch((error) => {
    throw error.name === "FetchError" ? new RetryError("no answer") : error;
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}

function keyOf(settings) {
  const key = String(settings.apiKey ?? "").trim();
  if (!/^[\x21-\x7e]+$/.test(key)) throw new ValidationError("the setting apiKey is missing");
  return key;
}
