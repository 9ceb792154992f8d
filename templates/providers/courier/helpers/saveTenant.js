// Creates or changes a tenant, then makes the user its member. Courier replaces a tenant
// as a whole, so what it has is read first and kept.
async function saveTenant(call, fields) {
  const { tenant_id, user_id, profile, ...tenant } = fields;
  const path = "/tenants/" + pathPart(tenant_id);
  if (present(tenant) !== undefined) {
    const known = await knownTenant(call, path);
    const body = merged({ name: tenant_id }, known, tenant);
    for (const name of ["properties", "user_profile"]) {
      const both = merged(known[name], tenant[name]);
      if (both !== undefined) body[name] = both;
    }
    await send(call, { method: "PUT", path, body });
  }
  if (user_id !== undefined) {
    const member = `/users/${pathPart(user_id)}${path}`;
    await send(call, { method: "PUT", path: member, body: { profile } });
  }
}
