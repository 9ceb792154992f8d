// A list made of another, item by item; items that turn out missing are dropped.
function each(list, make) {
  if (!Array.isArray(list)) return undefined;
  const made = [];
  for (const item of list) {
    const value = make(item);
    if (value !== undefined) made.push(value);
  }
  return made;
}
