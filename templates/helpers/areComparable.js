// Whether two values have an order: both are numbers, or both are texts.
function areComparable(left, right) {
  const kind = typeof left;
  return (kind === "number" || kind === "string") && kind === typeof right;
}
