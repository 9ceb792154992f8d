// One map or several.
function asObjects(value) {
  return severalOf(value, (item) =>
    isEmpty(item) ? undefined : asObject(item),
  );
}
