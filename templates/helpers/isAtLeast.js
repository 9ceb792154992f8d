// Whether a number or text comes after or equals another of its kind.
function isAtLeast(left, right) {
  return areComparable(left, right) && left >= right;
}
