// One map of everything in a value, the keys on the way joined by the separator.
function flattened(value, separator, omitArrays = false) {
  const flat = {};
  const visit = (part, path) => {
    if (isMap(part) || (Array.isArray(part) && !omitArrays)) {
      for (const [key, member] of Object.entries(part)) {
        visit(member, path === "" ? key : path + separator + key);
      }
    } else {
      put(flat, path, part);
    }
  };
  visit(value, "");
  return flat;
}
