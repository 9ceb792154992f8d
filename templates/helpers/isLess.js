// Whether a number or text comes before another of its kind.
function isLess(left, right) {
  return areComparable(left, right) && left < right;
}
