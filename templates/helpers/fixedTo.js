// A number as a text with so many decimals.
function fixedTo(value, decimals) {
  return typeof value === "number" ? value.toFixed(decimals) : undefined;
}
