// Deletes a subscriber; one that is gone already is as it was wished.
async function removeSubscriber(call, subscriberId) {
  const path = "/v2/subscribers/" + pathPart(subscriberId);
  const request = { method: "DELETE", path, accepted: [404] };
  await askNovu(call, request, "the subscriber");
}
