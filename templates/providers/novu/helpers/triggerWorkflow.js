// Triggers the workflow, at most 100 recipients at a time. Novu drops a transactionId
// that it has seen, so a retried event notifies nobody twice.
async function triggerWorkflow(call, route, fields) {
  const { to, payload, ...others } = compacted(fields);
  const tasks = chunksOf(to, 100).map((recipients) => () => {
    const body = {
      ...others,
      to: recipients.length === 1 ? recipients[0] : recipients,
      payload: payload ?? {},
      transactionId: dedupeKey(call, route, recipients.map(recipientId)),
    };
    return call.batch === undefined
      ? triggerOne(call, body, route)
      : triggerLater(call, body, route);
  });
  // Ten at a time, or thousands of recipients would never end within the deadline.
  await tryAll(chunksOf(tasks, 10).map((some) => () => tryTogether(some)));
}
