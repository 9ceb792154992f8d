// Whether a number or text comes after another of its kind.
function isMore(left, right) {
  return areComparable(left, right) && left > right;
}
