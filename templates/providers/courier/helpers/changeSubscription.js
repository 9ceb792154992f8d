// Subscribes a user to lists in one request, or unsubscribes from one after the other.
async function changeSubscription(call, fields) {
  const { list_id, user_id, operation } = fields;
  const user = pathPart(user_id);
  if (operation === "subscribe") {
    const lists = list_id.map((listId) => ({ listId }));
    const path = `/profiles/${user}/lists`;
    await send(call, { method: "POST", path, body: { lists } });
    return;
  }
  for (const list of list_id) {
    const path = `/lists/${pathPart(list)}/subscriptions/${user}`;
    await send(call, { method: "DELETE", path, accepted: [404] });
  }
}
