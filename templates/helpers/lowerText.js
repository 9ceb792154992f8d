// A text in lower case, anything else as it is.
function lowerText(value) {
  return typeof value === "string" ? value.toLowerCase() : value;
}
