// Whether a text contains another.
function contains(value, part) {
  return (
    typeof value === "string" &&
    typeof part === "string" &&
    value.includes(part)
  );
}
