// Whether a value is among the items of a list.
function isIn(value, list) {
  return Array.isArray(list) && list.some((item) => isEqual(item, value));
}
