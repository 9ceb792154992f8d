// A map of the members that are there, so that it can be merged into another; missing
// as a whole if none is.
function withoutMissing(map) {
  const kept = {};
  for (const key of Object.keys(map)) {
    if (map[key] !== undefined) put(kept, key, map[key]);
  }
  return present(kept);
}
