// A text in upper case, anything else as it is.
function upperText(value) {
  return typeof value === "string" ? value.toUpperCase() : value;
}
