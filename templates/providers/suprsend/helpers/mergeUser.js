// Merges another user into this one.
async function mergeUser(call, fields) {
  const { distinct_id, from_user_id } = fields;
  await send(call, {
    method: "POST",
    path: `/v1/user/${pathPart(distinct_id)}/merge/`,
    body: { from_user_id },
  });
}
