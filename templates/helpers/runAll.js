// Runs routes that do not depend on each other.
async function runAll(steps, event, settings, session) {
  if (steps === undefined || steps.length === 0) return;
  const call = connect(event, settings, session);
  await tryAll(steps.map((step) => () => runStep(step, call)));
}
