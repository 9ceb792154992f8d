// In a batch, what is written to one profile becomes one request, and all share how it
// ends. Alone, the work is done at once.
function collapsed(call, key, value, merge, work) {
  const { batch } = call;
  if (batch === undefined) return work(value);
  const known = batch.profiles.get(key);
  if (known !== undefined) {
    known.value = merge(known.value, value);
    return known.result;
  }
  const { profiles } = batch;
  const entry = { value, result: undefined };
  entry.result = batch.opened.then(() => {
    profiles.delete(key);
    return work(entry.value);
  });
  profiles.set(key, entry);
  return entry.result;
}
