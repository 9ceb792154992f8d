// Sets preferences, at most 50 topics at a time; where the event names none there is
// nothing to do.
async function changePreferences(call, fields) {
  const { user_id, tenant_id, topics } = fields;
  const query =
    tenant_id === undefined
      ? ""
      : "?tenant_id=" + encodeURIComponent(tenant_id);
  for (const some of chunksOf(topics ?? [], 50)) {
    await send(call, {
      method: "POST",
      path: `/users/${pathPart(user_id)}/preferences${query}`,
      body: { topics: some },
    });
  }
}
