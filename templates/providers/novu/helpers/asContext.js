// A context's id, alone or in a map with data.
function asContext(value) {
  const { id, data } = isMap(value) ? value : { id: value };
  const known = asId(id);
  return known === undefined || !isMap(data) ? known : { id: known, data };
}
