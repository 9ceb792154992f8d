// Changes a user; one whom SuprSend does not know is created first. The POST with nothing
// in it creates, and changes nothing in a user who exists.
async function changeUser(call, fields, operations) {
  const { distinct_id, tenant_id } = fields;
  const user = `/v1/user/${pathPart(distinct_id)}/`;
  const path =
    tenant_id === undefined ? user : `${user}tenant/${pathPart(tenant_id)}/`;
  const change = { method: "PATCH", path, body: { operations } };
  if (!isEmpty(operations)) {
    const changed = await send(call, { ...change, accepted: [404] });
    if (changed.status !== 404) return;
  }
  await send(call, { method: "POST", path, body: {} });
  if (!isEmpty(operations)) await send(call, change);
}
