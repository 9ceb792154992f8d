// A map with only the members of these names.
function picked(value, ...keys) {
  if (!isMap(value)) return undefined;
  const kept = {};
  for (const key of keys) {
    const member = own(value, key);
    if (member !== undefined) put(kept, key, member);
  }
  return kept;
}
