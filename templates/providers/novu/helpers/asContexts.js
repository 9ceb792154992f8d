// Contexts by type, each an id or a map with an id and data; one without an id is dropped.
// One that Novu will not take stays: without it, others would see the message.
function asContexts(value) {
  if (!isMap(value)) return undefined;
  const kept = {};
  for (const type of Object.keys(value)) {
    const context = asContext(value[type]);
    if (context !== undefined) put(kept, type, context);
  }
  return isEmpty(kept) ? undefined : kept;
}
