// The items of a list as one text; a list or map in it has none.
function joinedBy(value, separator) {
  if (!Array.isArray(value)) return undefined;
  const isScalar = (item) => typeof item !== "object" || item === null;
  return value.every(isScalar) ? value.join(separator) : undefined;
}
