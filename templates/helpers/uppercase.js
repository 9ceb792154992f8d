// A text in upper case.
function uppercase(value) {
  return typeof value === "string" ? value.toUpperCase() : undefined;
}
