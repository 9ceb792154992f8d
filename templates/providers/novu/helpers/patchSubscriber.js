// Changes a subscriber; false if there is none. Novu replaces `data` as a whole, so the
// keys that it has are read first and kept.
async function patchSubscriber(call, subscriber) {
  const { subscriberId, ...profile } = subscriber;
  const path = "/v2/subscribers/" + pathPart(subscriberId);
  const ask = (method, body) =>
    askNovu(call, { method, path, body, accepted: [404] }, "the subscriber");
  if (OPTIONS.merge_data && isMap(profile.data)) {
    const known = await ask("GET");
    if (known.status === 404) return false;
    profile.data = { ...(await customDataOf(call, known)), ...profile.data };
  }
  return (await ask("PATCH", profile)).status !== 404;
}
