// Any value as a text, lists and maps as JSON.
function stringOf(value) {
  return value === undefined || value === null ? undefined : textOf(value);
}
