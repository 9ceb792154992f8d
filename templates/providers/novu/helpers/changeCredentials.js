// PATCH adds device tokens, PUT replaces them, DELETE removes the provider.
async function changeCredentials(call, fields) {
  const { subscriberId, operation, ...body } = fields;
  const path = `/v1/subscribers/${pathPart(subscriberId)}/credentials`;
  if (operation === "delete") {
    const target = `${path}/${pathPart(body.providerId)}`;
    await send(call, { method: "DELETE", path: target, accepted: [404] });
    return;
  }
  required(body.credentials, "credentials.credentials is missing");
  const method = operation === "replace" ? "PUT" : "PATCH";
  await send(call, { method, path, body });
}
