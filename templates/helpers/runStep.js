// Runs a route; of a list, only the first whose condition holds.
async function runStep(step, call) {
  for (const route of Array.isArray(step) ? step : [step]) {
    const ran = await route(call.event, call.settings, call);
    if (ran !== false) return;
  }
}
