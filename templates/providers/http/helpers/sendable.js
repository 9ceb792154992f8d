// A credential that can stand in a header.
function sendable(value) {
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw failure(
    "ValidationError",
    "the credentials have a line break or a letter that cannot be sent: paste them again",
  );
}
