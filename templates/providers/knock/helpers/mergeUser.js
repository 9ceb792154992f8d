// Merges another user into this one.
async function mergeUser(call, fields) {
  const { id, from_user_id } = fields;
  await send(call, {
    method: "POST",
    path: `/users/${pathPart(id)}/merge`,
    body: { from_user_id },
  });
}
