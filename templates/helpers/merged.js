// One map of several, the later wins; what is missing or no map is skipped.
function merged(...values) {
  const maps = values.filter(isMap);
  if (maps.length === 0) return undefined;
  const result = {};
  for (const map of maps) {
    for (const key of Object.keys(map)) {
      if (map[key] !== undefined) put(result, key, map[key]);
    }
  }
  return result;
}
