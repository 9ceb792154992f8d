// The first item of a list.
function firstItem(value) {
  return Array.isArray(value) ? value[0] : undefined;
}
