// The push tokens that a user has on a channel. If the answer cannot be read, nothing
// has been changed yet: the event is safe to try again.
async function knownTokens(call, path) {
  const response = await send(call, { method: "GET", path, accepted: [404] });
  if (response.status === 404) return [];
  const body = await readJson(call, response);
  if (!isMap(body)) {
    throw failure(
      "RetryError",
      "Knock's answer about push tokens is unreadable",
    );
  }
  return tokensOf(body.data) ?? [];
}
