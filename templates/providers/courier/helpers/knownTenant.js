// What Courier has of a tenant. If the answer cannot be read, nothing has been changed
// yet: the event is safe to try again.
async function knownTenant(call, path) {
  const response = await send(call, { method: "GET", path, accepted: [404] });
  if (response.status === 404) return {};
  const body = await readJson(call, response);
  if (!isMap(body)) {
    throw failure(
      "RetryError",
      "Courier's answer about the tenant is unreadable",
    );
  }
  return withoutNulls(picked(body, ...TENANT_FIELDS));
}
