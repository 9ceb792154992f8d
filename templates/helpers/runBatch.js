// One status for each event, in order. Profiles come before what people receive, and
// deletions last; what the deadline cuts off is answered as worth another try.
async function runBatch(batch, settings) {
  const events = Array.isArray(batch) ? batch : [];
  const session = {
    deadline: Date.now() + TIMEOUT_MS,
    batch: { running: 0, waiting: [] },
  };
  const statuses = new Array(events.length);
  for (const types of BATCH_ORDER) {
    const opened = new Promise((open) =>
      Object.assign(session.batch, { open }),
    );
    Object.assign(session.batch, { opened, profiles: new Map(), triggers: [] });
    const running = events.map(async (event, index) => {
      if (!types.includes(batchType(event))) return;
      statuses[index] = await statusOf(event, settings, session);
    });
    session.batch.open();
    await Promise.all(running);
  }
  return statuses;
}
