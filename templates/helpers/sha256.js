// The SHA-256 of a text, in hexadecimal digits.
function sha256(value) {
  if (typeof value !== "string") return undefined;
  return crypto.createHash("sha256").update(value, "utf8").digest("hex");
}
