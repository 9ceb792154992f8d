// Changes a user through the events API, which creates whom it does not know.
async function changeByEvent(call, fields, operations) {
  const { distinct_id, tenant_id } = fields;
  const change = { distinct_id, $user_operations: operations, tenant_id };
  const key = dedupeKey(call, "user", ordered(change));
  await send(call, {
    method: "POST",
    path: "/event/",
    body: { ...change, $idempotency_key: key },
  });
}
