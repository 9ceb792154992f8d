// Runs routes of which a later one needs the earlier ones: the first failure ends it.
async function runInOrder(steps, event, settings, session) {
  if (steps.length === 0) return;
  const call = connect(event, settings, session);
  for (const step of steps) await runStep(step, call);
}
