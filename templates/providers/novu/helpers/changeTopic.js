// Subscribes or unsubscribes, at most 100 at a time. Novu refuses to subscribe whom it
// does not know, so subscribers are created first; one that exists is left as it is.
async function changeTopic(call, fields) {
  const { key, name, subscribe, unsubscribe, ...others } = compacted(fields);
  const path = `/v2/topics/${pathPart(key)}/subscriptions`;
  const post = (where, body) =>
    askNovu(call, { method: "POST", path: where, body }, "the topic");
  // Novu takes at most 100 characters; an empty name would wipe the one that it has.
  if (!isEmpty(name)) {
    await post("/v2/topics", { key, name: name.slice(0, 100) });
  }
  for (const subscriptions of chunksOf(unsubscribe ?? [], 100)) {
    await leaveTopic(call, path, subscriptions);
  }
  for (const subscriptions of chunksOf(subscribe ?? [], 100)) {
    const create = (one) =>
      createSubscriber(call, { subscriberId: one.subscriberId ?? one });
    for (const some of chunksOf(subscriptions, 20)) {
      await Promise.all(some.map(create));
    }
    await checkSubscribed(call, await post(path, { subscriptions, ...others }));
  }
}
