// The routes of an event's name, or those of "*". An event without a name has none.
function stepsFor(table, name) {
  if (typeof name !== "string" || name === "") return undefined;
  return own(table, name) ?? own(table, "*");
}
