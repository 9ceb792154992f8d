// Segment's error for a failure. Anything unforeseen is the event's: trying it again
// would not help.
function segmentError(error) {
  const { name, message } = isMap(error) ? error : {};
  switch (name) {
    case "RetryError":
      return new RetryError(message);
    case "ValidationError":
      return new ValidationError(message);
    case "EventNotSupported":
      return new EventNotSupported(message);
    case "InvalidEventPayload":
      return new InvalidEventPayload(message);
    default:
      return new InvalidEventPayload("the event cannot be turned into a request");
  }
}
