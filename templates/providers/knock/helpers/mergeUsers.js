// Two changes of one user as one: the later wins, field by field.
function mergeUsers(earlier, later) {
  const both = merged(earlier, later);
  for (const name of ["channel_data", "preferences"]) {
    if (isMap(earlier[name]) && isMap(later[name])) {
      both[name] = merged(earlier[name], later[name]);
    }
  }
  return both;
}
