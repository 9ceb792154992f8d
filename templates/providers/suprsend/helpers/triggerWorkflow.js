// Triggers a workflow, at most 100 recipients at a time. SuprSend skips a key that it has
// seen within 24 hours, so a retried event notifies nobody twice.
async function triggerWorkflow(call, route, fields) {
  const { workflow, recipients, actor, data, ...others } = fields;
  const tasks = chunksOf(recipients, 100).map((some) => () => {
    const body = {
      workflow,
      recipients: some.map((recipient) => inlineUser(call, recipient)),
      actor: actor === undefined ? undefined : inlineUser(call, actor),
      data: data ?? {},
      ...others,
      $idempotency_key: dedupeKey(call, route, some.map(recipientKey)),
    };
    return call.batch === undefined
      ? triggerOne(call, body)
      : triggerLater(call, body);
  });
  await tryAll(tasks);
}
