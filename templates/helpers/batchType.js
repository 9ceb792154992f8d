// The event's type if the mapping has a section for it, else null.
function batchType(event) {
  const type = isMap(event) ? event.type : null;
  return typeof type === "string" && own(DELIVERIES, type) !== undefined
    ? type
    : null;
}
