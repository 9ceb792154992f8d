// Two changes of one subscriber as one: the later wins, field by field.
function mergeSubscribers(earlier, later) {
  const merged = { ...earlier, ...later };
  if (isMap(earlier.data) && isMap(later.data)) {
    merged.data = { ...earlier.data, ...later.data };
  }
  for (const name of Object.keys(later)) {
    if (later[name] === undefined) merged[name] = earlier[name];
  }
  return merged;
}
