// A tenant's id, or a map with it.
function asTenant(value) {
  if (!isMap(value)) return asId(value);
  const id = asId(value.id);
  return id === undefined ? undefined : { ...value, id };
}
