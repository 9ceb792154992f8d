// A value in the middle of a text: nothing for a missing one, JSON for a list or a map.
function textOf(value) {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
