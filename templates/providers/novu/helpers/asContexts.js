// Contexts by type, each an id or a map with an id and data; one without an id is dropped.
// One that Novu will not take stays: without it, others would see the message.
function asContexts(value) {
  if (!isMap(value)) return undefined;
  const kept = {};
  for (const type of Object.keys(value)) {
    const { id, data } = isMap(value[type]) ? value[type] : { id: value[type] };
    const known = asId(id);
    if (known === undefined) continue;
    put(kept, type, isMap(data) ? { id: known, data } : known);
  }
  return isEmpty(kept) ? undefined : kept;
}
