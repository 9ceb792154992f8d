// A value with the keys of its maps in one order, so that the same is always the same text.
function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isMap(value)) return value;
  const made = {};
  for (const key of Object.keys(value).sort()) {
    put(made, key, ordered(value[key]));
  }
  return made;
}
