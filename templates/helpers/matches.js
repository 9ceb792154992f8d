// Whether a text matches a pattern.
function matches(value, pattern) {
  return typeof value === "string" && pattern.test(value);
}
