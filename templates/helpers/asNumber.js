// A number.
function asNumber(value) {
  return typeof value === "number" ? value : undefined;
}
