// Triggers a workflow, at most 1,000 recipients at a time. Knock answers a key that it has
// seen within 24 hours as it did then, so a retried event notifies nobody twice.
async function triggerWorkflow(call, route, fields) {
  const { key, recipients, data, ...others } = fields;
  const tasks = chunksOf(recipients, 1000).map((some) => () => {
    const dedupe = dedupeKey(call, route, some.map(recipientKey));
    return send(call, {
      method: "POST",
      path: `/workflows/${pathPart(key)}/trigger`,
      headers: { "Idempotency-Key": dedupe },
      body: { recipients: some, data: data ?? {}, ...others },
    });
  });
  await tryAll(tasks);
}
