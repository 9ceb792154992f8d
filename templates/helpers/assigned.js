// The members of all values, the later wins, also where it is null or undefined.
function assigned(...values) {
  const result = {};
  for (const value of values) {
    if (value === undefined || value === null) continue;
    for (const key of Object.keys(value)) put(result, key, value[key]);
  }
  return result;
}
