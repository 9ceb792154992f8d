// A list without the items, or a map without the members, that are null.
function compacted(value) {
  if (Array.isArray(value)) return value.filter((item) => item !== null);
  if (!isMap(value)) return value === null ? undefined : value;
  const kept = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null) put(kept, key, value[key]);
  }
  return kept;
}
