// One trigger, one request.
async function triggerOne(call, body, route) {
  const response = await send(call, {
    method: "POST",
    path: "/v1/events/trigger",
    headers: OPTIONS.idempotency_key ? idempotencyKey(call, body) : {},
    body,
    accepted: OPTIONS.idempotency_key ? [400, 404, 409, 422] : [400, 404, 422],
  });
  await checkTriggered(call, response, route);
}
