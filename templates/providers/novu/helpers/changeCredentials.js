// PATCH adds device tokens, PUT replaces them, DELETE removes the provider. A list that
// turned out empty is not sent: Novu would forget the tokens that it has.
async function changeCredentials(call, fields) {
  const { subscriberId, operation, ...body } = fields;
  const path = `/v1/subscribers/${pathPart(subscriberId)}/credentials`;
  if (operation === "delete") {
    const target = `${path}/${pathPart(body.providerId)}`;
    const request = { method: "DELETE", path: target, accepted: [404] };
    await askNovu(call, request, "the credentials");
    return;
  }
  const { deviceTokens } = required(
    body.credentials,
    "credentials.credentials is missing",
  );
  if (deviceTokens !== undefined)
    required(deviceTokens, "credentials.deviceTokens is missing");
  const method = operation === "replace" ? "PUT" : "PATCH";
  await askNovu(call, { method, path, body }, "the credentials");
}
