// Sends the triggers that wait. Novu's bulk call costs as much rate limit as 100 single
// ones, so only full hundreds of small ones go there.
function triggerWaiting(triggers) {
  const small = triggers.filter(({ size }) => size < 1e5);
  const bulk = small.slice(0, small.length - (small.length % 100));
  const single = new Set(triggers);
  for (const trigger of bulk) single.delete(trigger);
  for (const hundred of chunksOf(bulk, 100)) triggerBulk(hundred);
  single.forEach(triggerSingle);
}
