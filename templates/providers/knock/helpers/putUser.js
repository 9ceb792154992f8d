// Knock merges what it is given into the user, or creates one.
async function putUser(call, id, user) {
  const path = "/users/" + pathPart(id);
  const body = { ...user };
  if (OPTIONS.merge_tokens && isMap(user.channel_data)) {
    body.channel_data = await withKnownTokens(call, path, user.channel_data);
  }
  await send(call, { method: "PUT", path, body });
}
