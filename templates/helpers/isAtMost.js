// Whether a number or text comes before or equals another of its kind.
function isAtMost(left, right) {
  return areComparable(left, right) && left <= right;
}
