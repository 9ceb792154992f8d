// A value that the request cannot do without.
function required(value, message) {
  if (value === undefined || value === null) {
    throw failure("InvalidEventPayload", message);
  }
  return value;
}
