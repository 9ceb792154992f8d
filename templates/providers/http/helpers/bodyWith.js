// The body, with the dedupe key where a field of it takes one. A GET has none.
function bodyWith({ method, body, idempotency }, key) {
  if (method === "GET") return undefined;
  const field = idempotency?.field;
  if (field === undefined) return body;
  if (body !== undefined && !isMap(body)) {
    throw failure(
      "InvalidEventPayload",
      "the body is no map, so it has no field for the key",
    );
  }
  const keyed = { ...body };
  put(keyed, field, key);
  return keyed;
}
