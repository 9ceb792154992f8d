// Subscribes or unsubscribes, at most 100 at a time. Novu refuses to subscribe whom it
// does not know, so subscribers are created first; one that exists is left as it is.
async function changeTopic(call, fields) {
  const { key, name, subscribe, unsubscribe } = fields;
  const path = `/v2/topics/${pathPart(key)}/subscriptions`;
  if (name !== undefined) {
    await send(call, {
      method: "POST",
      path: "/v2/topics",
      body: { key, name },
    });
  }
  for (const subscriptions of chunksOf(unsubscribe ?? [], 100)) {
    await leaveTopic(call, path, subscriptions);
  }
  for (const subscriptions of chunksOf(subscribe ?? [], 100)) {
    for (const subscriberId of subscriptions)
      await createSubscriber(call, subscriberId);
    const response = await send(call, {
      method: "POST",
      path,
      body: { subscriptions },
    });
    await checkSubscribed(call, response);
  }
}
