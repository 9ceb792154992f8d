// The editor's template, with its address not filled in.
async function onTrack(event, settings) {
  const endpoint = "";
  let response;

  try {
    response = await fetch(endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(event),
    });
  } catch (error) {
    throw new RetryError(error.message);
  }

  if (response.status >= 500 || response.status === 429) {
    throw new RetryError(`Failed with ${response.status}`);
  }
}

async function onIdentify(event, settings) {
  throw new EventNotSupported("identify is not supported");
}

async function onPage(event) {
  await fetch("ftp://files.example.com/" + event.name);
}
