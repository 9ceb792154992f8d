// Runs every task, one after another; one that fails does not keep the others from
// running. A failure that may pass wins: Segment then tries the event again, and what
// was sent already carries the same keys.
async function tryAll(tasks) {
  const failures = [];
  for (const task of tasks) {
    try {
      await task();
    } catch (error) {
      failures.push(error);
    }
  }
  const lasting = failures[0];
  const passing = failures.find(
    (error) => error && error.name === "RetryError",
  );
  if (failures.length > 0) throw passing ?? lasting;
}
