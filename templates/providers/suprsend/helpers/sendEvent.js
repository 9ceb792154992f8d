// Sends an event; SuprSend skips a key that it has seen within 24 hours.
async function sendEvent(call, route, fields) {
  const { name, distinct_id, properties, tenant_id } = fields;
  const event = OPTIONS.event_prefix + name;
  const reserved = /^(\$|ss_)/i.test(event) && !SYSTEM_EVENTS.includes(event);
  if (reserved || event.length < 2) {
    throw failure(
      "InvalidEventPayload",
      "SuprSend takes no event whose name begins with $ or ss_ or is one letter",
    );
  }
  await send(call, {
    method: "POST",
    path: "/event/",
    body: {
      distinct_id,
      event,
      properties: properties ?? {},
      tenant_id,
      $idempotency_key: dedupeKey(call, route, []),
    },
  });
}
