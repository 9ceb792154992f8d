// Triggers the workflow for everybody; a transactionId that Novu has seen is dropped.
async function broadcastWorkflow(call, route, fields) {
  const response = await send(call, {
    method: "POST",
    path: "/v1/events/trigger/broadcast",
    body: {
      ...compacted(fields),
      payload: fields.payload ?? {},
      transactionId: dedupeKey(call, route, []),
    },
    accepted: [400, 404, 422],
  });
  await checkTriggered(call, response, route);
}
