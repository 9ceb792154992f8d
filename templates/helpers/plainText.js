// A value as JavaScript writes it in a text; nothing for a missing one.
function plainText(value) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(plainText).join(",");
  return typeof value === "object" ? "[object Object]" : String(value);
}
