// True or false.
function asBoolean(value) {
  return typeof value === "boolean" ? value : undefined;
}
