// Creates or changes a user; in a batch once for all that is known by then.
function saveUser(call, fields) {
  const { id, properties, ...named } = fields;
  const user = merged(customProperties(properties), named);
  return collapsed(call, id, user, mergeUsers, (all) => putUser(call, id, all));
}
