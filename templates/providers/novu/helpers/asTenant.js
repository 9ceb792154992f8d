// A tenant's identifier, alone or in a map with a name and data.
function asTenant(value) {
  if (!isMap(value)) return asId(value);
  const identifier = asId(value.identifier);
  return identifier === undefined ? undefined : { ...value, identifier };
}
