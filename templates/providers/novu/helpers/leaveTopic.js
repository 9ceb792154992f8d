// Unsubscribes. Novu answers 404 where there is no such topic, and 400 with a list of
// errors where none of them was subscribed: both are as it was wished.
async function leaveTopic(call, path, subscriptions) {
  const response = await send(call, {
    method: "DELETE",
    path,
    body: { subscriptions },
    accepted: [400, 404],
  });
  if (response.status !== 400) return;
  const body = await readJson(call, response);
  const told = JSON.stringify(body ?? "");
  if (!/NOT_FOUND|not found|not subscribed/i.test(told))
    throw failureOf(call, 400);
}
