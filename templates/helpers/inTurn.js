// Runs a request of a batch when fewer than CONCURRENCY others are on their way.
async function inTurn(batch, work) {
  if (batch === undefined) return work();
  while (batch.running >= CONCURRENCY) {
    await new Promise((resume) => batch.waiting.push(resume));
  }
  batch.running += 1;
  try {
    return await work();
  } finally {
    batch.running -= 1;
    const resume = batch.waiting.shift();
    if (resume !== undefined) resume();
  }
}
