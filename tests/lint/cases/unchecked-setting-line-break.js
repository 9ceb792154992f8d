async function onIdentify(event, settings) {
  if (!settings.apiKey) throw new ValidationError("the setting apiKey is missing");
// right:  const known = settings.apiKey && /^[\x21-\x7e]+$/.test(settings.apiKey);
// right:  if (!known) throw new ValidationError("the setting apiKey is missing");
  const region = settings.region.toLowerCase();
//               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ F131 unchecked-setting: without `settings.region` this throws a TypeError
// right:  const region = settings.region === "eu" ? "eu" : "us";
  const response = await fetch(`https://${region}.example.com/people`, {
//                       ^^^^^ F131 unchecked-setting: where `settings.apiKey` ends in a line break, the TypeError shows it
    method: "PUT",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
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
