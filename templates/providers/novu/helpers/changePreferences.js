// One preference, global or of one workflow; or the same one for several workflows, at
// most 100 at a time.
async function changePreferences(call, fields) {
  const { subscriberId, workflowId, ...preference } = fields;
  const path = `/v2/subscribers/${pathPart(subscriberId)}/preferences`;
  if (workflowId === undefined || workflowId.length === 1) {
    const body = { ...preference, workflowId: workflowId && workflowId[0] };
    await send(call, { method: "PATCH", path, body });
    return;
  }
  for (const ids of chunksOf(workflowId, 100)) {
    const preferences = ids.map((id) => ({ ...preference, workflowId: id }));
    await send(call, {
      method: "PATCH",
      path: path + "/bulk",
      body: { preferences },
    });
  }
}
