// One preference, global or of one workflow; or the same one for several workflows, at
// most 100 at a time. Only a single request can carry a schedule.
async function changePreferences(call, fields) {
  const { subscriberId, workflowId, context, ...wanted } = compacted(fields);
  const path = `/v2/subscribers/${pathPart(subscriberId)}/preferences`;
  required(withoutUndefined(wanted), "preferences.channels is missing");
  const ids = workflowId ?? [undefined];
  const patch = (where, body) =>
    askNovu(call, { method: "PATCH", path: where, body }, "the preferences");
  if (ids.length === 1 || wanted.schedule !== undefined) {
    for (const id of ids)
      await patch(path, { ...wanted, workflowId: id, context });
    return;
  }
  for (const chunk of chunksOf(ids, 100)) {
    const preferences = chunk.map((id) => ({ ...wanted, workflowId: id }));
    await patch(path + "/bulk", { preferences, context });
  }
}
