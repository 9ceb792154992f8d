// A text in which one piece stands for another, wherever it occurs.
function replaced(value, piece, other) {
  if (typeof value !== "string") return undefined;
  return piece === "" ? value : value.split(piece).join(other);
}
