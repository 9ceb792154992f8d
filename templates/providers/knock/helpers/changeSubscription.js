// Subscribes or unsubscribes, at most 100 at a time.
async function changeSubscription(call, fields) {
  const { collection, id, recipients, properties, operation } = fields;
  const path = `/objects/${pathPart(collection)}/${pathPart(id)}/subscriptions`;
  for (const some of chunksOf(recipients, 100)) {
    const request =
      operation === "unsubscribe"
        ? {
            method: "DELETE",
            body: { recipients: some.map(referenceTo) },
            accepted: [404],
          }
        : { method: "POST", body: { recipients: some, properties } };
    await send(call, { ...request, path });
  }
}
