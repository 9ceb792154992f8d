// A value by a path that is only known now, as mapping-kit reads it: a falsy parent is
// what the path gives.
function readPath(payload, path) {
  if (typeof path !== "string") {
    throw failure("InvalidEventPayload", "the path of a directive is no text");
  }
  return memberAt(payload, path.replace("$.", ""));
}
