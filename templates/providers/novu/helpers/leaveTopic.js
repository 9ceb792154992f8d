// Unsubscribes. Novu answers 404 where there is no such topic, and 400 with one error
// for each user where none of them was subscribed: both are as it was wished.
async function leaveTopic(call, path, subscriptions) {
  const request = { method: "DELETE", path, body: { subscriptions } };
  const accepted = [400, 404];
  const response = await askNovu(call, { ...request, accepted }, "the topic");
  if (response.status !== 400) return;
  const body = await readJson(call, response);
  const each = isMap(body) && Array.isArray(body.errors);
  if (!each) throw refusal(call, 400, body, "the topic");
}
