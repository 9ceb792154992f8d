// Unsubscribes. Novu answers 404 where there is no such topic, and 400 with one error
// for each user where none of them was subscribed: both are as it was wished.
async function leaveTopic(call, path, subscriptions) {
  const response = await send(call, {
    method: "DELETE",
    path,
    body: { subscriptions },
    accepted: [400, 404],
  });
  if (response.status !== 400) return;
  const body = await readJson(call, response);
  const each = isMap(body) && Array.isArray(body.errors);
  if (!each) throw failureOf(call, 400);
}
