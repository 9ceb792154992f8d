// Creates or changes a user; in a batch once for all that is known by then.
function saveUser(call, fields) {
  const { distinct_id, tenant_id } = fields;
  const operations = operationsOf(call, fields);
  const key = JSON.stringify([distinct_id, tenant_id]);
  const both = (earlier, later) => [...earlier, ...later];
  const work = (all) =>
    OPTIONS.user_update === "event"
      ? changeByEvent(call, fields, all)
      : changeUser(call, fields, all);
  return collapsed(call, key, operations, both, work);
}
