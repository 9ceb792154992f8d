// A text in lower case.
function lowercase(value) {
  return typeof value === "string" ? value.toLowerCase() : undefined;
}
