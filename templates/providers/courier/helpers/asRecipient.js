// One recipient in Courier's own form; undefined for one without an address.
function asRecipient(value) {
  const told = isMap(value) ? value : { user_id: value };
  const item =
    "user_id" in told ? { ...told, user_id: asId(told.user_id) } : told;
  const personal = PERSONAL.filter((name) => name in item);
  const names = personal.length > 0 ? personal : SHARED;
  return names.some((name) => !isEmpty(item[name])) ? item : undefined;
}
