// What FQL calls the type of a value.
function typeOf(value) {
  if (value === undefined || value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value === "boolean" ? "bool" : typeof value;
}
