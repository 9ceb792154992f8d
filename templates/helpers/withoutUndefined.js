// A copy without the members that are undefined.
function withoutUndefined(value) {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isMap(value)) return value;
  const kept = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) put(kept, key, withoutUndefined(value[key]));
  }
  return kept;
}
