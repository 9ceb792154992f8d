// A map without the members of these names.
function omitted(value, ...keys) {
  if (!isMap(value)) return undefined;
  const others = Object.keys(value).filter((key) => !keys.includes(key));
  return picked(value, ...others);
}
