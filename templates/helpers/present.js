// A map that has at least one member; otherwise it is missing as a whole.
function present(map) {
  for (const key in map) {
    if (map[key] !== undefined) return map;
  }
  return undefined;
}
