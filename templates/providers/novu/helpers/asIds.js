// One id or several, as a list; undefined where there is none.
function asIds(value) {
  const ids = asList(Array.isArray(value) ? value : [value], asId);
  return isEmpty(ids) ? undefined : [...new Set(ids)];
}
