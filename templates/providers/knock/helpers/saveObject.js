// Creates or changes an object or a tenant; Knock merges what it is given.
async function saveObject(call, path, fields) {
  const { properties, ...named } = fields;
  const body = merged(customProperties(properties), named);
  await send(call, { method: "PUT", path, body });
}
