// A map.
function asObject(value) {
  return isMap(value) ? value : undefined;
}
