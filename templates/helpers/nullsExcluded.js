// A value whose nulls are undefined; lists stay as they are.
function nullsExcluded(value) {
  if (value === null) return undefined;
  if (!isMap(value)) return value;
  const copy = {};
  for (const key of Object.keys(value))
    put(copy, key, nullsExcluded(value[key]));
  return copy;
}
