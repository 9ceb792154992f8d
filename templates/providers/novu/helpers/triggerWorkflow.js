// Triggers the workflow, at most 100 recipients at a time. Novu drops a transactionId
// that it has seen, so a retried event notifies nobody twice.
async function triggerWorkflow(call, route, fields) {
  const { to, payload, ...others } = fields;
  const tasks = chunksOf(to, 100).map((recipients) => async () => {
    const response = await send(call, {
      method: "POST",
      path: "/v1/events/trigger",
      body: {
        ...others,
        to: recipients.length === 1 ? recipients[0] : recipients,
        payload: payload ?? {},
        transactionId: dedupeKey(call, route, recipients.map(recipientId)),
      },
      accepted: [400],
    });
    await checkTriggered(call, response);
  });
  await tryAll(tasks);
}
