// Two changes of one subscriber as one: the later wins, field by field.
function mergeSubscribers(earlier, later) {
  const both = { ...earlier, ...later };
  for (const name of Object.keys(earlier)) {
    if (both[name] === undefined) both[name] = earlier[name];
  }
  if (isMap(earlier.data) && isMap(later.data)) {
    both.data = { ...earlier.data, ...later.data };
  }
  return both;
}
