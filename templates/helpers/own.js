// A member of an object or list that is its own: never one that every object inherits.
function own(value, key) {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.prototype.hasOwnProperty.call(value, key)
    ? value[key]
    : undefined;
}
