// Sets preferences; where the event names none there is nothing to do.
async function changePreferences(call, fields) {
  const { distinct_id, tenant_id, ...body } = fields;
  if (present(body) === undefined) return;
  const query =
    tenant_id === undefined
      ? ""
      : "?tenant_id=" + encodeURIComponent(tenant_id);
  await send(call, {
    method: "PATCH",
    path: `/v1/user/${pathPart(distinct_id)}/preference/${query}`,
    body,
  });
}
