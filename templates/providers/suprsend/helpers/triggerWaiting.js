// Sends the triggers that wait. Together they cost as much rate limit as one by one, but
// a hundred take one request, of at most 800 KB.
function triggerWaiting(triggers) {
  const small = triggers.filter(({ size }) => size < 8e3);
  const bulk = small.length > 1 ? small : [];
  const single = new Set(triggers);
  for (const trigger of bulk) single.delete(trigger);
  for (const hundred of chunksOf(bulk, 100)) triggerBulk(hundred);
  single.forEach(triggerSingle);
}
