// Whether a value is a map: an object that is no list.
function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
