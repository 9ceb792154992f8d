// A list without the items that are missing.
function presentItems(list) {
  return list.filter((item) => item !== undefined);
}
