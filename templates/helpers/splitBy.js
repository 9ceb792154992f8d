// The pieces of a text between separators.
function splitBy(value, separator) {
  return typeof value === "string" ? value.split(separator) : undefined;
}
