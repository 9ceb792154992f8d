// A value that the request cannot do without.
function required(value, message) {
  if (isEmpty(value)) throw failure("InvalidEventPayload", message);
  return value;
}
