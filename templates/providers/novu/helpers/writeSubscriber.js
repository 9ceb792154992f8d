// PATCH changes only what it names. POST is kept for a subscriber that does not exist:
// Novu resets the custom data of one that does. Another call may have created it in
// between.
async function writeSubscriber(call, subscriber) {
  if (await patchSubscriber(call, subscriber)) return;
  if (await createSubscriber(call, subscriber)) return;
  if (await patchSubscriber(call, subscriber)) return;
  throw failure("RetryError", "the subscriber appeared and disappeared");
}
