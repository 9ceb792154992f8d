// Creates a subscriber that does not exist; false says that it does.
async function createSubscriber(call, subscriber) {
  const path = "/v2/subscribers?failIfExists=true";
  const request = { method: "POST", path, body: subscriber, accepted: [409] };
  const { status } = await askNovu(call, request, "the subscriber");
  return status !== 409;
}
