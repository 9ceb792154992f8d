// Creates a subscriber that does not exist; 409 says that it does.
async function createSubscriber(call, subscriberId) {
  await send(call, {
    method: "POST",
    path: "/v2/subscribers?failIfExists=true",
    body: { subscriberId },
    accepted: [409],
  });
}
