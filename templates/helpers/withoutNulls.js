// A value without the nulls in it; lists stay as they are. A null itself is missing.
function withoutNulls(value) {
  if (value === null) return undefined;
  if (!isMap(value)) return value;
  const kept = {};
  for (const key of Object.keys(value)) {
    const member = withoutNulls(value[key]);
    if (member !== undefined) put(kept, key, member);
  }
  return kept;
}
