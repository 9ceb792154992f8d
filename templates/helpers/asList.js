// A list of the items that can be made to fit, no longer than the maximum.
function asList(value, fit = (item) => item, maximum = Infinity) {
  if (!Array.isArray(value)) return undefined;
  return presentItems(value.map((item) => fit(item))).slice(0, maximum);
}
