// A list made of another, item by item; a map counts as a list of one.
function shapedItems(value, make) {
  if (typeof value !== "object" || value === null) return value;
  return (Array.isArray(value) ? value : [value]).map((item) => make(item));
}
