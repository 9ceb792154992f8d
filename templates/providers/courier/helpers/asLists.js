// One list's id or several.
function asLists(value) {
  return severalOf(value, asId);
}
