// The items of a list as one text; nulls are skipped, a list in the list has no text.
function joinedBy(value, separator) {
  if (!Array.isArray(value)) return undefined;
  const items = value.filter((item) => item !== null);
  return items.some((item) => typeof item === "object")
    ? undefined
    : items.join(separator);
}
