// A text without blanks at its ends.
function trimmed(value) {
  return typeof value === "string" ? value.trim() : undefined;
}
