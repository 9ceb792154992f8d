// A value, or each item of a list, without the nulls in it.
function eachWithoutNulls(value) {
  return Array.isArray(value) ? value.map(withoutNulls) : withoutNulls(value);
}
