// The last item of a list.
function lastItem(value) {
  return Array.isArray(value) ? value[value.length - 1] : undefined;
}
