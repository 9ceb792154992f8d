// Novu keeps answers by key for a whole organisation, so the environment's own API key is
// mixed in.
function idempotencyKey(call, body) {
  const text = call.headers.Authorization + body.transactionId;
  const key = crypto.createHash("sha256").update(text).digest("hex");
  return { "Idempotency-Key": key };
}
