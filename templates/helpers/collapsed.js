// In a batch, what is written to one profile becomes one request, and all share how it
// ends; what comes while one is on its way waits for it, so that neither undoes the other.
// Alone, the work is done at once.
function collapsed(call, key, value, merge, work) {
  const { batch } = call;
  if (batch === undefined) return work(value);
  const known = batch.profiles.get(key);
  if (known !== undefined && known.waits) {
    known.value = merge(known.value, value);
    return known.result;
  }
  const before = known === undefined ? batch.opened : known.ended;
  const entry = { value, waits: true };
  entry.result = before.then(() => {
    entry.waits = false;
    return work(entry.value);
  });
  entry.ended = entry.result.catch(() => {});
  batch.profiles.set(key, entry);
  return entry.result;
}
