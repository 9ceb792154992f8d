// Creates or changes a tenant, in a batch once for all that is known by then; then makes
// the user its member.
async function saveTenant(call, fields) {
  const { tenant_id, user_id, profile, ...tenant } = fields;
  const path = "/tenants/" + pathPart(tenant_id);
  if (present(tenant) !== undefined) {
    const work = (whole) => putTenant(call, path, tenant_id, whole);
    await collapsed(call, path, tenant, mergeTenants, work);
  }
  if (user_id !== undefined) {
    const member = `/users/${pathPart(user_id)}${path}`;
    await send(call, { method: "PUT", path: member, body: { profile } });
  }
}
