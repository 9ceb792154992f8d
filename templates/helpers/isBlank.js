// Whether mapping-kit takes a value for blank: also 0, false and an empty list.
function isBlank(value) {
  if (value === undefined || value === null || value === false) return true;
  return value === 0 || plainText(value) === "";
}
