// Sends an event. Courier answers 409 to a messageId that it has seen: that event arrived
// before.
async function sendEvent(call, route, fields) {
  const { name, user_id, properties } = fields;
  await send(call, {
    method: "POST",
    path: "/inbound/courier",
    body: {
      type: "track",
      event: name,
      messageId: dedupeKey(call, route, []),
      properties: properties ?? {},
      userId: user_id,
    },
    accepted: [409],
  });
}
