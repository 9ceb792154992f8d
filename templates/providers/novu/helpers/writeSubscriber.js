// PATCH changes only what it names. POST is kept for a subscriber that does not exist:
// Novu resets the custom data of one that does. Another call may have created it in
// between: that is the 409.
async function writeSubscriber(call, subscriber) {
  if (await patchSubscriber(call, subscriber)) return;
  const created = await send(call, {
    method: "POST",
    path: "/v2/subscribers?failIfExists=true",
    body: subscriber,
    accepted: [409, 422],
  });
  await checkAccepted(call, created);
  if (created.status === 409 && !(await patchSubscriber(call, subscriber))) {
    throw failure("RetryError", "the subscriber appeared and disappeared");
  }
}
