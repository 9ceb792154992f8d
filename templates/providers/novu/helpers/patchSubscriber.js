// Changes a subscriber; false if there is none. Novu replaces `data` as a whole, so the
// keys that it has are read first and kept.
async function patchSubscriber(call, subscriber) {
  const { subscriberId, ...profile } = subscriber;
  const path = "/v2/subscribers/" + pathPart(subscriberId);
  if (OPTIONS.merge_data && isMap(profile.data)) {
    const known = await send(call, { method: "GET", path, accepted: [404] });
    if (known.status === 404) return false;
    profile.data = { ...(await customDataOf(call, known)), ...profile.data };
  }
  const patched = await send(call, {
    method: "PATCH",
    path,
    body: profile,
    accepted: [404, 422],
  });
  await checkAccepted(call, patched);
  return patched.status !== 404;
}
