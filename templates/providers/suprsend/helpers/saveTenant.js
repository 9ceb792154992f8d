// Creates or changes a tenant.
async function saveTenant(call, fields) {
  const { tenant_id, ...body } = fields;
  const path = `/v1/tenant/${pathPart(tenant_id)}/`;
  await send(call, { method: "POST", path, body });
}
