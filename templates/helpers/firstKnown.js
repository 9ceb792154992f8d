// The first value that is neither missing nor null; null if there is none but a null.
function firstKnown(...values) {
  const known = values.find((value) => value !== undefined && value !== null);
  if (known !== undefined) return known;
  return values.includes(null) ? null : undefined;
}
