// Writes a tenant. Courier replaces it as a whole, so what it has is read first and kept.
async function putTenant(call, path, name, tenant) {
  const known = await knownTenant(call, path);
  const body = mergeTenants(merged({ name }, known), tenant);
  await send(call, { method: "PUT", path, body });
}
