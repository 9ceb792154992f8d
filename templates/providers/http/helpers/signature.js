// The body's signature in a header, by default X-Signature with SHA-256 in hex.
function signature(hmac, body) {
  const { secret, prefix = "", encoding = "hex" } = hmac;
  const { header = "X-Signature", algorithm = "sha256" } = hmac;
  const signed = crypto
    .createHmac(algorithm, credential(secret))
    .update(body, "utf8")
    .digest(encoding);
  return { [header.toLowerCase()]: prefix + signed };
}
