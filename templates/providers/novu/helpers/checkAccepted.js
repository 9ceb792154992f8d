// Throws what a 422 about a subscriber means.
async function checkAccepted(call, response) {
  if (response.status !== 422) return;
  throw refusal(call, 422, await readJson(call, response), "the subscriber");
}
