// Recipients in Courier's own form; an id alone is a user's. A recipient that should be
// one person and has no address is dropped: its tenant or list would get the message.
function asTo(value) {
  const found = severalOf(value, (item) => {
    if (!isMap(item)) {
      const user_id = asId(item);
      return user_id === undefined ? undefined : { user_id };
    }
    const personal = PERSONAL.filter((name) => name in item);
    const names = personal.length > 0 ? personal : SHARED;
    return names.some((name) => !isEmpty(item[name])) ? item : undefined;
  });
  return found?.length === 1 ? found[0] : found;
}
