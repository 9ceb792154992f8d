// A list or map without the nulls in it, however deep they stand.
function compacted(value) {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return presentItems(value.map(compacted));
  if (!isMap(value)) return value;
  const kept = {};
  for (const key of Object.keys(value)) {
    const member = compacted(value[key]);
    if (member !== undefined) put(kept, key, member);
  }
  return kept;
}
