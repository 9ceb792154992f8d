// The header by which Courier knows a request that it has answered before.
function keyHeader(call, route) {
  return OPTIONS.idempotency_key
    ? { "Idempotency-Key": dedupeKey(call, route, []) }
    : {};
}
