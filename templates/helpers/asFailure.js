// A failure as it is; anything unforeseen is the event's, for trying it again would not
// help.
function asFailure(error) {
  const { name, message } = isMap(error) ? error : {};
  const known = ["RetryError", "ValidationError", "EventNotSupported"].includes(
    name,
  );
  if (known || name === "InvalidEventPayload") return { name, message };
  return failure(
    "InvalidEventPayload",
    "the event cannot be turned into a request",
  );
}
