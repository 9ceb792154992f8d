// One value or several, as a list of those that fit; undefined where there is none.
function severalOf(value, fit) {
  const found = asList(Array.isArray(value) ? value : [value], fit);
  return isEmpty(found) ? undefined : found;
}
