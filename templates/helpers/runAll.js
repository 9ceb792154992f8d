// Runs routes that do not depend on each other.
async function runAll(steps, event, settings) {
  if (steps === undefined || steps.length === 0) return;
  const call = connect(event, settings);
  await tryAll(steps.map((step) => () => runStep(step, call)));
}
