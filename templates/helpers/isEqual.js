// Whether two values are the same: missing equals null, lists are compared by content.
function isEqual(left, right) {
  if (left === undefined || left === null)
    return right === undefined || right === null;
  if (typeof left !== "object" || typeof right !== "object")
    return left === right;
  return JSON.stringify(left) === JSON.stringify(right);
}
