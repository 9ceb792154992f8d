// The names in a list or map of errors: fields and codes, never a value.
function namesIn(errors) {
  const told = Array.isArray(errors)
    ? errors.filter(isMap).map(({ field, code }) => field ?? code)
    : Object.keys(isMap(errors) ? errors : {});
  const plain = (name) =>
    typeof name === "string" && /^[\w./[\]-]{1,60}$/.test(name);
  const names = told.filter((name) => name !== "general" && plain(name));
  return [...new Set(names)].slice(0, 5).join(", ");
}
