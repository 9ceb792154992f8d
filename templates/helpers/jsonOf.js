// Any value as JSON text.
function jsonOf(value) {
  return value === undefined || value === null
    ? undefined
    : JSON.stringify(value);
}
