// True or false; also what the texts "true" and "false" and the numbers 1 and 0 say.
function boolOf(value) {
  if (value === true || value === "true" || value === 1) return true;
  return value === false || value === "false" || value === 0
    ? false
    : undefined;
}
