// A list made of another, item by item; items that turn out missing are dropped.
function each(list, make) {
  if (!Array.isArray(list)) return undefined;
  return presentItems(list.map((item) => make(item)));
}
