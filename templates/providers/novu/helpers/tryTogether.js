// Runs tasks at the same time; how they end together is as in tryAll.
async function tryTogether(tasks) {
  const running = tasks.map(async (task) => task());
  await Promise.allSettled(running);
  await tryAll(running.map((ended) => () => ended));
}
