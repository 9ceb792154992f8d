// Every value by the path that was asked for: none may be missing, null or empty.
function requirePresent(values) {
  const missing = Object.keys(values).filter((path) => isEmpty(values[path]));
  if (missing.length > 0) {
    throw failure(
      "InvalidEventPayload",
      "the event lacks " + missing.join(", "),
    );
  }
}
